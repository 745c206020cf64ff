{%- set filled = [
    'total_investment_cny', 'contract_amount_cny', 'funds_arrived_cumulative_cny',
    'investment_done_cumulative_cny', 'progress_rate', 'signed_on', 'started_on', 'completed_on', 'production_on',
    'planned_start_on', 'planned_completion_on', 'planned_production_on',
] -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=["{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_months(ref('int_county_changes')) }}"],
) }}
-- The state of every project at the end of every month its county reported, from its first ledger on. A project
-- missing from a ledger keeps its last state; `is_reported` says whether the month's own ledgers list it.
with versions as (
    select
        *,
        max(case when stage_stated is not null then report_date end)
            over (partition by project_id, report_month order by report_date) as stage_stated_on
    from ({{ changed_rows(
        ref('int_project_versions'), ref('int_county_changes'), 'report_month', 'first_changed_month'
    ) }}) as changed
),

county_months as (
    select
        county_code,
        report_month,
        max(report_date) as ledger_date
    from {{ ref('int_ledger_sequence') }}
    group by county_code, report_month
),

months as (
    select county_months.*
    from county_months
    inner join {{ ref('int_county_changes') }} as changes
        on
            county_months.county_code = changes.county_code
            and county_months.report_month >= changes.first_changed_month
),

in_month as (
    select
        project_id,
        report_month,
        max(report_date) as reported_on,
        {%- for column in filled %}
        {{ last_known(column, 'report_date') }} as {{ column }},
        {%- endfor %}
        {{ stage_in_force('max(' ~ stage_key('stage', 'stage_stated_on') ~ ')') }} as stage,
        max(stage_stated_on) as stage_stated_on,
        {{ value_in_last(
            "{'progress_note': progress_note, 'problem': problem, 'responsible_unit': responsible_unit,"
            ~ " 'file_sha256': file_sha256, 'sheet': sheet, 'row_number': row_number}", 'report_date'
        ) }} as last_row
    from versions
    group by project_id, report_month
),

spine as (
    select
        projects.project_id,
        projects.county_code,
        months.report_month,
        months.ledger_date,
        false as is_carried,
        in_month.reported_on,
        in_month.stage,
        in_month.stage_stated_on,
        {%- for column in filled %}
        in_month.{{ column }},
        {%- endfor %}
        in_month.last_row
    from {{ ref('int_projects') }} as projects
    inner join months
        on projects.county_code = months.county_code and months.ledger_date >= projects.first_reported_on
    left join in_month on projects.project_id = in_month.project_id and months.report_month = in_month.report_month
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select
        built.* exclude (is_reported, stage_rank),
        true as is_carried
    from {{ this }} as built
    inner join (
        select
            changes.county_code,
            max(county_months.report_month) as report_month
        from {{ ref('int_county_changes') }} as changes
        inner join county_months
            on
                changes.county_code = county_months.county_code
                and county_months.report_month < changes.first_changed_month
        group by changes.county_code
    ) as last_months on built.county_code = last_months.county_code and built.report_month = last_months.report_month
    {%- endif %}
),

known_stages as (
    select
        *,
        {{ stage_key('stage', 'max(stage_stated_on) over (partition by project_id order by report_month)') }} as stage_key
    from spine
),

filled_on as (
    select
        project_id,
        county_code,
        report_month,
        ledger_date,
        is_carried,
        max(stage_stated_on) over so_far as stage_stated_on,
        {{ stage_in_force('(max(stage_key) over so_far)') }} as stage,
        reported_on is not null as is_reported,
        last_value(reported_on ignore nulls) over so_far as reported_on,
        {%- for column in filled %}
        last_value({{ column }} ignore nulls) over so_far as {{ column }},
        {%- endfor %}
        last_value(last_row ignore nulls) over so_far as last_row
    from known_stages
    window so_far as (partition by project_id order by report_month)
)

select
    * exclude (is_carried),
    {{ stage_rank('stage') }} as stage_rank
from filled_on
where not is_carried
