{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_ledger_changes')) }}",
) }}
-- The ledgers whose rows the history holds, with a digest of what each says; `int_ledger_changes` of the next build
-- compares with them.
with contents as (
    select
        county_code,
        reported_county_code,
        report_date,
        sum(cast(content_fingerprint as hugeint)) as content_sum,
        count(*) as project_rows
    from ({{ changed_rows(ref('int_project_rows'), ref('int_ledger_changes')) }}) as changed
    group by county_code, reported_county_code, report_date
)

select
    sequence.county_code,
    sequence.reported_county_code,
    sequence.report_date,
    sequence.report_month,
    hash(
        sequence.reported_county_code, sequence.file_sha256, sequence.report_month, sequence.previous_report_date,
        sequence.record_fingerprint
    ) as ledger_fingerprint,
    contents.content_sum,
    coalesce(contents.project_rows, 0) as project_rows
from {{ ref('int_ledger_sequence') }} as sequence
inner join {{ ref('int_ledger_changes') }} as changes
    on sequence.county_code = changes.county_code and sequence.report_date >= changes.first_changed_on
left join contents
    on
        sequence.county_code = contents.county_code
        and sequence.reported_county_code = contents.reported_county_code
        and sequence.report_date = contents.report_date
