-- Rows of a ledger that list a project which another row of the same ledger already lists: only one of them stands.
select
    repeated.project_id,
    rows.county_code,
    rows.report_date,
    rows.project_name,
    rows.stage,
    rows.total_investment_cny,
    rows.funds_arrived_cumulative_cny,
    rows.file_sha256,
    rows.sheet,
    rows.row_number
from {{ ref('int_repeated_rows') }} as repeated
inner join {{ ref('int_project_rows') }} as rows
    on
        repeated.naming_key = rows.naming_key
        and repeated.report_date = rows.report_date
        and repeated.row_id = rows.row_id
where not repeated.is_standing
