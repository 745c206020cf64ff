{# Funds as the ledgers show them of each project (of those that a subquery `among` selects): openings, arrivals and
   corrections by month, and as `stock` the changes of the known cumulative, which add up to what has arrived so far. #}
{% macro reported_funds(among=none) -%}
{%- set chosen = 'where project_id in (' ~ among ~ ')' if among else '' -%}
    select
        project_id,
        report_month,
        kind,
        amount_cny
    from {{ ref('int_fund_movements') }}
    {{ chosen }}
    union all
    select
        project_id,
        report_month,
        'stock' as kind,
        cumulative_cny - lag(cumulative_cny, 1, 0) over (partition by project_id order by report_month) as amount_cny
    from (
        select
            project_id,
            report_month,
            cumulative_cny
        from {{ ref('int_fund_figures') }}
        where cumulative_cny is not null
        union all
        select
            project_id,
            report_month,
            cumulative_cny
        from {{ ref('int_fund_cumulatives') }}
    ) as known
    {{ chosen }}
{%- endmacro %}
