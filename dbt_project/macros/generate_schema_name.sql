{# Schemas carry the layer's plain name: `staging`, `intermediate`, `seeds`; what is published lies in `main`. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
