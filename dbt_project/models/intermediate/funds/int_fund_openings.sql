{{ config(materialized='view') }}
-- A project's first known figure, and whether it was there before luodi could see it arrive: in its county's first
-- ledger, or signed before the county's previous report date (entered late), which of a ledger filed after its month
-- is that month's end: whatever was signed since could not stand in it. Without a signing date, a project that the
-- previous ledger already listed as signed was signed before it. `is_after_gap`: the county skipped months before it.
-- `is_recorded_before`: of a project signed since its county's ledger before, a year-to-date told of all its money
-- until its county went over to cumulatives: none of the first one was there before.
with filed_late as (
    select
        county_code,
        report_date,
        max({{ add_days(add_months('report_month', 1), -1) }}) as month_end_on
    from {{ ref('int_ledger_sequence') }}
    where report_month < {{ month_start('report_date') }}
    group by county_code, report_date
),

first_figures as (
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
        latest.first_{{ figure }}['month_cny'] as month_cny,
        '{{ figure }}' = 'cumulative' and coalesce(
            latest.first_ytd['report_month'] < latest.first_cumulative['report_month']
            and latest.first_ytd['previous_report_date']
            <= coalesce(latest.first_ytd['signed_on'], stated.first_signed_on),
            false
        ) as is_recorded_before
    from {{ ref('int_project_last_rows') }} as latest
    inner join {{ ref('int_project_last_stated') }} as stated on latest.project_id = stated.project_id
    where latest.first_{{ figure }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select
    first_figures.project_id,
    first_figures.county_code,
    first_figures.figure,
    first_figures.report_month,
    first_figures.amount_cny,
    -- A month's figure above the cumulative contradicts it and is left aside.
    case when first_figures.month_cny <= first_figures.amount_cny then first_figures.month_cny else 0 end as month_cny,
    case
        when first_figures.previous_report_date is null then true
        when first_figures.signed_on is not null
            then first_figures.signed_on < coalesce(filed_late.month_end_on, first_figures.previous_report_date)
        else coalesce(first_figures.first_listed_as_signed_on <= first_figures.previous_report_date, false)
    end as is_opening,
    coalesce({{ calendar_months_between(
        'coalesce(filed_late.month_end_on, first_figures.previous_report_date)', 'first_figures.report_month'
    ) }} > 1, false) as is_after_gap,
    first_figures.is_recorded_before
from first_figures
left join filed_late
    on
        first_figures.county_code = filed_late.county_code
        and first_figures.previous_report_date = filed_late.report_date
