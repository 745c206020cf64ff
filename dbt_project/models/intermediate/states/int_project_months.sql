{%- set figures = {
    'cumulative_cny': 'funds_arrived_cumulative_cny', 'ytd_cny': 'funds_arrived_ytd_cny', 'month_cny': 'funds_arrived_month_cny',
    'investment_done_cumulative_cny': 'investment_done_cumulative_cny', 'progress_rate': 'progress_rate',
} -%}
{%- set funds = ['cumulative_cny', 'ytd_cny', 'month_cny'] -%}
{%- set place = ['file_sha256', 'sheet', 'row_number'] -%}
{%- set last_row = ['progress_note', 'problem'] + place -%}
{%- set listings = changed_rows(
    ref('int_project_listings'), ref('int_county_changes'), 'report_month', 'first_changed_month'
) -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook=["{{ delete_rebuilt(ref('int_county_changes')) }}", "{{ delete_changed_months(ref('int_county_changes')) }}"],
) }}
-- What the ledgers of a month say of a project's money and progress: each figure as last stated in the month, the texts
-- and the place of its last row, and the place of the last row that states funds. Only months that list the project.
-- Most often the last row of a month says it all, and nothing needs to be put together. Listings are read anew each
-- time: as one CTE they would be written down whole.
with said_days as (
    select
        project_key,
        report_month,
        max(report_date) as reported_on,
        {%- for name, column in figures.items() %}
        max(case when {{ column }} is not null then report_date end) as {{ name }}_on{{ "," if not loop.last }}
        {%- endfor %}
    from ({{ listings }}) as listings
    group by project_key, report_month
),

telling_days as (
    select
        *,
        greatest({{ funds | join('_on, ') }}_on) as funds_reported_on,
        reported_on = least(
            {%- for name in figures %}
            coalesce({{ name }}_on, reported_on){{ "," if not loop.last }}
            {%- endfor %}
        ) as is_whole
    from said_days
),

said_in_parts as (
    select
        listings.*,
        telling_days.reported_on,
        telling_days.funds_reported_on
    from ({{ listings }}) as listings
    inner join telling_days
        on listings.project_key = telling_days.project_key and listings.report_month = telling_days.report_month
    where not telling_days.is_whole
)

select
    listings.project_id,
    listings.project_key,
    listings.county_code,
    listings.report_month,
    listings.report_date as reported_on,
    {%- for name, column in figures.items() %}
    listings.{{ column }} as {{ name }},
    {%- endfor %}
    {%- for column in last_row %}
    listings.{{ column }},
    {%- endfor %}
    telling_days.funds_reported_on,
    {%- for column in place %}
    case when telling_days.funds_reported_on is not null then listings.funds_{{ column }} end as funds_{{ column }}{{ "," if not loop.last }}
    {%- endfor %}
from ({{ listings }}) as listings
inner join telling_days
    on
        listings.project_key = telling_days.project_key
        and listings.report_month = telling_days.report_month
        and listings.report_date = telling_days.reported_on
where telling_days.is_whole
union all
select
    project_id,
    project_key,
    county_code,
    report_month,
    reported_on,
    {%- for name, column in figures.items() %}
    {{ last_known(column, 'report_date') }} as {{ name }},
    {%- endfor %}
    {%- for column in last_row %}
    {{ value_in_last(column, 'report_date') }} as {{ column }},
    {%- endfor %}
    funds_reported_on,
    {%- for column in place %}
    max(case when report_date = funds_reported_on then funds_{{ column }} end) as funds_{{ column }}{{ "," if not loop.last }}
    {%- endfor %}
from said_in_parts
group by project_id, project_key, county_code, report_month, reported_on, funds_reported_on
