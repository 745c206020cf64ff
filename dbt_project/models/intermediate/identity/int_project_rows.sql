{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_ledger_changes')) }}",
) }}
-- The rows of the ledgers that stand: who says what of which naming, with what moves from ledger to ledger. What mostly
-- stays the same is written down once, in `int_statement_contents`: most of the cost of a row is its width.
with standing as (
    {{ changed_standing_rows(ref('int_standing_rows'), ref('int_ledger_sequence'), ref('int_ledger_changes')) }}
)

select
    county_code,
    reported_county_code,
    previous_report_date,
    report_date,
    report_month,
    file_sha256,
    sheet,
    row_number,
    row_key,
    naming_key,
    {{ statement_fingerprint() }} as statement_fingerprint,
    {%- for column in moving_columns() %}
    {{ column }},
    {%- endfor %}
    {{ content_fingerprint() }} as content_fingerprint
from standing
