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
