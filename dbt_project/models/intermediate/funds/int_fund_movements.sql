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

-- What the month's columns beside the cumulative say arrived since the ledger before.
stated as (
    select
        *,
        case when other_basis = 'month_column' then month_cny else ytd_difference_cny end as stated_arrival_cny
    from positions
),

first_cumulatives as (
    select
        *,
        case
            when not coalesce(is_opening, false) then 0
            when previous_month is null then first_cumulative_cny - opening_month_cny
            -- Earlier ledgers stated funds in other columns: what this one says arrived since was not there before, and
            -- where all of the cumulative has been recorded, nothing was.
            when stated_arrival_cny is null then greatest(first_cumulative_cny - recorded_since_cny, 0)
            else greatest(cumulative_cny - recorded_since_cny - stated_arrival_cny, 0)
        end as opening_cny
    from stated
    where cumulative_cny is not null and last_cumulative_cny is null
),

-- The first year-to-date: what its ledger stated is the opening, what later ledgers of that month added arrived.
without_cumulative as (
    select
        *,
        coalesce(is_ytd_opening, false) and other_basis = 'ytd_difference' as opens
    from positions
    where cumulative_cny is null
),

movements as (
    -- The first known cumulative: what was there before, then what the ledgers of the month brought.
    select
        * exclude (opening_cny, stated_arrival_cny),
        'opening' as kind,
        opening_cny as amount_cny,
        'cumulative_difference' as basis
    from first_cumulatives
    where opening_cny <> 0
    union all
    select
        * exclude (opening_cny, stated_arrival_cny),
        null as kind,
        cumulative_cny - recorded_since_cny - opening_cny as amount_cny,
        case
            when
                previous_month is null
                and is_opening
                and opening_month_cny <> 0
                and cumulative_cny = first_cumulative_cny
                then 'month_column'
            when
                previous_month is not null
                and opening_cny > 0
                and cumulative_cny - recorded_since_cny - opening_cny = stated_arrival_cny
                then other_basis
            else 'cumulative_difference'
        end as basis
    from first_cumulatives
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
        * exclude (opens),
        'opening' as kind,
        first_ytd_cny as amount_cny,
        other_basis as basis
    from without_cumulative
    where opens
    union all
    select
        * exclude (opens),
        null as kind,
        other_amount_cny - case when opens then first_ytd_cny else 0 end as amount_cny,
        other_basis as basis
    from without_cumulative
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
