{# The business date of the run. Nothing here reads the clock. #}
{% macro as_of() -%}
    {%- if execute and not var('as_of') -%}
        {{ exceptions.raise_compiler_error("缺少变量 as_of，请用 --vars 给出日期 (YYYY-MM-DD). The variable as_of is required.") }}
    {%- endif -%}
    cast('{{ var("as_of") or "1970-01-01" }}' as date)
{%- endmacro %}
