-- The files whose project rows stand, with the day of the ledger before and the sheets that have a column of stages:
-- all that their rows are looked up by, put together before the rows are read.
with stage_sheets as (
    select
        file_sha256,
        list(distinct sheet) as stage_sheets
    from {{ ref('stg_ledgers__stated_fields') }}
    where field = 'stage'
    group by file_sha256
)

select
    standing.county_code,
    standing.reported_county_code,
    standing.file_sha256,
    standing.report_date,
    standing.filed_on,
    sequence.previous_report_date,
    stage_sheets.stage_sheets
from {{ ref('int_standing_ledgers') }} as standing
inner join {{ ref('int_ledger_sequence') }} as sequence
    on
        standing.reported_county_code = sequence.reported_county_code
        and standing.report_date = sequence.report_date
left join stage_sheets on standing.file_sha256 = stage_sheets.file_sha256
