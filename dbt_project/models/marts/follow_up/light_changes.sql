-- What changed since the last period: the lights of the run against those at the end of the month before the county's
-- latest ledger. New, worse, better, gone.
with last_period as (
    select
        dates.county_code,
        max(dates.as_of_on) as period_end_on
    from {{ ref('int_light_dates') }} as dates
    inner join (
        select
            county_code,
            max(report_month) as latest_month
        from {{ ref('int_ledger_sequence') }}
        group by county_code
    ) as reported
        on dates.county_code = reported.county_code and dates.as_of_on < reported.latest_month
    where {{ month_start(add_days('dates.as_of_on', 1)) }} = {{ add_days('dates.as_of_on', 1) }}
    group by dates.county_code
),

latest as (
    select
        project_id,
        county_code,
        rule_id,
        light,
        reason
    from {{ ref('int_lights') }}
),

before as (
    select
        history.project_id,
        history.county_code,
        history.rule_id,
        history.light,
        last_period.period_end_on
    from {{ ref('int_light_history') }} as history
    inner join last_period
        on history.county_code = last_period.county_code and history.as_of_on = last_period.period_end_on
),

joined as (
    select
        coalesce(latest.project_id, before.project_id) as project_id,
        coalesce(latest.county_code, before.county_code) as county_code,
        coalesce(latest.rule_id, before.rule_id) as rule_id,
        before.light as light_before,
        latest.light,
        latest.reason,
        coalesce(before.light in ('yellow', 'red'), false) as was_lit,
        coalesce(latest.light in ('yellow', 'red'), false) as is_lit
    from latest
    full join before on latest.project_id = before.project_id and latest.rule_id = before.rule_id
)

select
    joined.project_id,
    joined.rule_id,
    joined.county_code,
    last_period.period_end_on as compared_with_on,
    case
        when not joined.was_lit then 'new'
        when not joined.is_lit then 'gone'
        when joined.light = 'red' then 'worse'
        else 'better'
    end as change,
    joined.light_before,
    joined.light,
    joined.reason
from joined
left join last_period on joined.county_code = last_period.county_code
where
    (joined.was_lit or joined.is_lit)
    and (joined.was_lit <> joined.is_lit or joined.light <> joined.light_before)
