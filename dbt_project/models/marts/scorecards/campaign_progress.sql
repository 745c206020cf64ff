-- A campaign day by day: what every county has signed, started, brought into production and received since it began.
with days as (
    select
        campaigns.campaign_id,
        campaigns.campaign_name_zh,
        campaigns.start_on,
        campaigns.end_on,
        dates.date_day
    from {{ ref('campaigns') }} as campaigns
    inner join {{ ref('dim_date') }} as dates
        on dates.date_day between campaigns.start_on and least(campaigns.end_on, {{ as_of() }})
),

counties as (
    select distinct county_code from {{ ref('dim_project') }}
),

ledgers as (
    select
        county_code,
        report_month,
        -- What is filed late arrived by the end of its month.
        least(max(report_date), {{ add_days(add_months('report_month', 1), -1) }}) as report_date
    from {{ ref('int_ledger_sequence') }}
    group by county_code, report_month
),

happened as (
    select
        county_code,
        reached_on as happened_on,
        event,
        is_own,
        total_investment_cny as amount_cny
    from {{ ref('int_events') }}
    where is_dated
    union all
    select
        funds.county_code,
        ledgers.report_date as happened_on,
        'funds_arrived' as event,
        false as is_own,
        funds.amount_cny
    from {{ ref('int_credited_funds') }} as funds
    inner join {{ ref('dim_project') }} as projects on funds.project_id = projects.project_id
    inner join ledgers on projects.county_code = ledgers.county_code and funds.report_month = ledgers.report_month
    where funds.kind in ('arrival', 'correction')
)

select
    days.campaign_id,
    days.campaign_name_zh,
    counties.county_code,
    days.date_day as day,
    cast({{ days_between('days.start_on', 'days.date_day') }} + 1 as integer) as day_number,
    cast({{ days_between('days.date_day', 'days.end_on') }} as integer) as days_left,
    cast(count(case when happened.event = 'signed' and happened.is_own then 1 end) as integer) as signed_count,
    cast(
        coalesce(sum(case when happened.event in ('signed', 'increased') then happened.amount_cny end), 0)
        as decimal(24, 2)
    ) as signed_amount_cny,
    cast(count(case when happened.event = 'started' and happened.is_own then 1 end) as integer) as started_count,
    cast(count(case when happened.event = 'completed' and happened.is_own then 1 end) as integer) as completed_count,
    cast(count(case when happened.event = 'in_production' and happened.is_own then 1 end) as integer)
        as in_production_count,
    cast(coalesce(sum(case when happened.event = 'funds_arrived' then happened.amount_cny end), 0) as decimal(24, 2))
        as funds_arrived_cny
from days
cross join counties
left join happened
    on counties.county_code = happened.county_code and happened.happened_on between days.start_on and days.date_day
group by
    days.campaign_id, days.campaign_name_zh, counties.county_code, days.date_day, days.start_on, days.end_on
