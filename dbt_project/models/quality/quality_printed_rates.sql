-- Rates printed in summaries that differ from what their parts give.
select
    county_code,
    file_sha256,
    sheet,
    row_number,
    report_date,
    region_name,
    indicator,
    measure,
    header,
    value as printed_value,
    recomputed_value,
    cast(value - recomputed_value as decimal(24, 6)) as difference_value
from {{ source('lake', 'ledger_summary_values') }}
where
    measure = 'rate'
    and (report_date is null or report_date <= {{ as_of() }})
    -- One unit in the printed digit before the last is rounding.
    and abs(value - recomputed_value) > 0.1
