-- Rows of a ledger that list a project which another row of the same ledger already lists: only one of them stands.
select
    repeated.project_id,
    rows.county_code,
    rows.report_date,
    contents.project_name,
    contents.stage,
    contents.total_investment_cny,
    rows.funds_arrived_cumulative_cny,
    rows.file_sha256,
    rows.sheet,
    rows.row_number
from {{ ref('int_repeated_rows') }} as repeated
inner join {{ ref('int_project_rows') }} as rows on repeated.row_key = rows.row_key
inner join {{ ref('int_statement_contents') }} as contents
    on rows.naming_key = contents.naming_key and rows.statement_fingerprint = contents.statement_fingerprint
where not repeated.is_standing
