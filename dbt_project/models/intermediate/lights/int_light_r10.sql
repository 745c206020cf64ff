-- R10 the county's ledger of the latest period: 0 fresh, 1 identical to the last one, 2 missing.
with latest as (
    select
        county_code,
        report_month,
        month_end_on,
        status,
        row_number() over (partition by county_code order by report_month desc) as months_ago
    from {{ ref('int_submissions') }}
)

select
    scope.project_id,
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
inner join latest on scope.county_code = latest.county_code and latest.months_ago = 1
where scope.rule_id = 'R10'
