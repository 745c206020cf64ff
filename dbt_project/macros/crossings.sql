{# On which day a growing share due exceeds what is done by a threshold (in points). It grows evenly over `grows_over_days`
   from `grows_from_share` to `grows_to_share`, or in one step on the last day; a day before the first or after the last
   means that it is not crossed there. #}
{% macro day_crossed(operator, points) -%}
    {%- set share = "(done_share + " ~ points ~ " / 100 - grows_from_share)" -%}
    {%- set day = "round(" ~ share ~ " / nullif(grows_to_share - grows_from_share, 0) * grows_over_days, 8)" -%}
    case
        when is_stepping
            then case
                when {{ breaches("round((grows_from_share - done_share) * 100, 10)", operator, points) }} then 0
                when {{ breaches("round((grows_to_share - done_share) * 100, 10)", operator, points) }}
                    then grows_over_days
            end
        when {{ operator }} = '>=' then ceil({{ day }})
        when {{ operator }} = '>' then floor({{ day }}) + 1
    end
{%- endmacro %}
