{%- set place = ['file_sha256', 'sheet', 'row_number'] -%}
{{ config(materialized='view') }}
-- One row a project and report date: the row of its county's standing ledger that stands, with what moves from ledger
-- to ledger; `rows_in_ledger` says how many rows there were. What it leaves blank the ledger's other rows of the
-- project say (`int_repeated_rows`); `funds_…` is the place of the row that states the funds.
select
    namings.project_id,
    namings.project_key,
    listed.* exclude ({{ (moving_columns() + ['statement_fingerprint']) | join(', ') }}),
    {%- for column in moving_columns() + ['statement_fingerprint'] %}
    case when repeated.row_key is null then listed.{{ column }} else repeated.{{ column }} end as {{ column }},
    {%- endfor %}
    {%- for column in place %}
    case when repeated.row_key is null then listed.{{ column }} else repeated.funds_{{ column }} end
        as funds_{{ column }},
    {%- endfor %}
    coalesce(repeated.rows_in_ledger, 1) as rows_in_ledger
from {{ ref('int_project_rows') }} as listed
inner join {{ ref('int_project_namings') }} as namings on listed.naming_key = namings.naming_key
left join {{ ref('int_repeated_rows') }} as repeated on listed.row_key = repeated.row_key
where coalesce(repeated.is_standing, true)
