{%- set tracked = [
    'project_name', 'investor_name', 'project_code', 'stage', 'signed_on', 'started_on', 'completed_on',
    'production_on', 'planned_start_on', 'planned_completion_on', 'planned_production_on', 'total_investment_cny',
    'contract_amount_cny', 'industry_chain', 'capital_origin', 'responsible_unit', 'responsible_leader',
] -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='delete+insert', unique_key=['project_id', 'version'], on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- What ledgers said of a project, one row a spell in which it did not change: from `valid_from` until the day before
-- `valid_to` (empty: until today). A date that a ledger took back is none from then on.
with statements as (
    {{ changed_rows(ref('int_project_statements'), ref('int_county_changes')) }}
),

stated as (
    select
        project_id,
        county_code,
        report_date,
        case when stage_stated is not null then report_date end as stage_stated_on,
        {%- for column in tracked %}
        {{ stated_or_taken_back(column) }} as {{ column }},
        {%- endfor %}
        file_sha256,
        sheet,
        row_number,
        cast(null as integer) as earlier_version
    from statements
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select
        built.project_id,
        built.county_code,
        built.valid_from as report_date,
        built.valid_from as stage_stated_on,
        {%- for column in tracked %}
        built.{{ column }},
        {%- endfor %}
        built.file_sha256,
        built.sheet,
        built.row_number,
        built.version as earlier_version
    from {{ this }} as built
    where built.is_current and built.project_id in (select statements.project_id from statements)
    {%- endif %}
),

known_stages as (
    select
        *,
        {{ stage_key('stage', 'max(stage_stated_on) over (partition by project_id order by report_date)') }} as stage_key
    from stated
),

filled as (
    select
        project_id,
        county_code,
        report_date,
        {%- for column in tracked if column != 'stage' %}
        {{ unless_taken_back(column, '(last_value(' ~ column ~ ' ignore nulls) over so_far)') }} as {{ column }},
        {%- endfor %}
        {{ stage_in_force('(max(stage_key) over so_far)') }} as stage,
        file_sha256,
        sheet,
        row_number,
        max(earlier_version) over (partition by project_id) as earlier_version
    from known_stages
    window so_far as (partition by project_id order by report_date)
),

compared as (
    select
        *,
        {{ fingerprint(tracked) }} as version_fingerprint,
        lag({{ fingerprint(tracked) }}) over (partition by project_id order by report_date) as earlier_fingerprint
    from filled
)

select
    project_id,
    county_code,
    cast(
        row_number() over (partition by project_id order by report_date) + coalesce(earlier_version, 1) - 1 as integer
    ) as version,
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
