-- A project's first known figure, and whether it was there before luodi could see it arrive: in its county's first
-- ledger, or signed before the county's previous report date (entered late). Without a signing date, a project that
-- the previous ledger already listed as signed was signed before it.
with signed as (
    select
        project_id,
        {{ first_known('signed_on', 'report_date') }} as signed_on,
        min(case when stage_rank >= 2 or stage = 'terminated' then report_date end) as first_listed_as_signed_on
    from {{ ref('int_project_versions') }}
    group by project_id
),

first_figures as (
    select
        project_id,
        'cumulative' as figure,
        min(report_date) as report_date,
        min_by(report_month, report_date) as report_month,
        {{ value_in_first('previous_report_date', 'report_date') }} as previous_report_date,
        {{ value_in_first('signed_on', 'report_date') }} as signed_on_then,
        min_by(funds_arrived_cumulative_cny, report_date) as amount_cny,
        min_by(coalesce(funds_arrived_month_cny, 0), report_date) as month_cny
    from {{ ref('int_project_versions') }}
    where funds_arrived_cumulative_cny is not null
    group by project_id
    union all
    select
        project_id,
        'ytd' as figure,
        min(report_date) as report_date,
        min_by(report_month, report_date) as report_month,
        {{ value_in_first('previous_report_date', 'report_date') }} as previous_report_date,
        {{ value_in_first('signed_on', 'report_date') }} as signed_on_then,
        min_by(funds_arrived_ytd_cny, report_date) as amount_cny,
        cast(0 as decimal(20, 2)) as month_cny
    from {{ ref('int_project_versions') }}
    where funds_arrived_ytd_cny is not null
    group by project_id
)

select
    first_figures.project_id,
    first_figures.figure,
    first_figures.report_month,
    first_figures.amount_cny,
    -- A month's figure above the cumulative contradicts it and is left aside.
    case when first_figures.month_cny <= first_figures.amount_cny then first_figures.month_cny else 0 end as month_cny,
    case
        when first_figures.previous_report_date is null then true
        when coalesce(first_figures.signed_on_then, signed.signed_on) is not null
            then coalesce(first_figures.signed_on_then, signed.signed_on) < first_figures.previous_report_date
        else coalesce(signed.first_listed_as_signed_on <= first_figures.previous_report_date, false)
    end as is_opening
from first_figures
inner join signed using (project_id)
