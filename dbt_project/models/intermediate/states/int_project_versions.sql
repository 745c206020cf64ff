{{ config(materialized='view') }}
-- One row a project and report date: what its county's standing ledger said, as the row that stands says it;
-- `rows_in_ledger` says how many there were.
select
    namings.project_id,
    listed.*,
    namings.code_key,
    namings.name_key,
    namings.investor_key,
    {{ stage_rank('listed.stage') }} as stage_rank,
    coalesce(repeated.rows_in_ledger, 1) as rows_in_ledger
from {{ ref('int_project_rows') }} as listed
inner join {{ ref('int_project_namings') }} as namings on listed.naming_key = namings.naming_key
left join {{ ref('int_repeated_rows') }} as repeated
    on
        listed.naming_key = repeated.naming_key
        and listed.report_date = repeated.report_date
        and listed.row_id = repeated.row_id
where coalesce(repeated.is_standing, true)
