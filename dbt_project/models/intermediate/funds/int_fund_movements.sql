-- What arrived in each month a project states funds for. Cumulative figures give differences to the last known
-- cumulative (less what other columns recorded since); where no cumulative is stated, the month's own column counts,
-- or, where that is missing or months were skipped, the difference of the year-to-date column.
with figures as (
    select
        *,
        lag(report_month) over by_month as previous_month,
        last_value(cumulative_cny ignore nulls) over before as last_cumulative_cny,
        -- Amounts that stand in the month's own column only.
        coalesce(sum(case when cumulative_cny is null and ytd_cny is null then month_cny end) over in_year, 0)
            as month_only_cny
    from {{ ref('int_fund_figures') }}
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
        last_value(last_in_year_cny ignore nulls) over (
            partition by project_id order by report_year rows between unbounded preceding and 1 preceding
        ) as cumulative_before_year_cny
    from (
        select
            project_id,
            report_year,
            {{ last_known('cumulative_cny', 'report_month') }} as last_in_year_cny
        from {{ ref('int_fund_figures') }}
        group by project_id, report_year
    ) as last_in_years
),

-- The year-to-date that a cumulative implies, where the cumulative before the year is known (or was nothing).
implied as (
    select
        figures.*,
        openings.is_opening,
        openings.month_cny as opening_month_cny,
        openings.amount_cny as first_cumulative_cny,
        coalesce(
            figures.ytd_cny,
            figures.cumulative_cny - coalesce(
                year_ends.cumulative_before_year_cny,
                case
                    when not openings.is_opening and openings.report_month >= figures.report_year then 0
                end
            )
        ) as implied_ytd_cny
    from figures
    inner join year_ends using (project_id, report_year)
    left join {{ ref('int_fund_openings') }} as openings
        on figures.project_id = openings.project_id and openings.figure = 'cumulative'
),

based as (
    select
        *,
        last_value(implied_ytd_cny ignore nulls) over before_in_year
        + month_only_cny
        - coalesce(case when cumulative_cny is null and ytd_cny is null then month_cny end, 0)
        - last_value(case when implied_ytd_cny is not null then month_only_cny end ignore nulls) over before_in_year
            as ytd_in_this_year_cny,
        count(*) over before_in_year as figures_in_this_year
    from implied
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
    left join {{ ref('int_fund_openings') }} as ytd_openings
        on
            based.project_id = ytd_openings.project_id
            and ytd_openings.figure = 'ytd'
            and based.previous_month is null
),

without_cumulative as (
    select
        *,
        case
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
            last_value(case when cumulative_cny is not null then other_running_cny end ignore nulls) over before, 0
        ) as recorded_since_cny
    from running
    window
        before as (
            partition by project_id order by report_month rows between unbounded preceding and 1 preceding
        )
),

movements as (
    -- The first known cumulative: what was there before, then what the month itself brought.
    select
        *,
        'opening' as kind,
        first_cumulative_cny - opening_month_cny - recorded_since_cny as amount_cny,
        'cumulative_difference' as basis
    from positions
    where cumulative_cny is not null and last_cumulative_cny is null and is_opening
    union all
    select
        *,
        null as kind,
        case
            when is_opening then cumulative_cny - first_cumulative_cny + opening_month_cny
            else cumulative_cny - recorded_since_cny
        end as amount_cny,
        case
            when is_opening and opening_month_cny <> 0 and cumulative_cny = first_cumulative_cny then 'month_column'
            else 'cumulative_difference'
        end as basis
    from positions
    where cumulative_cny is not null and last_cumulative_cny is null
    union all
    select
        *,
        null as kind,
        cumulative_cny - last_cumulative_cny - recorded_since_cny as amount_cny,
        'cumulative_difference' as basis
    from positions
    where cumulative_cny is not null and last_cumulative_cny is not null
    union all
    select
        *,
        case when is_ytd_opening and other_basis = 'ytd_difference' then 'opening' end as kind,
        other_amount_cny as amount_cny,
        other_basis as basis
    from positions
    where cumulative_cny is null
)

select
    project_id,
    report_month,
    coalesce(kind, case when amount_cny < 0 then 'correction' else 'arrival' end) as kind,
    cast(amount_cny as decimal(20, 2)) as amount_cny,
    cumulative_cny,
    basis,
    month_cny as stated_month_cny,
    -- The first figure of a project has nothing to be compared with, but in January.
    case
        when previous_month is not null or month(report_month) = 1 then cast(ytd_difference_cny as decimal(20, 2))
    end as ytd_difference_cny,
    file_sha256,
    sheet,
    row_number
from movements
where amount_cny <> 0
