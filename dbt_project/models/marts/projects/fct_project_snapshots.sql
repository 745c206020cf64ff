{%- set stated = [
    'total_investment_cny', 'contract_amount_cny', 'signed_on', 'started_on', 'completed_on', 'production_on',
] -%}
{%- set moving = {
    'funds_arrived_cumulative_cny': 'cumulative_cny', 'investment_done_cumulative_cny': 'investment_done_cumulative_cny',
    'progress_rate': 'progress_rate',
} -%}
{%- set last_row = ['progress_note', 'problem', 'file_sha256', 'sheet', 'row_number'] -%}
{%- set goes_on = var('rebuild', 'full') == 'incremental' -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=[
        {'sql': '{{ checkpoint() }}', 'transaction': False},
        "{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_months(ref('int_county_changes')) }}",
    ],
    post_hook=[
        "{{ recount(ref('int_duplicates_applied'), ref('int_duplicate_changes')) }}",
        "{{ recarry_cumulatives(ref('int_fund_positions'), ref('int_fund_cumulatives'), ref('int_fund_changes'), ref('int_county_changes')) }}",
    ],
) }}
-- The state of every project at the end of every month its county reported, from its first ledger on. A project
-- missing from a ledger keeps its last state; `is_reported` says whether the month's own ledgers list it. What moves is
-- carried on month by month, what is stated is looked up among the few statements.
with county_months as (
    select
        county_code,
        report_month,
        max(report_date) as ledger_date
    from {{ ref('int_ledger_sequence') }}
    group by county_code, report_month
),

{% if goes_on -%}
-- What the build before knew of the month before the first that is computed.
carried as (  -- noqa: ST03
    select
        built.report_month,
        built.ledger_date,
        built.reported_on,
        {{ project_key('built.project_id') }} as project_key,
        built.stage,
        built.responsible_unit,
        built.{{ (stated + (moving.keys() | list) + last_row) | join(',\n        built.') }}
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
    ) as last_months
        on built.county_code = last_months.county_code and built.report_month = last_months.report_month
),

{% endif -%}
months as (
    select county_months.*
    from county_months
    inner join {{ ref('int_county_changes') }} as changes
        on
            county_months.county_code = changes.county_code
            and county_months.report_month >= changes.first_changed_month
),

told as (
    select changed.* replace (coalesce(changed.cumulative_cny, since.cumulative_cny) as cumulative_cny)
    from (
        {{ changed_rows(ref('int_project_months'), ref('int_county_changes'), 'report_month', 'first_changed_month') }}
    ) as changed
    left join {{ ref('int_fund_cumulatives') }} as since
        on changed.project_key = since.project_key and changed.report_month = since.report_month
),

spine as (
    select
        projects.project_key,
        months.report_month,
        months.ledger_date,
        false as is_carried,
        {%- for column, name in moving.items() %}
        told.{{ name ~ (' as ' ~ column if name != column) }},
        {%- endfor %}
        told.reported_on
    from {{ ref('int_projects') }} as projects
    inner join months
        on projects.county_code = months.county_code and months.ledger_date >= projects.first_reported_on
    left join told on projects.project_key = told.project_key and months.report_month = told.report_month
    {%- if goes_on %}
    union all by name
    select
        project_key,
        report_month,
        ledger_date,
        true as is_carried,
        reported_on,
        {{ moving.keys() | join(',\n        ') }}
    from carried
    {%- endif %}
),

filled as (
    select
        project_key,
        report_month,
        ledger_date,
        is_carried,
        reported_on is not null as is_reported,
        {%- for column in moving %}
        last_value({{ column }} ignore nulls) over so_far as {{ column }},
        {%- endfor %}
        max(case when reported_on is not null then report_month end) over so_far as told_month
    from spine
    window so_far as (partition by project_key order by report_month)
),

last_rows as (
    select
        project_key,
        report_month,
        reported_on,
        {{ last_row | join(',\n        ') }}
    from told
    {%- if goes_on %}
    union all
    select
        project_key,
        report_month,
        reported_on,
        {{ last_row | join(',\n        ') }}
    from carried
    {%- endif %}
),

statements as (
    select
        project_key,
        report_month,
        report_date,
        stage,
        case when stage_stated is not null then report_date end as stage_stated_on,
        {%- for column in stated %}
        {{ stated_or_taken_back(column) }} as {{ column }},
        {%- endfor %}
        responsible_unit
    from ({{ changed_rows(
        ref('int_project_statements'), ref('int_county_changes'), 'report_month', 'first_changed_month'
    ) }}) as changed
    {%- if goes_on %}
    union all by name
    select
        project_key,
        report_month,
        reported_on as report_date,
        stage,
        reported_on as stage_stated_on,
        responsible_unit,
        {{ stated | join(',\n        ') }}
    from carried
    {%- endif %}
),

known_stages as (
    select
        *,
        {{ stage_key(
            'stage', 'max(stage_stated_on) over (partition by project_key order by report_month, report_date)'
        ) }} as stage_key
    from statements
),

stated_so_far as (
    select
        project_key,
        report_month,
        lead(report_month, 1, date '9999-12-31') over so_far as next_month,
        {{ stage_in_force('(max(stage_key) over so_far)') }} as stage,
        {%- for column in stated %}
        {{ unless_taken_back(column, '(last_value(' ~ column ~ ' ignore nulls) over so_far)') }} as {{ column }},
        {%- endfor %}
        responsible_unit
    from known_stages
    window so_far as (partition by project_key order by report_month, report_date)
)

select
    projects.project_id,
    projects.county_code,
    filled.report_month,
    filled.ledger_date,
    filled.is_reported,
    last_rows.reported_on,
    stated_so_far.stage,
    filled.funds_arrived_cumulative_cny,
    stated_so_far.total_investment_cny,
    stated_so_far.contract_amount_cny,
    filled.investment_done_cumulative_cny,
    filled.progress_rate,
    last_rows.progress_note,
    last_rows.problem,
    stated_so_far.responsible_unit,
    stated_so_far.signed_on,
    stated_so_far.started_on,
    stated_so_far.completed_on,
    stated_so_far.production_on,
    duplicates.project_id is null as is_counted,
    last_rows.file_sha256,
    last_rows.sheet,
    last_rows.row_number
from filled
inner join {{ ref('int_projects') }} as projects on filled.project_key = projects.project_key
left join last_rows on filled.project_key = last_rows.project_key and filled.told_month = last_rows.report_month
left join stated_so_far
    on
        filled.project_key = stated_so_far.project_key
        and filled.report_month >= stated_so_far.report_month
        and filled.report_month < stated_so_far.next_month
left join {{ ref('int_duplicates_applied') }} as duplicates on projects.project_id = duplicates.project_id
where not filled.is_carried
