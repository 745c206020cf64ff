{{ config(materialized='view') }}
-- What the ledgers of a month state of a project's funds: each figure as last stated in the month, and the row it
-- comes from. Only months with a figure.
select
    project_id,
    project_key,
    county_code,
    report_month,
    {{ year_start('report_month') }} as report_year,
    funds_reported_on as report_date,
    cumulative_cny,
    ytd_cny,
    month_cny,
    funds_file_sha256 as file_sha256,
    funds_sheet as sheet,
    funds_row_number as row_number
from {{ ref('int_project_months') }}
where funds_reported_on is not null
