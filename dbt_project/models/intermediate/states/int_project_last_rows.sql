{%- set latest = [
    'investment_plan_year_cny', 'investment_done_ytd_cny', 'investment_done_month_cny', 'progress_note', 'problem',
    'measure', 'problem_owner', 'due_on', 'stage_raw', 'remark', 'file_sha256', 'sheet', 'row_number', 'row_id',
] -%}
{%- set amounts = [
    'funds_arrived_cumulative_cny', 'foreign_arrived_usd', 'investment_done_cumulative_cny', 'progress_rate',
] -%}
{%- set month_figures = {
    'cumulative': 'coalesce(versions.funds_arrived_month_cny, 0)', 'ytd': 'cast(0 as decimal(20, 2))',
} -%}
{%- set figures = {'cumulative': 'funds_arrived_cumulative_cny', 'ytd': 'funds_arrived_ytd_cny'} -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='delete+insert', unique_key='project_id', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- What moves with every ledger, one row a project: what its latest row says, the amounts as last stated, the first
-- figures of its funds. Only the rows that tell one of these are looked at whole; what an earlier build knew is one
-- more of them. Versions are read twice, first few columns and then few rows: as one CTE they would be written down
-- whole.
with telling_days as (
    select
        project_id,
        max(report_date) as last_reported_on,
        {%- for column in amounts %}
        max(case when {{ column }} is not null then report_date end) as {{ column }}_on,
        {%- endfor %}
        {%- for figure, column in figures.items() %}
        min(case when {{ column }} is not null then report_date end) as first_{{ figure }}_on,
        {%- endfor %}
        max(rows_in_ledger) as most_rows_in_a_ledger
    from ({{ changed_rows(ref('int_project_versions'), ref('int_county_changes')) }}) as versions
    group by project_id
),

known as (
    select
        versions.project_id,
        versions.county_code,
        versions.report_date as last_reported_on,
        {%- for column in latest + amounts %}
        versions.{{ column }},
        {%- endfor %}
        {%- for figure, column in figures.items() %}
        case when versions.{{ column }} is not null then versions.report_date end as first_{{ figure }}_on,
        case
            when versions.{{ column }} is not null
                then {
                    'report_month': versions.report_month,
                    'previous_report_date': versions.previous_report_date,
                    'signed_on': versions.signed_on,
                    'amount_cny': versions.{{ column }},
                    'month_cny': {{ month_figures[figure] }}
                }
        end as first_{{ figure }},
        {%- endfor %}
        telling_days.most_rows_in_a_ledger
    from ({{ changed_rows(ref('int_project_versions'), ref('int_county_changes')) }}) as versions
    inner join telling_days on versions.project_id = telling_days.project_id
    where
        versions.report_date = telling_days.last_reported_on
        {%- for column in amounts %}
        or versions.report_date = telling_days.{{ column }}_on
        {%- endfor %}
        {%- for figure in figures %}
        or versions.report_date = telling_days.first_{{ figure }}_on
        {%- endfor %}
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select * from {{ this }}
    where project_id in (select telling_days.project_id from telling_days)
    {%- endif %}
)

select
    project_id,
    max_by(county_code, last_reported_on) as county_code,
    max(last_reported_on) as last_reported_on,
    {%- for column in latest %}
    {{ value_in_last(column, 'last_reported_on') }} as {{ column }},
    {%- endfor %}
    {%- for column in amounts %}
    {{ last_known(column, 'last_reported_on') }} as {{ column }},
    {%- endfor %}
    {%- for figure in figures %}
    min(first_{{ figure }}_on) as first_{{ figure }}_on,
    min_by(first_{{ figure }}, first_{{ figure }}_on) as first_{{ figure }},
    {%- endfor %}
    max(most_rows_in_a_ledger) as most_rows_in_a_ledger
from known
group by project_id
