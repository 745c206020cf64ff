-- Rows of a ledger that list a project which another row of the same ledger already lists: only one of them stands.
-- One file that came under the old and the new code of a county is one list: its rows do not repeat themselves.
with listed as (
    select
        repeated.project_id,
        repeated.is_standing,
        rows.county_code,
        rows.report_date,
        rows.naming_key,
        rows.statement_fingerprint,
        rows.funds_arrived_cumulative_cny,
        rows.file_sha256,
        rows.sheet,
        rows.row_number
    from {{ ref('int_repeated_rows') }} as repeated
    inner join {{ ref('int_project_rows') }} as rows on repeated.row_key = rows.row_key
)

select
    listed.project_id,
    listed.county_code,
    listed.report_date,
    contents.project_name,
    contents.stage,
    contents.total_investment_cny,
    listed.funds_arrived_cumulative_cny,
    listed.file_sha256,
    listed.sheet,
    listed.row_number
from listed
inner join {{ ref('int_statement_contents') }} as contents
    on listed.naming_key = contents.naming_key and listed.statement_fingerprint = contents.statement_fingerprint
left join listed as standing
    on
        standing.is_standing
        and listed.project_id = standing.project_id
        and listed.report_date = standing.report_date
        and listed.file_sha256 = standing.file_sha256
        and listed.sheet = standing.sheet
        and listed.row_number = standing.row_number
where not listed.is_standing and standing.project_id is null
