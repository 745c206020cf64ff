{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=[
        "{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_funds(ref('int_fund_changes')) }}",
        "{{ delete_restarted_funds(ref('int_fund_changes')) }}",
    ],
) }}
-- What arrived in each month a project states funds for. Cumulative figures give differences to the last known
-- cumulative (less what other columns recorded since); where no cumulative is stated, the month's own column counts,
-- or, where that is missing or months were skipped, the difference of the year-to-date column.
with positions as (
    {{ changed_funds(ref('int_fund_positions'), ref('int_fund_changes')) }}
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
    county_code,
    report_month,
    coalesce(kind, case when amount_cny < 0 then 'correction' else 'arrival' end) as kind,
    cast(amount_cny as decimal(20, 2)) as amount_cny,
    cumulative_cny,
    basis,
    month_cny as stated_month_cny,
    -- The first figure of a project has nothing to be compared with, but in January.
    case
        when previous_month is not null or month(report_month) = 1 then cast(ytd_difference_cny as decimal(20, 2))
    end as ytd_difference_cny
from movements
where amount_cny <> 0
