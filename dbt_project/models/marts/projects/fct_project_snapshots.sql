{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=["{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_months(ref('int_county_changes')) }}"],
    post_hook="{{ recount(ref('int_duplicates_applied'), ref('int_duplicate_changes')) }}",
) }}
-- The state of every project at the end of every month its county reported.
select
    months.project_id,
    months.county_code,
    months.report_month,
    months.ledger_date,
    months.is_reported,
    months.reported_on,
    months.stage,
    months.funds_arrived_cumulative_cny,
    months.total_investment_cny,
    months.contract_amount_cny,
    months.investment_done_cumulative_cny,
    months.progress_rate,
    months.last_row['progress_note'] as progress_note,
    months.last_row['problem'] as problem,
    months.last_row['responsible_unit'] as responsible_unit,
    months.signed_on,
    months.started_on,
    months.completed_on,
    months.production_on,
    duplicates.project_id is null as is_counted,
    months.last_row['file_sha256'] as file_sha256,
    months.last_row['sheet'] as sheet,
    months.last_row['row_number'] as row_number
from (
    {{ changed_rows(ref('int_project_months'), ref('int_county_changes'), 'report_month', 'first_changed_month') }}
) as months
left join {{ ref('int_duplicates_applied') }} as duplicates using (project_id)
