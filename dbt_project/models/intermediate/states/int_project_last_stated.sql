{%- set kept = [
    'project_code', 'project_content', 'investor_name', 'investor_origin', 'project_company', 'industry',
    'industry_chain', 'capital_origin', 'construction_nature', 'investment_form', 'project_category', 'project_level',
    'agreement_type', 'location', 'park_name', 'town_name', 'total_investment_cny', 'phase_one_investment_cny',
    'fixed_asset_investment_cny', 'contract_amount_cny', 'registered_capital_cny', 'foreign_contract_usd',
    'signing_event', 'responsible_unit', 'responsible_leader', 'responsible_person', 'tracking_unit',
    'introducing_unit',
] -%}
{%- set dates = [
    'signed_on', 'registered_on', 'planned_start_on', 'planned_completion_on', 'planned_production_on', 'landed_on',
    'statistics_entered_on', 'performed_on', 'started_on', 'completed_on', 'production_on',
] -%}
{%- set reached = {
    'performed': 'performed_on', 'started': 'started_on', 'completed': 'completed_on', 'in_production': 'production_on',
} -%}
{%- set latest = ['project_name', 'name_key'] -%}
{%- set planned = ['planned_start_on', 'planned_completion_on', 'planned_production_on'] -%}
{%- set ranks = {'signed': 2, 'performed': 3, 'started': 4, 'completed': 5, 'in_production': 6} -%}
{%- set stated = ['signed_on', 'registered_on', 'performed_on', 'started_on', 'completed_on', 'production_on'] -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='delete+insert', unique_key='project_id', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- What every project's ledgers first said and last said of it, one row a project. A statement is such a row by itself,
-- and rows of one project are put together by the same rule whether they are statements or what an earlier build knew.
-- Of what was taken back the last day is kept: where that is after the first, `int_reached_anew` knows better.
with statements as (
    {{ changed_rows(ref('int_project_statements'), ref('int_county_changes')) }}
),

known as (
    select
        project_id,
        county_code,
        report_date as first_reported_on,
        report_date as last_stated_on,
        project_name as first_project_name,
        file_sha256 as first_file_sha256,
        sheet as first_sheet,
        row_number as first_row_number,
        previous_report_date as ledger_before_first_on,
        case when {{ is_signed('statements') }} then report_date end as signing_reported_on,
        case
            when {{ is_signed('statements') }}
                then { 'file_sha256': file_sha256, 'sheet': sheet, 'row_number': row_number }
        end as signing_row,
        stage,
        case when stage_stated is not null then report_date end as stage_stated_on,
        {%- for column in latest + kept %}
        {{ column }},
        {%- endfor %}
        {%- for column in dates %}
        {{ stated_or_taken_back(column) }} as {{ column }},
        {{ column }}_precision,
        {%- endfor %}
        {%- for column in planned %}
        {{ column }} as first_{{ column }},
        {%- endfor %}
        signed_on as first_signed_on,
        {%- for name, rank in ranks.items() %}
        case when stage_rank >= {{ rank }} then report_date end as {{ name }}_seen_on,
        case when stage_rank < {{ rank }} then report_date end as short_of_{{ name }}_on,
        {%- endfor %}
        {%- for column in stated %}
        -- A date ahead of its ledger counts once it has come (`int_dates_ahead`).
        case when statements.{{ column }} <= report_date then report_date end as {{ column }}_first_stated_on,
        {%- endfor %}
        {%- for name, column in reached.items() %}
        case when {{ stated_or_taken_back(column) }} = {{ beginning() }} then report_date end as {{ name }}_back_on,
        {%- endfor %}
        case when stage_stated is not null and stage_rank < {{ ranks['signed'] }} then report_date end
            as signed_back_on,
        case when stage = 'terminated' then report_date end as terminated_seen_on,
        case when stage_stated <> 'terminated' then report_date end as terminated_back_on
    from statements
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select * from {{ this }}
    where project_id in (select statements.project_id from statements)
    {%- endif %}
),

known_stages as (
    select
        *,
        {{ stage_key('stage', 'max(stage_stated_on) over (partition by project_id order by last_stated_on)') }}
            as stage_key
    from known
)

select
    project_id,
    max_by(county_code, last_stated_on) as county_code,
    min(first_reported_on) as first_reported_on,
    max(last_stated_on) as last_stated_on,
    {%- for column in ['first_project_name', 'first_file_sha256', 'first_sheet', 'first_row_number'] %}
    min_by({{ column }}, first_reported_on) as {{ column }},
    {%- endfor %}
    {{ value_in_first('ledger_before_first_on', 'first_reported_on') }} as ledger_before_first_on,
    min(signing_reported_on) as signing_reported_on,
    min_by(signing_row, signing_reported_on) as signing_row,
    {%- for column in latest %}
    {{ value_in_last(column, 'last_stated_on') }} as {{ column }},
    {%- endfor %}
    {%- for column in kept %}
    {{ last_known(column, 'last_stated_on') }} as {{ column }},
    {%- endfor %}
    {{ stage_in_force('max(stage_key)') }} as stage,
    max(stage_stated_on) as stage_stated_on,
    {%- for column in dates %}
    {{ unless_taken_back(column, last_known(column, 'last_stated_on')) }} as {{ column }},
    {%- if column in reached.values() %}
    case
        when {{ unless_taken_back(column, last_known(column, 'last_stated_on')) }} is not null
            then max_by({{ column }}_precision, case when {{ column }} is not null then last_stated_on end)
    end as {{ column }}_precision,
    {%- else %}
    max_by({{ column }}_precision, case when {{ column }} is not null then last_stated_on end)
        as {{ column }}_precision,
    {%- endif %}
    {%- endfor %}
    {%- for column in planned + ['signed_on'] %}
    {{ first_known('first_' ~ column, 'first_reported_on') }} as first_{{ column }},
    {%- endfor %}
    {%- for name in ranks %}
    min({{ name }}_seen_on) as {{ name }}_seen_on,
    min(short_of_{{ name }}_on) as short_of_{{ name }}_on,
    {%- endfor %}
    {%- for column in stated %}
    min({{ column }}_first_stated_on) as {{ column }}_first_stated_on,
    {%- endfor %}
    {%- for name in reached %}
    max({{ name }}_back_on) as {{ name }}_back_on,
    {%- endfor %}
    max(signed_back_on) as signed_back_on,
    min(terminated_seen_on) as terminated_seen_on,
    max(terminated_back_on) as terminated_back_on
from known_stages
group by project_id
