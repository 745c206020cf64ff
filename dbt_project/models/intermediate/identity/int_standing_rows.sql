{{ config(materialized='view') }}
-- The rows of the ledgers that stand, in the lake, under the county code that stands today. `naming_key` is what a row
-- calls its project (county, code, name, investor, as written); which project that is, `int_project_namings` says, so
-- rows stay as they are when an identity changes. `stage_stated` is the stage, but for a cell left blank in the sheet's
-- stage column, where only dates or a title tell one.
with stage_sheets as (
    select
        file_sha256,
        list(distinct sheet) as sheets
    from {{ ref('stg_ledgers__stated_fields') }}
    where field = 'stage'
    group by file_sha256
),

ledgers as (
    select
        standing.county_code,
        standing.reported_county_code,
        standing.file_sha256,
        standing.report_date,
        sequence.previous_report_date,
        stage_sheets.sheets as stage_sheets
    from {{ ref('int_standing_ledgers') }} as standing
    inner join {{ ref('int_ledger_sequence') }} as sequence
        on
            standing.reported_county_code = sequence.reported_county_code
            and standing.report_date = sequence.report_date
    left join stage_sheets on standing.file_sha256 = stage_sheets.file_sha256
)

select
    ledgers.county_code,
    ledgers.reported_county_code,
    ledgers.previous_report_date,
    lake_rows.* exclude (county_code, row_id),
    hash(lake_rows.row_id) as row_key,
    case
        when
            lake_rows.stage_raw is not null
            or not coalesce(list_contains(ledgers.stage_sheets, lake_rows.sheet), false)
            then lake_rows.stage
    end as stage_stated,
    {{ naming_key('ledgers.county_code', 'lake_rows') }} as naming_key
from {{ ref('stg_ledgers__project_rows') }} as lake_rows
inner join ledgers
    on
        lake_rows.county_code = ledgers.reported_county_code
        and lake_rows.file_sha256 = ledgers.file_sha256
        and lake_rows.report_date = ledgers.report_date
