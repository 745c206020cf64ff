{{ config(materialized='view') }}
-- Funds of counted projects, for every county that may count of them: openings, arrivals and corrections by month, and
-- as `stock` the changes of the known cumulative, which add up to what has arrived so far. The share in force at the end
-- of the month decides. Of projects split or merged, their heirs hold what had arrived.
with as_reported as (
    {{ reported_funds() }}
),

movements as (
    select *
    from as_reported
    where project_id not in (select h.project_id from {{ ref('int_handover_funds') }} as h)
    union all by name
    select * from {{ ref('int_handed_over_funds') }}
)

select
    movements.project_id,
    credits.county_code,
    credits.is_own,
    movements.report_month,
    movements.kind,
    {{ credited('movements.amount_cny', 'credits') }} as amount_cny,
    credits.total_investment_cny as project_total_cny,
    {%- for column in credit_attributes() %}
    credits.{{ column }}{{ "," if not loop.last }}
    {%- endfor %}
from movements
inner join {{ ref('int_project_credits') }} as credits
    on
        movements.project_id = credits.project_id
        and {{ in_force('credits', add_days(add_months('movements.report_month', 1), -1)) }}
