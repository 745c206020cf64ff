-- R10 the county's ledger of the latest period: 0 fresh, 1 identical to the last one, 2 missing.
with latest as (
    select
        dates.county_code,
        dates.as_of_on,
        submissions.report_month,
        submissions.month_end_on,
        case
            when submissions.first_report_date <= dates.as_of_on then submissions.status else 'missing'
        end as status,
        row_number() over (
            partition by dates.county_code, dates.as_of_on order by submissions.report_month desc
        ) as months_ago
    from {{ ref('int_light_dates') }} as dates
    inner join {{ ref('int_submissions') }} as submissions
        on
            dates.county_code = submissions.county_code
            and least(submissions.first_report_date, submissions.month_end_on) <= dates.as_of_on
)

select
    scope.project_id,
    scope.as_of_on,
    scope.rule_id,
    case latest.status when 'missing' then 2.0 when 'unchanged' then 1.0 else 0.0 end as observed_value,
    case when latest.status in ('missing', 'unchanged') then latest.month_end_on end as since_on,
    case when latest.status in ('missing', 'unchanged') then latest.month_end_on end as yellow_on,
    case when latest.status = 'missing' then latest.month_end_on end as red_on,
    concat(
        strftime(latest.report_month, '%Y-%m'),
        case latest.status
            when 'missing' then ' 台账未报 ledger missing'
            when 'unchanged' then ' 台账与上期相同 ledger identical to the last'
            else ' 台账已报 ledger submitted'
        end
    ) as reason
from {{ ref('int_light_scope') }} as scope
inner join latest
    on scope.county_code = latest.county_code and scope.as_of_on = latest.as_of_on and latest.months_ago = 1
where scope.rule_id = 'R10'
