{# Counts, sums and stocks by month for one way of cutting the projects (`county_code`, `industry_chain`), long before
   wide: `months` names the relation with every key and month that must have a row. #}
{% macro scorecard_components(key, months) -%}
with months as (
    select
        {{ key }},
        report_month
    from {{ months }}
),

flows as (
    select
        {{ key }},
        event_month as report_month,
        {%- for event in ['signed', 'performed', 'started', 'completed', 'in_production'] %}
        count(case when event = '{{ event }}' and is_dated then 1 end) as {{ event }}_count,
        sum(case when event = '{{ event }}' and is_dated then total_investment_cny end) as {{ event }}_amount_cny,
        {%- endfor %}
        sum(case when event = 'signed' and is_dated then contract_amount_cny end) as signed_contract_cny,
        {%- for event in ['signed', 'performed', 'started', 'completed', 'in_production', 'landed'] %}
        count(case when event = '{{ event }}' then 1 end) as {{ event }}_reached,
        {%- endfor %}
        sum(case when event = 'signed' then total_investment_cny end) as total_investment_reached,
        sum(case when event = 'signed' then contract_amount_cny end) as contract_amount_reached
    from {{ ref('int_events') }}
    group by {{ key }}, event_month
),

arrived as (
    select
        projects.{{ key }},
        movements.report_month,
        sum(case when movements.kind in ('arrival', 'correction') then movements.amount_cny end) as funds_arrived_cny,
        sum(case when movements.kind = 'opening' then movements.amount_cny end) as funds_opening_cny
    from {{ ref('int_fund_movements') }} as movements
    inner join (select distinct project_id, {{ key }} from {{ ref('int_events') }}) as projects using (project_id)
    group by projects.{{ key }}, movements.report_month
),

known_funds as (
    select
        projects.{{ key }},
        states.report_month,
        sum(states.funds_arrived_cumulative_cny) as funds_cumulative_cny
    from {{ ref('int_project_months') }} as states
    inner join (select distinct project_id, {{ key }} from {{ ref('int_events') }}) as projects using (project_id)
    group by projects.{{ key }}, states.report_month
),

grid as (
    select * from months
    union
    select {{ key }}, report_month from flows
    union
    select {{ key }}, report_month from arrived
),

joined as (
    select
        grid.{{ key }},
        grid.report_month,
        flows.* exclude ({{ key }}, report_month),
        arrived.funds_arrived_cny,
        arrived.funds_opening_cny,
        known_funds.funds_cumulative_cny
    from grid
    left join flows on grid.{{ key }} = flows.{{ key }} and grid.report_month = flows.report_month
    left join arrived on grid.{{ key }} = arrived.{{ key }} and grid.report_month = arrived.report_month
    left join known_funds on grid.{{ key }} = known_funds.{{ key }} and grid.report_month = known_funds.report_month
),

summed as (
    select
        {{ key }},
        report_month,
        {%- for event in ['signed', 'performed', 'started', 'completed', 'in_production'] %}
        cast(coalesce({{ event }}_count, 0) as integer) as {{ event }}_count,
        cast(coalesce(sum({{ event }}_count) over in_year, 0) as integer) as {{ event }}_count_ytd,
        cast(coalesce({{ event }}_amount_cny, 0) as decimal(24, 2)) as {{ event }}_amount_cny,
        cast(coalesce(sum({{ event }}_amount_cny) over in_year, 0) as decimal(24, 2)) as {{ event }}_amount_ytd_cny,
        {%- endfor %}
        cast(coalesce(signed_contract_cny, 0) as decimal(24, 2)) as signed_contract_cny,
        cast(coalesce(sum(signed_contract_cny) over in_year, 0) as decimal(24, 2)) as signed_contract_ytd_cny,
        cast(coalesce(funds_arrived_cny, 0) as decimal(24, 2)) as funds_arrived_cny,
        cast(coalesce(sum(funds_arrived_cny) over in_year, 0) as decimal(24, 2)) as funds_arrived_ytd_cny,
        cast(coalesce(funds_opening_cny, 0) as decimal(24, 2)) as funds_opening_cny,
        {%- for event in ['signed', 'performed', 'started', 'completed', 'in_production', 'landed'] %}
        cast(coalesce(sum({{ event }}_reached) over so_far, 0) as decimal(24, 2)) as {{ event }}_stock,
        {%- endfor %}
        cast(sum(total_investment_reached) over so_far as decimal(24, 2)) as total_investment_stock,
        cast(sum(contract_amount_reached) over so_far as decimal(24, 2)) as contract_amount_stock,
        cast(last_value(funds_cumulative_cny ignore nulls) over so_far as decimal(24, 2)) as funds_stock
    from joined
    window
        in_year as (partition by {{ key }}, year(report_month) order by report_month),
        so_far as (partition by {{ key }} order by report_month)
)

select summed.*
from summed
inner join months on summed.{{ key }} = months.{{ key }} and summed.report_month = months.report_month
{%- endmacro %}

{# The five rates of a month, every basis of `rate_bases`, out of the stocks of `components`. #}
{% macro scorecard_rates(key, components) -%}
with stocks as (
    unpivot (
        select
            {{ key }},
            report_month,
            signed_stock as signed,
            performed_stock as performed,
            started_stock as started,
            in_production_stock as in_production,
            landed_stock as landed,
            total_investment_stock as total_investment,
            contract_amount_stock as contract_amount,
            funds_stock as funds
        from {{ components }}
    )
    on signed, performed, started, in_production, landed, total_investment, contract_amount, funds
    into name component value amount
)

select
    months.{{ key }},
    months.report_month,
    bases.rate,
    bases.rate_basis,
    bases.is_default,
    numerators.amount as numerator,
    denominators.amount as denominator,
    case
        when denominators.amount > 0
            then round(cast(numerators.amount as double) / cast(denominators.amount as double), 8)
    end as rate_value
from {{ components }} as months
cross join {{ ref('rate_bases') }} as bases
left join stocks as numerators
    on
        months.{{ key }} = numerators.{{ key }}
        and months.report_month = numerators.report_month
        and bases.numerator = numerators.component
left join stocks as denominators
    on
        months.{{ key }} = denominators.{{ key }}
        and months.report_month = denominators.report_month
        and bases.denominator = denominators.component
{%- endmacro %}

{# The default basis of each rate as columns. #}
{% macro rate_columns(relation) -%}
    {%- for rate in ['performance', 'start', 'funds_arrival', 'production', 'landing'] %}
    max(case when {{ relation }}.rate = '{{ rate }}' then {{ relation }}.rate_value end) as {{ rate }}_rate,
    max(case when {{ relation }}.rate = '{{ rate }}' then {{ relation }}.numerator end) as {{ rate }}_numerator,
    max(case when {{ relation }}.rate = '{{ rate }}' then {{ relation }}.denominator end) as {{ rate }}_denominator,
    max(case when {{ relation }}.rate = '{{ rate }}' then {{ relation }}.rate_basis end) as {{ rate }}_rate_basis,
    {%- endfor %}
    string_agg({{ relation }}.rate_basis, ' ' order by {{ relation }}.rate) as rate_basis
{%- endmacro %}

{# Indicators that targets are set for, and the year-to-date column each is measured by. #}
{% macro target_indicators() -%}
    {{ return({
        'signed_projects': 'signed_count_ytd', 'signed_amount': 'signed_amount_ytd_cny',
        'started_projects': 'started_count_ytd', 'completed_projects': 'completed_count_ytd',
        'production_projects': 'in_production_count_ytd', 'funds_arrived': 'funds_arrived_ytd_cny',
    }) }}
{%- endmacro %}
