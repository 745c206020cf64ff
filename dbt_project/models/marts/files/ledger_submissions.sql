-- Whether every county sent its ledger of every month.
select
    county_code,
    report_month as period,
    month_end_on,
    due_on,
    first_report_date,
    last_report_date,
    project_rows,
    status
from {{ ref('int_submissions') }}
