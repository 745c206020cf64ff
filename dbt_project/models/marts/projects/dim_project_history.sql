{%- set tracked = [
    'project_name', 'investor_name', 'project_code', 'stage', 'signed_on', 'started_on', 'completed_on',
    'production_on', 'planned_start_on', 'planned_completion_on', 'planned_production_on', 'total_investment_cny',
    'contract_amount_cny', 'industry_chain', 'capital_origin', 'responsible_unit', 'responsible_leader',
] -%}
-- What ledgers said of a project, one row a spell in which it did not change: from `valid_from` until the day before
-- `valid_to` (empty: until today).
with stated as (
    select
        project_id,
        county_code,
        report_date,
        {%- for column in tracked %}
        last_value({{ column }} ignore nulls) over (partition by project_id order by report_date) as {{ column }},
        {%- endfor %}
        file_sha256,
        sheet,
        row_number
    from {{ ref('int_project_versions') }}
),

compared as (
    select
        *,
        {{ fingerprint(tracked) }} as version_fingerprint,
        lag({{ fingerprint(tracked) }}) over (partition by project_id order by report_date) as earlier_fingerprint
    from stated
)

select
    project_id,
    county_code,
    cast(row_number() over (partition by project_id order by report_date) as integer) as version,
    report_date as valid_from,
    lead(report_date) over (partition by project_id order by report_date) as valid_to,
    lead(report_date) over (partition by project_id order by report_date) is null as is_current,
    {%- for column in tracked %}
    {{ column }},
    {%- endfor %}
    file_sha256,
    sheet,
    row_number
from compared
where earlier_fingerprint is null or version_fingerprint <> earlier_fingerprint
