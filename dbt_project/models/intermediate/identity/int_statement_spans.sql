-- What the rows of the changed ledgers say of a project, each content of a naming once: from when to when, and the row
-- that first says it. A table, so that DuckDB knows how few they are.
select
    any_value(county_code) as county_code,
    naming_key,
    statement_fingerprint,
    min(report_date) as first_reported_on,
    max(report_date) as last_reported_on,
    min_by(row_key, report_date) as first_row_key
from ({{ changed_rows(ref('int_project_rows'), ref('int_ledger_changes')) }}) as changed
group by naming_key, statement_fingerprint
