{{ config(materialized='table') }}
-- One row a county, landed ledger file and report date that can be known at `as_of`: the report date decides, never the
-- arrival. The same bytes have two report dates only where they came again under a name of another date.
select
    files.county_code,
    files.file_sha256,
    files.file_name,
    landed.other_names,
    landed.source_id,
    coalesce(landed.landed_order, 0) as landed_order,
    files.format,
    files.encoding,
    files.status,
    files.reason_code,
    files.reason_message,
    files.report_date,
    files.report_date_basis,
    coalesce(files.report_month, {{ month_start('files.report_date') }}) as report_month,
    greatest(coalesce(files.revision_rank, 0), coalesce(landed.revision_rank, 0)) as revision_rank,
    files.rows_seen,
    files.rows_accepted - coalesce(counts.rows_failed_checks, 0) as rows_accepted,
    files.rows_rejected + coalesce(counts.rows_failed_checks, 0) as rows_rejected,
    files.rows_furniture,
    files.rows_hidden,
    coalesce(counts.project_rows_standing, 0) as project_rows,
    files.sheets,
    files.remarks,
    files.parser_version,
    files.record_fingerprint
from {{ ref('stg_ledgers__records') }} as files
left join {{ ref('stg_landing__files') }} as landed
    on
        files.file_sha256 = landed.file_sha256
        and files.county_code = landed.county_code
        and landed.kind = 'ledger'
left join {{ ref('stg_ledgers__row_counts') }} as counts
    on files.ledger_key = counts.ledger_key and files.record_fingerprint = counts.record_fingerprint
where files.report_date is null or files.report_date <= {{ as_of() }}
