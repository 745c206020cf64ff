{#-
    How a `table` is written on DuckDB: by one statement, which DuckDB takes back whole where the model fails.

    dbt-duckdb makes the table under another name, renames both and drops the old one, for engines that can't replace
    a table; and it plans a model with a contract twice, for its columns. In builds of small counties that was a fifth
    of all work (docs/decisions/0190).
-#}
{% materialization table, adapter="duckdb", supported_languages=["sql"] %}
    {%- set existing_relation = load_cached_relation(this) -%}
    {%- set target_relation = this.incorporate(type="table") -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% do write_anew(existing_relation, target_relation, compiled_code) %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({"relations": [target_relation]}) }}
{% endmaterialization %}

{#- Write a table by one statement, in place of whatever had its name. -#}
{% macro write_anew(existing_relation, target_relation, query) -%}
    {% if existing_relation is not none and not existing_relation.is_table %}
        {% do adapter.drop_relation(existing_relation) %}
    {% endif %}
    {% call statement("main") -%}
        create or replace table {{ target_relation }} as ({{ query }})
    {%- endcall %}
    {% if config.get("contract").enforced %}
        {% do assert_contract_of(target_relation) %}
    {% endif %}
{%- endmacro %}

{#- Raise an error unless the table has the columns that the model's yml states: names, types and order. -#}
{% macro assert_contract_of(relation) %}
    {%- set stated = [] -%}
    {%- for column in model["columns"].values() -%}
        {%- set data_type = column["data_type"] | upper | replace(" ", "") -%}
        {%- do stated.append({"name": column["name"], "data_type": data_type}) -%}
    {%- endfor -%}
    {%- set written = [] -%}
    {%- for column in adapter.get_columns_in_relation(relation) -%}
        {%- do written.append({"name": column.name, "data_type": column.dtype}) -%}
    {%- endfor -%}
    {%- if stated | sort(attribute="name") != written | sort(attribute="name") -%}
        {%- do exceptions.raise_contract_error(stated, written) -%}
    {%- elif stated != written -%}
        {%- do exceptions.raise_compiler_error(
            "列的顺序与说明不同，按 SELECT 的顺序改 yml。Columns stand in the yml in another order than in the SELECT: "
            ~ written | map(attribute="name") | join(", ")
        ) -%}
    {%- endif -%}
{% endmacro %}
