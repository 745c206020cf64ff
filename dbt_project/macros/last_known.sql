{# The value of the row that is last by `ordered_by` among those that have a value. Needs a full order. #}
{% macro last_known(column, ordered_by) -%}
    {{ adapter.dispatch('last_known')(column, ordered_by) }}
{%- endmacro %}
{% macro default__last_known(column, ordered_by) -%}
    arg_max({{ column }}, {{ ordered_by }})
{%- endmacro %}
{% macro spark__last_known(column, ordered_by) -%}
    max_by({{ column }}, case when {{ column }} is not null then {{ ordered_by }} end)
{%- endmacro %}

{# The same, of the first row. #}
{% macro first_known(column, ordered_by) -%}
    {{ adapter.dispatch('first_known')(column, ordered_by) }}
{%- endmacro %}
{% macro default__first_known(column, ordered_by) -%}
    arg_min({{ column }}, {{ ordered_by }})
{%- endmacro %}
{% macro spark__first_known(column, ordered_by) -%}
    min_by({{ column }}, case when {{ column }} is not null then {{ ordered_by }} end)
{%- endmacro %}

{# The value of the last row by `ordered_by`, also where it is empty. #}
{% macro value_in_last(column, ordered_by) -%}
    {{ adapter.dispatch('value_in_last')(column, ordered_by) }}
{%- endmacro %}
{% macro default__value_in_last(column, ordered_by) -%}
    arg_max_null({{ column }}, {{ ordered_by }})
{%- endmacro %}
{% macro spark__value_in_last(column, ordered_by) -%}
    max_by({{ column }}, {{ ordered_by }})
{%- endmacro %}

{# The value of the first row, also where it is empty. #}
{% macro value_in_first(column, ordered_by) -%}
    {{ adapter.dispatch('value_in_first')(column, ordered_by) }}
{%- endmacro %}
{% macro default__value_in_first(column, ordered_by) -%}
    arg_min_null({{ column }}, {{ ordered_by }})
{%- endmacro %}
{% macro spark__value_in_first(column, ordered_by) -%}
    min_by({{ column }}, {{ ordered_by }})
{%- endmacro %}

{# How many of the columns have a value. #}
{% macro count_known(columns) -%}
    ({% for column in columns %}case when {{ column }} is not null then 1 else 0 end{{ " + " if not loop.last }}{% endfor %})
{%- endmacro %}
