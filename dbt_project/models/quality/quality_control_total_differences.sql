-- Totals stated in ledgers that differ from the sum of their rows.
select
    county_code,
    file_sha256,
    report_date,
    report_month,
    sheet,
    row_number,
    label,
    level,
    field,
    header,
    stated_value,
    rows_sum,
    difference_value
from {{ ref('control_totals') }}
where verdict = 'different'
