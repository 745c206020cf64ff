{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- The versions in which a ledger said something of a project that the one before had not: most ledgers repeat it. As
-- written in that row, so a blank is a blank. Versions are read twice, first few columns and then few rows: as one CTE
-- they would be written down whole.
with listed as (
    select
        project_id,
        report_date,
        statement_fingerprint,
        false as is_carried
    from ({{ changed_rows(ref('int_project_versions'), ref('int_county_changes')) }}) as versions
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select
        project_id,
        max(report_date) as report_date,
        max_by(statement_fingerprint, report_date) as statement_fingerprint,
        true as is_carried
    from {{ this }}
    group by project_id
    {%- endif %}
),

beside_earlier as (
    select
        *,
        lag(statement_fingerprint) over (partition by project_id order by report_date) as earlier_fingerprint
    from listed
),

said_anew as (
    select
        project_id,
        report_date
    from beside_earlier
    where not is_carried and statement_fingerprint is distinct from earlier_fingerprint
)

select
    versions.project_id,
    versions.county_code,
    versions.report_date,
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
inner join said_anew on versions.project_id = said_anew.project_id and versions.report_date = said_anew.report_date
