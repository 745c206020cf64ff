{# A county's part of an amount, to the cent: parts of one amount add up to it. `credits` is an alias of
   `int_project_credits`. #}
{% macro credited(amount, credits) -%}
    cast(
        round({{ amount }} * {{ credits }}.share_through, 2) - round({{ amount }} * {{ credits }}.share_before, 2)
        as decimal(24, 2)
    )
{%- endmacro %}

{# Whether a credit is in force on a day. #}
{% macro in_force(credits, day) -%}
    {{ day }} >= {{ credits }}.valid_from and {{ day }} < {{ credits }}.valid_until
{%- endmacro %}

{# What projects are cut by, as the columns of `int_project_credits`. #}
{% macro credit_attributes() -%}
    {{ return(['industry_chain', 'capital_origin', 'size_tier', 'responsible_unit', 'responsible_leader', 'park_name', 'town_name']) }}
{%- endmacro %}
