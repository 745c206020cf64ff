-- R10 the county's ledger of the latest period: 0 fresh, 1 identical to the last one, 2 missing; since the first month
-- from which on every ledger was so.
with months as (
    select
        dates.county_code,
        dates.as_of_on,
        submissions.report_month,
        submissions.month_end_on,
        case
            when submissions.first_report_date > dates.as_of_on then 'missing'
            when submissions.status in ('missing', 'unchanged') then submissions.status
            else 'fresh'
        end as status
    from {{ ref('int_light_dates') }} as dates
    inner join {{ ref('int_submissions') }} as submissions
        on
            dates.county_code = submissions.county_code
            and least(submissions.first_report_date, submissions.month_end_on) <= dates.as_of_on
),

alike as (
    select
        *,
        max(report_month) over by_county as latest_month,
        last_value(status) over by_county as latest_status
    from months
    window
        by_county as (
            partition by county_code, as_of_on order by report_month
            rows between unbounded preceding and unbounded following
        )
),

broken as (
    select
        *,
        max(case when status <> latest_status then report_month end) over (
            partition by county_code, as_of_on
        ) as last_other_month
    from alike
),

latest as (
    select
        county_code,
        as_of_on,
        latest_status as status,
        latest_month as report_month,
        min(report_month) as first_month,
        min(month_end_on) as since_on
    from broken
    where last_other_month is null or report_month > last_other_month
    group by county_code, as_of_on, latest_status, latest_month
)

select
    scope.project_id,
    scope.as_of_on,
    scope.rule_id,
    case latest.status when 'missing' then 2.0 when 'unchanged' then 1.0 else 0.0 end as observed_value,
    case when latest.status in ('missing', 'unchanged') then latest.since_on end as since_on,
    case when latest.status in ('missing', 'unchanged') then latest.since_on end as yellow_on,
    case when latest.status = 'missing' then latest.since_on end as red_on,
    concat(
        case
            when latest.status <> 'fresh' and latest.first_month < latest.report_month
                then concat(strftime(latest.first_month, '%Y-%m'), ' 至 ')
            else ''
        end,
        strftime(latest.report_month, '%Y-%m'),
        case latest.status
            when 'missing' then ' 台账未报 ledger missing'
            when 'unchanged' then ' 台账与上期相同 ledger identical to the last'
            else ' 台账已报 ledger submitted'
        end
    ) as reason
from {{ ref('int_light_scope') }} as scope
inner join latest
    on scope.county_code = latest.county_code and scope.as_of_on = latest.as_of_on
where scope.rule_id = 'R10'
