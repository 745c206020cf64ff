{%- set so_far = [
    'so_far_month_only_cny', 'so_far_before_year_cny', 'so_far_implied_ytd_cny', 'so_far_implied_month_only_cny',
    'so_far_figures_in_year', 'so_far_recorded_cny',
] -%}
{%- set goes_on = var('rebuild', 'full') == 'incremental' -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=[
        "{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_funds(ref('int_fund_changes')) }}",
        "{{ delete_restarted_funds(ref('int_fund_changes')) }}",
    ],
) }}
-- Every month a project states funds for, beside what was known before it. `so_far_…` sums up the project's months up
-- to and with this one: all that later months need to know, so a later build starts from there. Millions of rows are
-- sorted here: they carry numbers only, and months as numbers, so that frames reach back to January in one order.
with figures as (
    select
        figures.project_key,
        figures.report_month,
        figures.cumulative_cny,
        figures.ytd_cny,
        {{ 'false as is_carried,' if goes_on }}
        figures.month_cny
    from ({{ changed_funds(ref('int_fund_figures'), ref('int_fund_changes')) }}) as figures
    {%- if goes_on %}
    union all by name
    select
        built.project_key,
        built.report_month,
        built.so_far_cumulative_cny as cumulative_cny,
        built.{{ so_far | join(',\n        built.') }},
        true as is_carried
    from {{ this }} as built
    inner join (
        select
            earlier.project_key,
            max(earlier.report_month) as report_month
        from {{ this }} as earlier
        inner join {{ ref('int_fund_changes') }} as changes
            on earlier.project_key = changes.project_key and earlier.report_month < changes.first_changed_month
        group by earlier.project_key
    ) as last_months
        on built.project_key = last_months.project_key and built.report_month = last_months.report_month
    {%- endif %}
),

numbered as (
    select
        *,
        cast(year(report_month) * 12 + month(report_month) as integer) as month_number,
        cast(month(report_month) - 1 as integer) as months_since_january,
        cast(month(report_month) as integer) as months_since_december
    from figures
),

beside_earlier as (
    select
        *,
        lag(report_month) over by_month as previous_month,
        last_value(cumulative_cny ignore nulls) over before as last_cumulative_cny,
        -- How many cumulatives were stated before: what other columns record counts until the next one.
        count({{ or_carried('null', 'cumulative_cny') }}) over before as cumulatives_before,
        coalesce(sum({{ or_carried('so_far_figures_in_year', '1') }}) over before_in_year, 0) as figures_in_this_year,
        -- Amounts that stand in the month's own column only.
        coalesce(
            sum({{ or_carried(
                'so_far_month_only_cny', 'case when cumulative_cny is null and ytd_cny is null then month_cny end'
            ) }}) over in_year, 0
        ) as month_only_cny,
        coalesce(
            last_value(cumulative_cny ignore nulls) over before_year,
            {{ 'max(so_far_before_year_cny) over in_year' if goes_on else 'null' }}
        ) as cumulative_before_year_cny
    from numbered
    window
        by_month as (partition by project_key order by month_number),
        before as (
            partition by project_key order by month_number range between unbounded preceding and 1 preceding
        ),
        in_year as (
            partition by project_key order by month_number range between months_since_january preceding and current row
        ),
        before_in_year as (
            partition by project_key order by month_number range between months_since_january preceding and 1 preceding
        ),
        before_year as (
            partition by project_key order by month_number
            range between unbounded preceding and months_since_december preceding
        )
),

openings as (
    select
        *,
        {{ project_key('project_id') }} as project_key
    from {{ ref('int_fund_openings_applied') }}
),

-- The year-to-date that a cumulative implies, where the cumulative before the year is known (or was nothing). January's
-- own figure is one: a county of year-to-date columns calls its first of the year 1月到位资金.
implied as (
    select
        beside_earlier.*,
        {{ or_carried(
            'so_far_implied_ytd_cny',
            "coalesce(beside_earlier.ytd_cny, beside_earlier.cumulative_cny - coalesce(beside_earlier.cumulative_before_year_cny,"
            ~ " case when not openings.is_opening and openings.report_month >= " ~ year_start('beside_earlier.report_month')
            ~ " then 0 end), case when month(beside_earlier.report_month) = 1 then beside_earlier.month_cny end)"
        ) }} as implied_ytd_cny
    from beside_earlier
    left join openings on beside_earlier.project_key = openings.project_key and openings.figure = 'cumulative'
),

implied_at as (
    select
        *,
        {{ or_carried(
            'so_far_implied_month_only_cny', 'case when implied_ytd_cny is not null then month_only_cny end'
        ) }} as implied_month_only_cny
    from implied
),

based as (
    select
        *,
        last_value(implied_ytd_cny ignore nulls) over before_in_year
        + month_only_cny
        - coalesce(case when cumulative_cny is null and ytd_cny is null then month_cny end, 0)
        - last_value(implied_month_only_cny ignore nulls) over before_in_year
            as ytd_in_this_year_cny,
        last_value(implied_ytd_cny ignore nulls) over in_year as last_implied_ytd_cny,
        last_value(implied_month_only_cny ignore nulls) over in_year as last_implied_month_only_cny
    from implied_at
    window
        in_year as (
            partition by project_key order by month_number range between months_since_january preceding and current row
        ),
        before_in_year as (
            partition by project_key order by month_number range between months_since_january preceding and 1 preceding
        )
),

ytd_differences as (
    select
        based.* exclude (implied_ytd_cny, implied_month_only_cny),
        case
            when ytd_cny is null then null
            when ytd_in_this_year_cny is not null then ytd_cny - ytd_in_this_year_cny
            -- First figure of a year: the year-to-date starts from nothing on 1 January.
            when figures_in_this_year = 0 then ytd_cny
        end as ytd_difference_cny,
        -- Of a project signed since its county's ledger before, months without a ledger are skipped ones too.
        coalesce(
            {{ calendar_months_between('based.previous_month', 'based.report_month') }} > 1,
            openings.is_after_gap and not openings.is_opening,
            false
        ) as has_gap
    from based
    left join openings on based.project_key = openings.project_key and openings.figure = 'ytd'
),

without_cumulative as (
    select
        *,
        month_cny is not null and not (has_gap and ytd_difference_cny is not null) as counts_month_column,
        {{ or_carried(
            'so_far_recorded_cny',
            'case when cumulative_cny is not null then null'
            ~ ' when month_cny is not null and not (has_gap and ytd_difference_cny is not null) then month_cny'
            ~ ' else ytd_difference_cny end'
        ) }} as other_amount_cny
    from ytd_differences
),

positions as (
    select
        *,
        coalesce(
            sum(other_amount_cny) over (partition by project_key, cumulatives_before order by month_number), 0
        ) as recorded_since_cny
    from without_cumulative
)

select
    changes.project_id,
    changes.project_key,
    changes.county_code,
    positions.report_month,
    {{ year_start('positions.report_month') }} as report_year,
    positions.previous_month,
    positions.cumulative_cny,
    positions.month_cny,
    positions.last_cumulative_cny,
    openings.is_opening and not openings.is_recorded_before as is_opening,
    openings.month_cny as opening_month_cny,
    openings.amount_cny as first_cumulative_cny,
    ytd_openings.is_opening and month(positions.report_month) > 1 as is_ytd_opening,
    ytd_openings.amount_cny as first_ytd_cny,
    positions.ytd_difference_cny,
    positions.other_amount_cny,
    case when positions.counts_month_column then 'month_column' else 'ytd_difference' end as other_basis,
    positions.recorded_since_cny,
    coalesce(positions.cumulative_cny, positions.last_cumulative_cny) as so_far_cumulative_cny,
    cast(positions.month_only_cny as decimal(20, 2)) as so_far_month_only_cny,
    cast(positions.cumulative_before_year_cny as decimal(20, 2)) as so_far_before_year_cny,
    cast(positions.last_implied_ytd_cny as decimal(20, 2)) as so_far_implied_ytd_cny,
    cast(positions.last_implied_month_only_cny as decimal(20, 2)) as so_far_implied_month_only_cny,
    cast(positions.figures_in_this_year + 1 as bigint) as so_far_figures_in_year,
    cast(
        case when positions.cumulative_cny is not null then 0 else positions.recorded_since_cny end as decimal(20, 2)
    ) as so_far_recorded_cny
from positions
inner join {{ ref('int_fund_changes') }} as changes on positions.project_key = changes.project_key
left join openings on positions.project_key = openings.project_key and openings.figure = 'cumulative'
left join openings as ytd_openings
    on
        positions.project_key = ytd_openings.project_key
        and ytd_openings.figure = 'ytd'
        and positions.previous_month is null
{%- if goes_on %}
where not positions.is_carried
{%- endif %}
