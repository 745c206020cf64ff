-- Targets that summary ledgers state for the year of their report date, whose each is, and why one can't be used.

-- A row without a region is the county's own where no other row of its sheet states the same figure, and with a label
-- only where the label is its indicator: a class (产业链, 年份) has several. Rows of one region that differ (城关镇 of three
-- years) name no target at all.
with figures as (
    select
        *,
        case
            when region_name is null and not (is_one_row and (category is null or is_one_indicator)) then 'of_class'
            when region_name is not null and category is null and not is_one_value then 'rows_differ'
            when region_name is not null and category is not null and not is_one_row then 'of_class'
        end as left_out_because
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
    from figures
    where measure = 'done' and coalesce(scope, 'ytd') in ('ytd', 'year') and left_out_because is null
    group by file_sha256, sheet, row_number, region_name, target_indicator, from_total_cny
    having count(*) = 1
),

stated as (
    select
        summary.county_code,
        summary.region_name,
        summary.category,
        {{ year_start('summary.report_date') }} as period_start,
        summary.target_indicator as indicator,
        coalesce(tiers.size_tier, '') as size_tier_from,
        summary.from_total_cny,
        done.stated_done_value,
        summary.value,
        summary.unit,
        summary.report_date,
        summary.file_sha256,
        summary.sheet,
        summary.row_number,
        summary.header,
        case
            when summary.scope != 'year' then 'another_period'
            when summary.left_out_because is not null then summary.left_out_because
            -- 2亿元以上 begins within a tier: of these no projects could be told apart.
            when summary.from_total_cny is not null and tiers.size_tier is null then 'size_within_tier'
        end as left_out_because
    from figures as summary
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
    where summary.measure = 'target'
)

select
    stated.*,
    coalesce(counties.county_code, stated.county_code) as region_code,
    case when counties.county_code is null then coalesce(stated.region_name, '') else '' end as unit_name
from stated
left join {{ ref('int_counties') }} as own on stated.county_code = own.county_code
-- A summary of a city names its counties, a summary of a county its towns and units.
left join {{ ref('int_counties') }} as counties
    on
        stated.region_name in (counties.county_name, counties.county_short_name)
        and counties.city_code = own.city_code
        and counties.valid_to is null
