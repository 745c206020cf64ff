{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_changed_months(ref('int_county_changes')) }}",
) }}
-- What the ledgers of a month state of a project's funds: each figure as last stated in the month, and the row it
-- comes from. Only months with a figure.
with versions as (
    {{ changed_rows(ref('int_project_versions'), ref('int_county_changes'), 'report_month', 'first_changed_month') }}
)

select
    project_id,
    max_by(county_code, report_date) as county_code,
    report_month,
    {{ year_start('report_month') }} as report_year,
    max(report_date) as report_date,
    {{ last_known('funds_arrived_cumulative_cny', 'report_date') }} as cumulative_cny,
    {{ last_known('funds_arrived_ytd_cny', 'report_date') }} as ytd_cny,
    {{ last_known('funds_arrived_month_cny', 'report_date') }} as month_cny,
    max_by(file_sha256, report_date) as file_sha256,
    max_by(sheet, report_date) as sheet,
    max_by(row_number, report_date) as row_number
from versions
where
    funds_arrived_cumulative_cny is not null
    or funds_arrived_ytd_cny is not null
    or funds_arrived_month_cny is not null
group by project_id, report_month
