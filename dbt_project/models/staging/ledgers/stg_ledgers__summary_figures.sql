-- Figures of regional summaries that say what they count, known at the business date.
-- Funds of one origin (到位省外资金) are an indicator of their own; all of 实际利用外资 is foreign.
select
    county_code,
    file_sha256,
    sheet,
    row_number,
    report_date,
    trim(region_name) as region_name,
    category,
    concat(
        case indicator
            when 'signings' then 'signed_projects'
            when 'starts' then 'started_projects'
            when 'completions' then 'completed_projects'
            when 'productions' then 'production_projects'
            else indicator
        end,
        case
            when coalesce(funds_origin, '') <> '' and indicator <> 'fdi_arrived' then '_' || funds_origin
            else ''
        end
    ) as target_indicator,
    measure,
    scope,
    unit,
    value,
    header
from {{ source('lake', 'ledger_summary_values') }}
where indicator is not null and value is not null and report_date <= {{ as_of() }}
