{# How far a stage is: terminated stands outside the order. #}
{% macro stage_rank(column) -%}
    case {{ column }}
        when 'lead' then 0
        when 'talks' then 1
        when 'signed' then 2
        when 'performed' then 3
        when 'started' then 4
        when 'completed' then 5
        when 'in_production' then 6
    end
{%- endmacro %}
