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

{# Whether a row or a project is signed: leads and talks are not, whatever date stands in the signing column. One whose
   stage nobody could read is, where it states the date (`by` a day, where the stage alone does not say so). #}
{% macro is_signed(relation, by=none) -%}
    (
        {{ relation }}.stage_rank >= 2
        or {{ relation }}.stage = 'terminated'
        or ({{ relation }}.stage is null and {{ relation }}.signed_on {{ '<= ' ~ by if by else 'is not null' }})
    )
{%- endmacro %}

{# The order of stages with `terminated` after all others, and back. #}
{% macro stage_order(column) -%}
    case when {{ column }} = 'terminated' then 7 else {{ stage_rank(column) }} end
{%- endmacro %}
{% macro stage_of_order(order_column) -%}
    case {{ order_column }}
        {%- for stage in ['lead', 'talks', 'signed', 'performed', 'started', 'completed', 'in_production', 'terminated'] %}
        when {{ loop.index0 }} then '{{ stage }}'
        {%- endfor %}
    end
{%- endmacro %}

{# One number a row, so that the greatest up to a row tells the stage then (`stage_in_force`): a stage that a ledger states
   replaces those before it; a cell left blank in a stage column never takes back, but its dates may say more.
   `stated_on`: the day of the last ledger up to this one that states a stage. #}
{% macro stage_key(stage, stated_on) -%}
    coalesce({{ days_between("date '1900-01-01'", stated_on) }}, 0) * 8 + {{ stage_order(stage) }}
{%- endmacro %}
{% macro stage_in_force(greatest_key) -%}
    {{ stage_of_order(greatest_key ~ ' % 8') }}
{%- endmacro %}

{# Dates of what a stage shows as reached, with the rank of that stage. #}
{% macro reached_dates() -%}
    {{ return({'performed_on': 3, 'started_on': 4, 'completed_on': 5, 'production_on': 6}) }}
{%- endmacro %}

{# A column of a statement; of a date of something reached also that the row takes it back: its ledger states a stage
   short of it and leaves the date blank. Such a row shows the beginning of time, so that the last known value tells, and
   `unless_taken_back` empties it then. #}
{% macro stated_or_taken_back(column) -%}
    {%- if column in reached_dates() -%}
        coalesce({{ column }}, case when stage_stated is not null and stage_rank < {{ reached_dates()[column] }} then {{ beginning() }} end)
    {%- else -%}
        {{ column }}
    {%- endif -%}
{%- endmacro %}
{% macro unless_taken_back(column, value) -%}
    {%- if column in reached_dates() -%}
        nullif({{ value }}, {{ beginning() }})
    {%- else -%}
        {{ value }}
    {%- endif -%}
{%- endmacro %}
