{# A CSV of knowledge shared with the reader. Every column is text. #}
{% macro wording_csv(name) -%}
    read_csv('{{ path_in_sql(invocation_args_dict.get('project_dir') or '.') }}/{{ var("wording_dir") }}/{{ name }}.csv', all_varchar = true, header = true)
{%- endmacro %}
