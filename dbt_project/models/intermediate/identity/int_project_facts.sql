{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='delete+insert', unique_key='fact_key', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_ledger_changes')) }}",
) }}
-- What rows ever stated of the facts that identify a project: one row a naming, signing date and total, from when to
-- when. Far fewer than rows, so identity is settled here.
with stated as (
    select
        contents.county_code,
        contents.naming_key,
        contents.signed_on,
        contents.total_investment_cny,
        any_value(contents.project_code) as project_code,
        any_value(contents.project_name) as project_name,
        any_value(contents.investor_name) as investor_name,
        min(spans.first_reported_on) as first_reported_on,
        max(spans.last_reported_on) as last_reported_on
    from {{ ref('int_statement_spans') }} as spans
    inner join {{ ref('int_statement_contents') }} as contents
        on spans.naming_key = contents.naming_key and spans.statement_fingerprint = contents.statement_fingerprint
    group by contents.county_code, contents.naming_key, contents.signed_on, contents.total_investment_cny
),

keyed as (
    select
        {{ fingerprint(['naming_key', 'signed_on', 'total_investment_cny']) }} as fact_key,
        county_code,
        naming_key,
        signed_on,
        total_investment_cny,
        {{ project_code_key('project_code') }} as code_key,
        {{ project_name_key('project_name') }} as name_key,
        {{ investor_key('investor_name') }} as investor_key,
        first_reported_on,
        last_reported_on
    from stated
)

{% if var('rebuild', 'full') == 'incremental' -%}
select
    keyed.* exclude (first_reported_on),
    coalesce(built.first_reported_on, keyed.first_reported_on) as first_reported_on
from keyed
left join {{ this }} as built on keyed.fact_key = built.fact_key
{%- else -%}
select
    * exclude (first_reported_on),
    first_reported_on
from keyed
{%- endif %}
