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

-- Figures of a region, not of its classes (产业链, 年份). A row without a region is the county's own where no other row
-- of its sheet states the same figure, and with a label only where the label is its indicator: a class has several.
-- Rows of one region that differ (城关镇 of three years) name no target at all.
of_regions as (
    select * exclude (is_one_row, is_one_value, is_one_indicator)
    from (
        select
            *,
            min(row_number) over alike = max(row_number) over alike as is_one_row,
            min(value) over alike = max(value) over alike as is_one_value,
            min(target_indicator) over in_row = max(target_indicator) over in_row as is_one_indicator
        from {{ ref('stg_ledgers__summary_figures') }}
        window
            alike as (
                partition by
                    file_sha256, sheet, region_name, target_indicator, from_total_cny, measure, scope, header
            ),
            in_row as (partition by file_sha256, sheet, row_number, region_name)
    ) as figures_beside_others
    where
        case
            when region_name is null then is_one_row and (category is null or is_one_indicator)
            when category is null then is_one_value
            else is_one_row
        end
),

-- What the ledger itself says is done, in the row of its target.
done as (
    select
        file_sha256,
        sheet,
        row_number,
        region_name,
        target_indicator,
        from_total_cny,
        max(value) as stated_done_value
    from of_regions
    where measure = 'done' and coalesce(scope, 'ytd') in ('ytd', 'year')
    group by file_sha256, sheet, row_number, region_name, target_indicator, from_total_cny
    having count(*) = 1
),

stated as (
    select
        summary.county_code,
        summary.region_name,
        {{ year_start('summary.report_date') }} as period_start,
        summary.target_indicator as indicator,
        coalesce(tiers.size_tier, '') as size_tier_from,
        done.stated_done_value,
        summary.value,
        summary.unit,
        summary.report_date,
        summary.file_sha256,
        summary.sheet,
        summary.row_number,
        summary.header
    from of_regions as summary
    left join done
        on
            summary.file_sha256 = done.file_sha256
            and summary.sheet = done.sheet
            and summary.row_number = done.row_number
            and summary.region_name is not distinct from done.region_name
            and summary.target_indicator = done.target_indicator
            and summary.from_total_cny is not distinct from done.from_total_cny
    left join {{ ref('size_tiers') }} as tiers
        on summary.from_total_cny = tiers.min_total_investment_cny
    where
        summary.measure = 'target'
        -- 2亿元以上 begins within a tier: of these no projects could be told apart.
        and (summary.from_total_cny is null or tiers.size_tier is not null)
        and coalesce(summary.scope, 'year') in ('year', 'ytd')
),

placed as (
    select
        coalesce(counties.county_code, stated.county_code) as region_code,
        case when counties.county_code is null then stated.region_name else '' end as unit_name,
        stated.* exclude (county_code, region_name)
    from stated
    left join {{ ref('int_counties') }} as own on stated.county_code = own.county_code
    -- A summary of a city names its counties, a summary of a county its towns and units.
    left join {{ ref('int_counties') }} as counties
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
            partition by region_code, unit_name, period_start, indicator, size_tier_from
            order by report_date desc, file_sha256 asc, sheet asc, row_number asc, header asc
        ) = 1
),

targets as (
    select * from seeded
    union all
    select
        latest.region_code,
        coalesce(latest.unit_name, '') as unit_name,
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
        latest.indicator is not null
        and not exists (
            select 1 from seeded
            where
                seeded.region_code = latest.region_code
                and seeded.unit_name = coalesce(latest.unit_name, '')
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
