{%- set stated = ['signed_on', 'registered_on', 'performed_on', 'started_on', 'completed_on', 'production_on'] -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- Dates of what is said to have been reached that lay ahead of their ledger, by the ledger that first said so: they
-- count once the business date has come to them. Few.
with statements as (
    select
        project_id,
        county_code,
        report_date,
        {{ stated | join(',\n        ') }}
    from ({{ changed_rows(ref('int_project_statements'), ref('int_county_changes')) }}) as changed
    where greatest({{ stated | join(', ') }}) > report_date
),

ahead as (
    {%- for column in stated %}
    select
        project_id,
        county_code,
        '{{ column }}' as date_column,
        {{ column }} as stated_date,
        min(report_date) as first_stated_on
    from statements
    where {{ column }} > report_date
    group by project_id, county_code, {{ column }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select ahead.*
from ahead
{%- if var('rebuild', 'full') == 'incremental' %}
left join {{ this }} as built
    on
        ahead.project_id = built.project_id
        and ahead.date_column = built.date_column
        and ahead.stated_date = built.stated_date
where built.project_id is null
{%- endif %}
