-- Every row that was turned away, by the reader or by a check on the file, with its reasons and original text.
with by_reader as (
    select
        row_id,
        county_code,
        file_sha256,
        sheet,
        row_number,
        report_date,
        report_month,
        kind,
        'reader' as rejected_by,
        reasons,
        raw
    from {{ source('lake', 'rejected_rows') }}
),

by_check as (
    select
        rows.row_id,
        rows.county_code,
        rows.file_sha256,
        rows.sheet,
        rows.row_number,
        rows.report_date,
        rows.report_month,
        'project' as kind,
        'check' as rejected_by,
        cast(failed.reasons as varchar) as reasons,
        rows.raw
    from {{ source('lake', 'ledger_project_rows') }} as rows
    inner join {{ ref('stg_ledgers__failed_rows') }} as failed on rows.row_id = failed.row_id
)

select * from by_reader
where report_date is null or report_date <= {{ as_of() }}
union all
select * from by_check
where report_date is null or report_date <= {{ as_of() }}
