-- Months in which a project's cumulative funds are lower than before: a restatement, or a mistake.
select
    project_id,
    county_code,
    report_month,
    amount_cny,
    cumulative_cny,
    basis,
    file_sha256,
    sheet,
    row_number
from {{ ref('fct_fund_arrivals') }}
where kind = 'correction'
