{#-
    How an `incremental` table is written on DuckDB: everything anew by one statement, as a `table` is; or new rows put
    into it. `append` writes them where they belong at once; `delete+insert` puts them together first and takes away the
    rows of their keys. Rows of other columns than the table's fail (`on_schema_change='fail'`).

    dbt-duckdb's writes new rows to another table, looks at the columns of both and copies them; and a table with a
    contract it first makes empty, so that DuckDB fills it by one thread (docs/decisions/0206).
-#}
{% materialization incremental, adapter="duckdb", supported_languages=["sql"] %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type="table") -%}
    {%- set is_made_anew = existing_relation is none or not existing_relation.is_table or should_full_refresh() -%}
    {%- set strategy = config.require("incremental_strategy") -%}
    {%- if strategy not in ("append", "delete+insert") or config.require("on_schema_change") != "fail" -%}
        {%- do exceptions.raise_compiler_error("incremental_strategy: append | delete+insert; on_schema_change: fail") -%}
    {%- endif -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% if is_made_anew %}
        {% do write_anew(existing_relation, target_relation, compiled_code) %}
    {% elif strategy == "append" %}
        {% call statement("main") -%}
            {{ insert_same_columns(target_relation, "(" ~ compiled_code ~ ")") }}
        {%- endcall %}
    {% else %}
        {%- set new_rows = this.identifier ~ "__new_rows" -%}
        {% call statement("put_together") -%}
            create or replace temporary table {{ new_rows }} as ({{ compiled_code }})
        {%- endcall %}
        {% call statement("main") -%}
            {{ delete_keys_of(target_relation, new_rows, config.require("unique_key")) }};
            {{ insert_same_columns(target_relation, new_rows) }};
            drop table {{ new_rows }}
        {%- endcall %}
    {% endif %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}

{#- Insert rows whose columns are those of the table, in any order. DuckDB refuses one too few or too many by its name. -#}
{% macro insert_same_columns(relation, new_rows) -%}
    {%- set columns = adapter.get_columns_in_relation(relation) | map(attribute="quoted") | join(", ") -%}
    insert into {{ relation }} by name
    select {{ columns }}, new_rows.* exclude ({{ columns }})
    from {{ new_rows }} as new_rows
{%- endmacro %}

{#- Take away the rows whose key (one column or several) new rows have. -#}
{% macro delete_keys_of(relation, new_rows, unique_key) -%}
    {%- set keys = [unique_key] if unique_key is string else unique_key -%}
    delete from {{ relation }} as built using {{ new_rows }} as new_rows
    where {% for key in keys %}built.{{ key }} = new_rows.{{ key }}{{ " and " if not loop.last }}{% endfor %}
{%- endmacro %}
