-- Targets that the latest summary ledger to name them states, and that no project count could be held against.
select
    county_code,
    file_sha256,
    sheet,
    row_number,
    report_date,
    region_name,
    category,
    header,
    indicator,
    cast(value as decimal(24, 6)) as target_value,
    unit,
    left_out_because as finding
from {{ ref('int_stated_targets') }}
where left_out_because is not null
qualify
    rank() over (
        partition by county_code, period_start, region_name, category, indicator, from_total_cny, left_out_because
        order by report_date desc, file_sha256 asc
    ) = 1
