{%- set latest = [
    'investment_plan_year_cny', 'investment_done_ytd_cny', 'investment_done_month_cny', 'progress_note', 'problem',
    'measure', 'problem_owner', 'due_on', 'due_on_precision', 'stage_raw', 'remark', 'file_sha256', 'sheet', 'row_number',
] -%}
{%- set amounts = [
    'funds_arrived_cumulative_cny', 'foreign_arrived_usd', 'investment_done_cumulative_cny', 'progress_rate',
] -%}
{%- set month_figures = {
    'cumulative': 'coalesce(listings.funds_arrived_month_cny, 0)', 'ytd': 'cast(0 as decimal(20, 2))',
} -%}
{%- set figures = {'cumulative': 'funds_arrived_cumulative_cny', 'ytd': 'funds_arrived_ytd_cny'} -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='delete+insert', unique_key='project_id', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- What moves with every ledger, one row a project: what its latest row says, the amounts as last stated, the first
-- figures of its funds. Only the rows that tell one of these are looked at whole; what an earlier build knew is one
-- more of them. Listings are read twice, first few columns and then few rows: as one CTE they would be written down
-- whole.
with telling_days as (
    select
        project_key,
        max(report_date) as last_reported_on,
        {%- for column in amounts %}
        max(case when {{ column }} is not null then report_date end) as {{ column }}_on,
        {%- endfor %}
        {%- for figure, column in figures.items() %}
        min(case when {{ column }} is not null then report_date end) as first_{{ figure }}_on,
        {%- endfor %}
        max(rows_in_ledger) as most_rows_in_a_ledger
    from ({{ changed_rows(ref('int_project_listings'), ref('int_county_changes')) }}) as listings
    group by project_key
),

known as (
    select
        listings.project_id,
        listings.project_key,
        listings.county_code,
        listings.report_date as last_reported_on,
        {%- for column in latest + amounts %}
        listings.{{ column }},
        {%- endfor %}
        {%- for figure, column in figures.items() %}
        case when listings.{{ column }} is not null then listings.report_date end as first_{{ figure }}_on,
        case
            when listings.{{ column }} is not null
                then {
                    'report_month': listings.report_month,
                    'previous_report_date': listings.previous_report_date,
                    'signed_on': contents.signed_on,
                    'amount_cny': listings.{{ column }},
                    'month_cny': {{ month_figures[figure] }}
                }
        end as first_{{ figure }},
        {%- endfor %}
        telling_days.most_rows_in_a_ledger
    from ({{ changed_rows(ref('int_project_listings'), ref('int_county_changes')) }}) as listings
    inner join telling_days on listings.project_key = telling_days.project_key
    inner join {{ ref('int_listing_contents') }} as contents
        on
            listings.naming_key = contents.naming_key
            and listings.statement_fingerprint = contents.statement_fingerprint
    where
        listings.report_date = telling_days.last_reported_on
        {%- for column in amounts %}
        or listings.report_date = telling_days.{{ column }}_on
        {%- endfor %}
        {%- for figure in figures %}
        or listings.report_date = telling_days.first_{{ figure }}_on
        {%- endfor %}
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select * from {{ this }}
    where project_key in (select telling_days.project_key from telling_days)
    {%- endif %}
),

-- Numbers and days only: what is summed up by text cannot go to disk.
summed_up as (
    select
        project_key,
        max(last_reported_on) as last_reported_on,
        {%- for column in amounts %}
        {{ last_known(column, 'last_reported_on') }} as {{ column }},
        {%- endfor %}
        {%- for figure in figures %}
        min(first_{{ figure }}_on) as first_{{ figure }}_on,
        {%- endfor %}
        max(most_rows_in_a_ledger) as most_rows_in_a_ledger
    from known
    group by project_key
)

select
    last_rows.project_id,
    last_rows.project_key,
    last_rows.county_code,
    last_rows.last_reported_on,
    {%- for column in latest %}
    last_rows.{{ column }},
    {%- endfor %}
    {%- for column in amounts %}
    summed_up.{{ column }},
    {%- endfor %}
    {%- for figure in figures %}
    summed_up.first_{{ figure }}_on,
    firsts_{{ figure }}.first_{{ figure }},
    {%- endfor %}
    summed_up.most_rows_in_a_ledger
from summed_up
inner join known as last_rows
    on
        summed_up.project_key = last_rows.project_key
        and summed_up.last_reported_on = last_rows.last_reported_on
{%- for figure in figures %}
left join known as firsts_{{ figure }}
    on
        summed_up.project_key = firsts_{{ figure }}.project_key
        and summed_up.first_{{ figure }}_on = firsts_{{ figure }}.first_{{ figure }}_on
{%- endfor %}
