-- One row a county and landed ledger file: what became of it, and whether its project rows count.
with standing as (
    select
        reported_county_code as county_code,
        file_sha256,
        report_date,
        is_month_standing
    from {{ ref('int_ledger_sequence') }}
)

select
    files.county_code,
    files.file_sha256,
    files.file_name,
    files.other_names,
    files.source_id,
    files.landed_order,
    files.format,
    files.encoding,
    files.status,
    files.reason_code,
    files.reason_message,
    files.report_date,
    files.report_date_basis,
    files.report_month,
    files.revision_rank,
    coalesce(files.rows_seen, 0) as rows_seen,
    coalesce(files.rows_accepted, 0) as rows_accepted,
    coalesce(files.rows_rejected, 0) as rows_rejected,
    coalesce(files.rows_furniture, 0) as rows_furniture,
    coalesce(files.rows_hidden, 0) as rows_hidden,
    files.project_rows,
    standing.file_sha256 is not null as is_standing,
    coalesce(standing.is_month_standing, false) as is_month_standing,
    case
        when standing.file_sha256 is not null then null
        when files.status <> 'read' then 'refused'
        when files.project_rows = 0 then 'no_project_rows'
        when files.report_date is null then 'no_report_date'
        else 'replaced'
    end as not_standing_reason,
    files.remarks,
    files.parser_version
from {{ ref('stg_ledgers__files') }} as files
left join standing
    on
        files.county_code = standing.county_code
        and files.file_sha256 = standing.file_sha256
        and files.report_date = standing.report_date
