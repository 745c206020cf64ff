-- Figures of regional summaries that say what they count, known at the business date.
-- Funds of one origin (到位省外资金) are an indicator of their own; all of 实际利用外资 is foreign. 亿元以上项目, in the header or
-- in the label of an indicator's row, counts from a size on.
with figures as (
    select
        *,
        concat(coalesce(category, ''), header) as said,
        '([0-9.]*)(亿|千万|万)元?(及|或|含|[(]含[)]|（含）)?以上' as size_pattern
    from {{ source('lake', 'ledger_summary_values') }}
    where indicator is not null and value is not null and report_date <= {{ as_of() }}
)

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
    cast(
        case regexp_extract(said, size_pattern, 2)
            when '亿' then 100000000
            when '千万' then 10000000
            when '万' then 10000
        end
        * coalesce(try_cast(nullif(regexp_extract(said, size_pattern, 1), '') as decimal(12, 2)), 1) as decimal(24, 2)
    ) as from_total_cny,
    measure,
    scope,
    unit,
    value,
    header
from figures
