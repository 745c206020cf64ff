{# Whether an observed value breaches a threshold with the operator written in the seed; no threshold, no breach. #}
{% macro breaches(observed, operator, threshold) -%}
    coalesce(
        case {{ operator }}
            when '>=' then {{ observed }} >= {{ threshold }}
            when '>' then {{ observed }} > {{ threshold }}
            when '<=' then {{ observed }} <= {{ threshold }}
            when '<' then {{ observed }} < {{ threshold }}
        end,
        false
    )
{%- endmacro %}

{# 1 where a threshold must be exceeded, 0 where it is enough to reach it: so much later it is breached. #}
{% macro beyond(light) -%}
    case when {{ light }}_operator = '>' then 1 else 0 end
{%- endmacro %}

{# The first day on which the days, or the whole months, since a date breach the rule's threshold of a light. #}
{% macro breached_by_days_on(date_column, light) -%}
    {{ add_days(date_column, light ~ '_value + ' ~ beyond(light)) }}
{%- endmacro %}
{% macro breached_by_months_on(date_column, light) -%}
    {{ add_months(date_column, light ~ '_value + ' ~ beyond(light)) }}
{%- endmacro %}
