{# A path between the quotes of SQL: the folder of a checkout may hold an apostrophe. #}
{% macro path_in_sql(path) -%}
    {{ path | string | replace("'", "''") }}
{%- endmacro %}

{# Seeds are copied from their files; dbt-duckdb writes the path as it is. #}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set sql -%}
        copy {{ this.render() }} from '{{ path_in_sql(adapter.get_seed_file_path(model)) }}' (format csv, header true)
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{%- endmacro %}
