-- The projects that a changed county's ledger lists more than once. A table, so that DuckDB knows how few they are.
select
    namings.project_key,
    changed.report_date
from ({{ changed_rows(ref('int_project_rows'), ref('int_county_changes')) }}) as changed
inner join {{ ref('int_project_namings') }} as namings on changed.naming_key = namings.naming_key
group by namings.project_key, changed.report_date
having count(*) > 1
