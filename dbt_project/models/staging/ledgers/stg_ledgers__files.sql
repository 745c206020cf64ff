{{ config(materialized='table') }}
-- One row a county, landed ledger file and report date that can be known at `as_of`: the report date decides, never the
-- arrival. The same bytes have two report dates only where they came again under a name of another date.
with accepted_rows as (
    select
        county_code,
        file_sha256,
        report_date,
        count(*) filter (where failed.row_id is null) as project_rows_standing,
        count(*) filter (where failed.row_id is not null) as rows_failed_checks
    from {{ source('lake', 'ledger_project_rows') }}
    left join {{ ref('stg_ledgers__failed_rows') }} as failed using (row_id)
    group by county_code, file_sha256, report_date
)

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
    files.rows_accepted - coalesce(accepted_rows.rows_failed_checks, 0) as rows_accepted,
    files.rows_rejected + coalesce(accepted_rows.rows_failed_checks, 0) as rows_rejected,
    files.rows_furniture,
    files.rows_hidden,
    coalesce(accepted_rows.project_rows_standing, 0) as project_rows,
    files.sheets,
    files.remarks,
    files.parser_version
from {{ source('lake', 'ledger_files') }} as files
left join {{ ref('stg_landing__files') }} as landed
    on
        files.file_sha256 = landed.file_sha256
        and files.county_code = landed.county_code
        and landed.kind = 'ledger'
left join accepted_rows
    on
        files.county_code = accepted_rows.county_code
        and files.file_sha256 = accepted_rows.file_sha256
        and files.report_date is not distinct from accepted_rows.report_date
where files.report_date is null or files.report_date <= {{ as_of() }}
