-- Months whose ledgers state funds, but no cumulative, of projects whose cumulative was stated before (a county that
-- went over from one column to the other): the cumulative last stated and what other columns recorded since. Not
-- after a month whose money nobody can tell (skipped without a year-to-date to catch it up): there the one last
-- stated stays. Few.
with without_cumulative as (
    select
        positions.*,
        positions.other_amount_cny is null
        or coalesce({{ calendar_months_between('positions.previous_month', 'positions.report_month') }} > 1, false)
        and (
            positions.other_basis = 'month_column'
            or positions.previous_month < {{ add_months(year_start('positions.report_month'), -1) }}
        ) as is_hole
    from {{ ref('int_fund_positions') }} as positions
    where positions.cumulative_cny is null and positions.last_cumulative_cny is not null
),

-- Holes count until the next cumulative is stated.
stated_after as (
    select
        without_cumulative.project_id,
        without_cumulative.report_month,
        max(stated.report_month) as cumulative_month
    from without_cumulative
    inner join {{ ref('int_fund_positions') }} as stated
        on
            without_cumulative.project_id = stated.project_id
            and without_cumulative.report_month > stated.report_month
            and stated.cumulative_cny is not null
    group by without_cumulative.project_id, without_cumulative.report_month
),

told as (
    select
        without_cumulative.*,
        coalesce(bool_or(without_cumulative.is_hole) over (
            partition by without_cumulative.project_id, stated_after.cumulative_month
            order by without_cumulative.report_month
        ), false) as is_after_hole
    from without_cumulative
    inner join stated_after
        on
            without_cumulative.project_id = stated_after.project_id
            and without_cumulative.report_month = stated_after.report_month
),

last_months as (
    select
        project_id,
        max(report_month) as report_month
    from {{ ref('int_fund_positions') }}
    where project_id in (select without_cumulative.project_id from without_cumulative)
    group by project_id
)

select
    told.project_id,
    {{ project_key('told.project_id') }} as project_key,
    told.county_code,
    told.report_month,
    cast(told.last_cumulative_cny + told.recorded_since_cny as decimal(20, 2)) as cumulative_cny,
    told.report_month = last_months.report_month as is_latest
from told
inner join last_months on told.project_id = last_months.project_id
where not told.is_after_hole
