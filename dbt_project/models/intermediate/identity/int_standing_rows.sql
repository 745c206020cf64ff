{{ config(materialized='view') }}
-- The rows of the ledgers that stand, in the lake, under the county code that stands today. `naming_key` is what a row
-- calls its project (county, code, name, investor, as written); which project that is, `int_project_namings` says, so
-- rows stay as they are when an identity changes. `stage_stated` is the stage, but for a cell left blank in the sheet's
-- stage column, where only dates or a title tell one.
select
    files.county_code,
    files.reported_county_code,
    files.previous_report_date,
    lake_rows.* exclude (county_code, row_id) replace (files.report_date as report_date),
    hash(lake_rows.row_id) as row_key,
    case
        when
            lake_rows.stage_raw is not null
            or not coalesce(list_contains(files.stage_sheets, lake_rows.sheet), false)
            then lake_rows.stage
    end as stage_stated,
    {{ naming_key('files.county_code', 'lake_rows') }} as naming_key
from {{ ref('stg_ledgers__project_rows') }} as lake_rows
inner join {{ ref('int_standing_files') }} as files
    on
        lake_rows.county_code = files.reported_county_code
        and lake_rows.file_sha256 = files.file_sha256
        and lake_rows.report_date = files.filed_on
