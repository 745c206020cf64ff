{# Rows out of a list written in one cell of a seed, split at blanks. #}
{% macro split_words(column) -%}
    unnest(string_split(trim({{ column }}), ' '))
{%- endmacro %}
