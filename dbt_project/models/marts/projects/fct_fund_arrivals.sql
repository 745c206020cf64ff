{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=[
        "{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_funds(ref('int_fund_changes')) }}",
        "{{ delete_restarted_funds(ref('int_fund_changes')) }}",
    ],
    post_hook="{{ recount(ref('int_duplicates_applied'), ref('int_duplicate_changes')) }}",
) }}
-- What arrived: openings (there before luodi could see it arrive), arrivals, corrections downwards.
select
    movements.project_id,
    movements.county_code,
    movements.report_month,
    movements.kind,
    movements.amount_cny,
    movements.cumulative_cny,
    movements.basis,
    movements.stated_month_cny,
    movements.ytd_difference_cny,
    movements.basis <> 'month_column'
    or movements.ytd_difference_cny is null
    or movements.ytd_difference_cny = movements.amount_cny as is_reconciled,
    duplicates.project_id is null as is_counted,
    figures.file_sha256,
    figures.sheet,
    figures.row_number
from ({{ changed_funds(ref('int_fund_movements'), ref('int_fund_changes')) }}) as movements
inner join ({{ changed_funds(ref('int_fund_figures'), ref('int_fund_changes')) }}) as figures
    on movements.project_id = figures.project_id and movements.report_month = figures.report_month
left join {{ ref('int_duplicates_applied') }} as duplicates on movements.project_id = duplicates.project_id
