-- Months in which the month's own column and the difference of the year-to-date column disagree.
select
    project_id,
    county_code,
    report_month,
    amount_cny,
    ytd_difference_cny,
    cast(ytd_difference_cny - amount_cny as decimal(20, 2)) as difference_cny,
    file_sha256,
    sheet,
    row_number
from {{ ref('fct_fund_arrivals') }}
where not is_reconciled
