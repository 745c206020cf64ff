-- Targets by region (county, city, province), unit, period, indicator, cohort and size: those set in the seed, then
-- those that counties' summary ledgers state for the year of their report date (their latest ledger; the seed wins).
with seeded as (
    select
        region_code,
        coalesce(unit_name, '') as unit_name,
        coalesce(signing_cohort, '') as signing_cohort,
        coalesce(size_tier_from, '') as size_tier_from,
        period_kind,
        period_start,
        period_end,
        indicator,
        cast(target_value * units.factor as decimal(24, 6)) as target_value,
        units.unit,
        'seed' as stated_in,
        source,
        responsible_leader,
        cast(null as varchar) as file_sha256,
        cast(null as varchar) as sheet,
        cast(null as integer) as row_number,
        cast(null as decimal(24, 6)) as stated_done_value,
        cast(null as date) as stated_on
    from {{ ref('targets') }} as targets
    inner join {{ ref('stg_knowledge__units') }} as units on lower(targets.unit) = units.wording
),

latest as (
    select *
    from {{ ref('int_stated_targets') }}
    where left_out_because is null
    qualify
        row_number() over (
            partition by region_code, unit_name, period_start, indicator, size_tier_from
            order by report_date desc, file_sha256 asc, sheet asc, row_number asc, header asc
        ) = 1
),

targets as (
    select * from seeded
    union all
    select
        latest.region_code,
        latest.unit_name,
        '' as signing_cohort,
        latest.size_tier_from,
        'year' as period_kind,
        latest.period_start,
        {{ add_days(add_months('latest.period_start', 12), -1) }} as period_end,
        latest.indicator,
        cast(latest.value as decimal(24, 6)) as target_value,
        latest.unit,
        'ledger' as stated_in,
        latest.header as source,
        cast(null as varchar) as responsible_leader,
        latest.file_sha256,
        latest.sheet,
        latest.row_number,
        cast(latest.stated_done_value as decimal(24, 6)) as stated_done_value,
        case when latest.stated_done_value is not null then latest.report_date end as stated_on
    from latest
    where
        not exists (
            select 1 from seeded
            where
                seeded.region_code = latest.region_code
                and seeded.unit_name = latest.unit_name
                and seeded.signing_cohort = ''
                and seeded.size_tier_from = latest.size_tier_from
                and seeded.period_start = latest.period_start
                and seeded.period_kind = 'year'
                and seeded.indicator = latest.indicator
        )
)

select
    targets.*,
    concat('G', substr(md5(concat_ws(
        '|', targets.region_code, targets.unit_name, targets.signing_cohort, targets.size_tier_from,
        targets.period_kind, targets.period_start, targets.indicator
    )), 1, 16)) as target_id,
    tiers.min_total_investment_cny,
    least(targets.period_end, {{ as_of() }}) as measured_on
from targets
left join {{ ref('size_tiers') }} as tiers on targets.size_tier_from = tiers.size_tier
