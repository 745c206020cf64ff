-- Rows of a ledger that list a project which another row of the same ledger already lists: only one of them stands.
select
    identity.project_id,
    rows.county_code,
    rows.report_date,
    rows.project_name,
    rows.stage,
    rows.total_investment_cny,
    rows.funds_arrived_cumulative_cny,
    rows.file_sha256,
    rows.sheet,
    rows.row_number
from {{ ref('int_project_rows') }} as rows
inner join {{ ref('int_project_identity') }} as identity using (label_id)
inner join {{ ref('int_project_versions') }} as standing
    on
        identity.project_id = standing.project_id
        and rows.report_date = standing.report_date
        and rows.row_id <> standing.row_id
