-- Targets by region, unit, period and indicator: those set in the seed, then those that counties' summary ledgers
-- state for the year of their report date (their latest ledger; the seed wins).
with seeded as (
    select
        region_code,
        coalesce(unit_name, '') as unit_name,
        period_kind,
        period_start,
        period_end,
        indicator,
        target_value,
        unit,
        'seed' as stated_in,
        source,
        cast(null as varchar) as file_sha256,
        cast(null as varchar) as sheet,
        cast(null as integer) as row_number
    from {{ ref('targets') }}
),

stated as (
    select
        summary.county_code,
        trim(summary.region_name) as region_name,
        {{ year_start('summary.report_date') }} as period_start,
        case summary.indicator
            when 'signings' then 'signed_projects'
            when 'starts' then 'started_projects'
            when 'completions' then 'completed_projects'
            when 'productions' then 'production_projects'
            else summary.indicator
        end as indicator,
        summary.value,
        summary.unit,
        summary.report_date,
        summary.file_sha256,
        summary.sheet,
        summary.row_number,
        summary.header
    from {{ source('lake', 'ledger_summary_values') }} as summary
    where
        summary.measure = 'target'
        and summary.value is not null
        and summary.report_date <= {{ as_of() }}
        and coalesce(summary.funds_origin, '') = ''
        and coalesce(summary.scope, 'year') in ('year', 'ytd')
),

placed as (
    select
        coalesce(counties.county_code, stated.county_code) as region_code,
        case when counties.county_code is null then stated.region_name else '' end as unit_name,
        stated.* exclude (county_code, region_name)
    from stated
    left join {{ ref('dim_county') }} as own on stated.county_code = own.county_code
    -- A summary of a city names its counties, a summary of a county its towns and units.
    left join {{ ref('dim_county') }} as counties
        on
            stated.region_name in (counties.county_name, counties.county_short_name)
            and counties.city_code = own.city_code
            and counties.valid_to is null
),

latest as (
    select *
    from placed
    qualify
        row_number() over (
            partition by region_code, unit_name, period_start, indicator
            order by report_date desc, file_sha256 asc, sheet asc, row_number asc, header asc
        ) = 1
)

select * from seeded
union all
select
    latest.region_code,
    coalesce(latest.unit_name, '') as unit_name,
    'year' as period_kind,
    latest.period_start,
    {{ add_days(add_months('latest.period_start', 12), -1) }} as period_end,
    latest.indicator,
    cast(latest.value as decimal(24, 2)) as target_value,
    latest.unit,
    'ledger' as stated_in,
    latest.header as source,
    latest.file_sha256,
    latest.sheet,
    latest.row_number
from latest
where
    latest.indicator is not null
    and not exists (
        select 1 from seeded
        where
            seeded.region_code = latest.region_code
            and seeded.unit_name = coalesce(latest.unit_name, '')
            and seeded.period_start = latest.period_start
            and seeded.period_kind = 'year'
            and seeded.indicator = latest.indicator
    )
