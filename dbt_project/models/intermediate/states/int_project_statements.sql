{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- The versions in which a ledger said something of a project that the one before had not. As written in that row, so a
-- blank is a blank.
select
    versions.project_id,
    versions.project_key,
    versions.county_code,
    versions.report_date,
    versions.report_month,
    versions.previous_report_date,
    versions.name_key,
    versions.stage_rank,
    {%- for column in statement_columns() %}
    versions.{{ column }},
    {%- endfor %}
    versions.statement_fingerprint,
    versions.file_sha256,
    versions.sheet,
    versions.row_number
from ({{ changed_rows(ref('int_project_versions'), ref('int_county_changes')) }}) as versions
where versions.row_key in (select anew.row_key from {{ ref('int_statements_anew') }} as anew)
