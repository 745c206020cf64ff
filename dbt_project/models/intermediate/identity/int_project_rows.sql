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
-- as they are when an identity changes. `stage_stated` is the stage, but for a cell left blank in the sheet's stage
-- column, where only dates or a title tell one.
with ledgers as (
    select * from {{ ledgers }} as changed
),

stage_columns as (
    select distinct
        file_sha256,
        sheet
    from {{ ref('stg_ledgers__stated_fields') }}
    where field = 'stage'
),

lake_rows as (
    select
        written.*,
        case when written.stage_raw is not null or stage_columns.sheet is null then written.stage end as stage_stated
    from ({{ lake_rows_of(ref('stg_ledgers__project_rows'), ledgers ~ ' as changed') }}) as written
    left join stage_columns on written.file_sha256 = stage_columns.file_sha256 and written.sheet = stage_columns.sheet
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
