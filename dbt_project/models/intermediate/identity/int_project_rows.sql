{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_ledger_changes')) }}",
) }}
{%- set ledgers -%}
    (
        select sequence.*
        from {{ ref('int_ledger_sequence') }} as sequence
        inner join {{ ref('int_ledger_changes') }} as changes
            on sequence.county_code = changes.county_code and sequence.report_date >= changes.first_changed_on
    )
{%- endset -%}
-- The rows of the ledgers that stand, under the county code that stands today. `naming_key` is what a row calls its
-- project (county, code, name, investor, as written); which project that is, `int_project_namings` says, so rows stay
-- as they are when an identity changes.
with ledgers as (
    select * from {{ ledgers }} as changed
),

lake_rows as (
    {{ lake_rows_of(ref('stg_ledgers__project_rows'), ledgers ~ ' as changed') }}
)

select
    ledgers.county_code,
    ledgers.reported_county_code,
    ledgers.previous_report_date,
    {%- for column in history_columns() %}
    lake_rows.{{ column }},
    {%- endfor %}
    {{ naming_key('ledgers.county_code', 'lake_rows') }} as naming_key,
    {{ project_fingerprint() }} as content_fingerprint,
    {{ fingerprint(['stage', 'stage_raw', 'progress_note', 'progress_rate', 'agreement_type', 'signed_on']) }}
        as progress_fingerprint,
    {{ fingerprint(statement_columns()) }} as statement_fingerprint
from lake_rows
inner join ledgers
    on
        lake_rows.county_code = ledgers.reported_county_code
        and lake_rows.file_sha256 = ledgers.file_sha256
        and lake_rows.report_date = ledgers.report_date
