{{ config(materialized='view') }}
-- One row a project and report date: the row of its county's standing ledger that stands, with what moves from ledger
-- to ledger; `rows_in_ledger` says how many rows there were.
select
    namings.project_id,
    namings.project_key,
    listed.*,
    coalesce(repeated.rows_in_ledger, 1) as rows_in_ledger
from {{ ref('int_project_rows') }} as listed
inner join {{ ref('int_project_namings') }} as namings on listed.naming_key = namings.naming_key
left join {{ ref('int_repeated_rows') }} as repeated on listed.row_key = repeated.row_key
where coalesce(repeated.is_standing, true)
