{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=[
        "{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_funds(ref('int_fund_changes')) }}",
        "{{ delete_restarted_funds(ref('int_fund_changes')) }}",
    ],
) }}
-- Every month a project states funds for, beside what was known before it. `so_far_…` sums up the project's months up
-- to and with this one: all that later months need to know, so a later build starts from there.
with figures as (
    select
        figures.*,
        false as is_carried,
        cast(null as decimal(20, 2)) as so_far_month_only_cny,
        cast(null as decimal(20, 2)) as so_far_before_year_cny,
        cast(null as decimal(20, 2)) as so_far_implied_ytd_cny,
        cast(null as decimal(20, 2)) as so_far_implied_month_only_cny,
        cast(null as bigint) as so_far_figures_in_year,
        cast(null as decimal(20, 2)) as so_far_recorded_cny
    from ({{ changed_funds(ref('int_fund_figures'), ref('int_fund_changes')) }}) as figures
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select
        built.project_id,
        built.county_code,
        built.report_month,
        built.report_year,
        built.so_far_cumulative_cny as cumulative_cny,
        true as is_carried,
        built.so_far_month_only_cny,
        built.so_far_before_year_cny,
        built.so_far_implied_ytd_cny,
        built.so_far_implied_month_only_cny,
        built.so_far_figures_in_year,
        built.so_far_recorded_cny
    from {{ this }} as built
    inner join (
        select
            earlier.project_id,
            max(earlier.report_month) as report_month
        from {{ this }} as earlier
        inner join {{ ref('int_fund_changes') }} as changes
            on earlier.project_id = changes.project_id and earlier.report_month < changes.first_changed_month
        group by earlier.project_id
    ) as last_months on built.project_id = last_months.project_id and built.report_month = last_months.report_month
    {%- endif %}
),

beside_earlier as (
    select
        *,
        lag(report_month) over by_month as previous_month,
        last_value(cumulative_cny ignore nulls) over before as last_cumulative_cny,
        -- Amounts that stand in the month's own column only.
        coalesce(
            sum(
                case
                    when is_carried then so_far_month_only_cny
                    when cumulative_cny is null and ytd_cny is null then month_cny
                end
            ) over in_year, 0
        ) as month_only_cny
    from figures
    window
        by_month as (partition by project_id order by report_month),
        before as (
            partition by project_id order by report_month rows between unbounded preceding and 1 preceding
        ),
        in_year as (partition by project_id, report_year order by report_month)
),

year_ends as (
    select
        project_id,
        report_year,
        coalesce(
            last_value(last_in_year_cny ignore nulls) over (
                partition by project_id order by report_year rows between unbounded preceding and 1 preceding
            ),
            carried_before_year_cny
        ) as cumulative_before_year_cny
    from (
        select
            project_id,
            report_year,
            {{ last_known('cumulative_cny', 'report_month') }} as last_in_year_cny,
            max(so_far_before_year_cny) as carried_before_year_cny
        from figures
        group by project_id, report_year
    ) as last_in_years
),

-- The year-to-date that a cumulative implies, where the cumulative before the year is known (or was nothing).
implied as (
    select
        beside_earlier.*,
        year_ends.cumulative_before_year_cny,
        openings.is_opening,
        openings.month_cny as opening_month_cny,
        openings.amount_cny as first_cumulative_cny,
        case
            when beside_earlier.is_carried then beside_earlier.so_far_implied_ytd_cny
            else coalesce(
                beside_earlier.ytd_cny,
                beside_earlier.cumulative_cny - coalesce(
                    year_ends.cumulative_before_year_cny,
                    case
                        when not openings.is_opening and openings.report_month >= beside_earlier.report_year then 0
                    end
                )
            )
        end as implied_ytd_cny
    from beside_earlier
    inner join year_ends using (project_id, report_year)
    left join {{ ref('int_fund_openings_applied') }} as openings
        on beside_earlier.project_id = openings.project_id and openings.figure = 'cumulative'
),

implied_at as (
    select
        *,
        case
            when is_carried then so_far_implied_month_only_cny
            when implied_ytd_cny is not null then month_only_cny
        end as implied_month_only_cny
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
        coalesce(sum(case when is_carried then so_far_figures_in_year else 1 end) over before_in_year, 0)
            as figures_in_this_year
    from implied_at
    window
        before_in_year as (
            partition by project_id, report_year order by report_month rows between unbounded preceding and 1 preceding
        )
),

ytd_differences as (
    select
        based.*,
        ytd_openings.is_opening and month(based.report_month) > 1 as is_ytd_opening,
        case
            when based.ytd_cny is null then null
            when based.ytd_in_this_year_cny is not null then based.ytd_cny - based.ytd_in_this_year_cny
            -- First figure of a year: the year-to-date starts from nothing on 1 January.
            when based.figures_in_this_year = 0 then based.ytd_cny
        end as ytd_difference_cny,
        {{ calendar_months_between('based.previous_month', 'based.report_month') }} > 1 as has_gap
    from based
    left join {{ ref('int_fund_openings_applied') }} as ytd_openings
        on
            based.project_id = ytd_openings.project_id
            and ytd_openings.figure = 'ytd'
            and based.previous_month is null
),

without_cumulative as (
    select
        *,
        case
            when is_carried then so_far_recorded_cny
            when cumulative_cny is not null then null
            when
                month_cny is not null and not (coalesce(has_gap, false) and ytd_difference_cny is not null)
                then month_cny
            else ytd_difference_cny
        end as other_amount_cny,
        case
            when month_cny is not null and not (coalesce(has_gap, false) and ytd_difference_cny is not null)
                then 'month_column'
            else 'ytd_difference'
        end as other_basis
    from ytd_differences
),

running as (
    select
        *,
        coalesce(sum(other_amount_cny) over by_month, 0) as other_running_cny
    from without_cumulative
    window by_month as (partition by project_id order by report_month)
),

positions as (
    select
        *,
        other_running_cny - coalesce(
            last_value(case when cumulative_cny is not null and not is_carried then other_running_cny end ignore nulls)
                over before,
            0
        ) as recorded_since_cny,
        last_value(implied_ytd_cny ignore nulls) over in_year as last_implied_ytd_cny,
        last_value(implied_month_only_cny ignore nulls) over in_year as last_implied_month_only_cny
    from running
    window
        before as (
            partition by project_id order by report_month rows between unbounded preceding and 1 preceding
        ),
        in_year as (partition by project_id, report_year order by report_month)
)

select
    project_id,
    county_code,
    report_month,
    report_year,
    previous_month,
    cumulative_cny,
    month_cny,
    last_cumulative_cny,
    is_opening,
    opening_month_cny,
    first_cumulative_cny,
    is_ytd_opening,
    ytd_difference_cny,
    other_amount_cny,
    other_basis,
    recorded_since_cny,
    coalesce(cumulative_cny, last_cumulative_cny) as so_far_cumulative_cny,
    cast(month_only_cny as decimal(20, 2)) as so_far_month_only_cny,
    cast(cumulative_before_year_cny as decimal(20, 2)) as so_far_before_year_cny,
    cast(last_implied_ytd_cny as decimal(20, 2)) as so_far_implied_ytd_cny,
    cast(last_implied_month_only_cny as decimal(20, 2)) as so_far_implied_month_only_cny,
    cast(figures_in_this_year + 1 as bigint) as so_far_figures_in_year,
    cast(case when cumulative_cny is not null then 0 else recorded_since_cny end as decimal(20, 2))
        as so_far_recorded_cny,
    file_sha256,
    sheet,
    row_number
from positions
where not is_carried
