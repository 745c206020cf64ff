{{ config(materialized='view') }}
-- A project's first known figure, and whether it was there before luodi could see it arrive: in its county's first
-- ledger, or signed before the county's previous report date (entered late). Without a signing date, a project that
-- the previous ledger already listed as signed was signed before it.
with first_figures as (
    {%- for figure in ['cumulative', 'ytd'] %}
    select
        latest.project_id,
        latest.county_code,
        '{{ figure }}' as figure,
        latest.first_{{ figure }}['report_month'] as report_month,
        latest.first_{{ figure }}['previous_report_date'] as previous_report_date,
        coalesce(latest.first_{{ figure }}['signed_on'], stated.first_signed_on) as signed_on,
        stated.signing_reported_on as first_listed_as_signed_on,
        latest.first_{{ figure }}['amount_cny'] as amount_cny,
        latest.first_{{ figure }}['month_cny'] as month_cny
    from {{ ref('int_project_last_rows') }} as latest
    inner join {{ ref('int_project_last_stated') }} as stated on latest.project_id = stated.project_id
    where latest.first_{{ figure }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    project_id,
    county_code,
    figure,
    report_month,
    amount_cny,
    -- A month's figure above the cumulative contradicts it and is left aside.
    case when month_cny <= amount_cny then month_cny else 0 end as month_cny,
    case
        when previous_report_date is null then true
        when signed_on is not null then signed_on < previous_report_date
        else coalesce(first_listed_as_signed_on <= previous_report_date, false)
    end as is_opening
from first_figures
