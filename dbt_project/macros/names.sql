{# Names as people write them, brought to one form. Only the key is normalised; what is shown stays as it was written. #}

{# Full width to half width, lower case, without spaces, brackets and punctuation. #}
{% macro plain_text(column) -%}
    regexp_replace(
        lower(translate(
            {{ column }},
            'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９',
            'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
        )),
        '[^\p{L}\p{N}]+', '', 'g'
    )
{%- endmacro %}

{# A project's name as a key. The words 建设项目 and 项目 at its end (or before 二期, 三期…) say nothing and go;
   2期 and Ⅱ期 are 二期. 年产… stays: two projects of one investor often differ in nothing else. #}
{% macro project_name_key(column) -%}
    {%- set numbered = namespace(sql=plain_text(column)) -%}
    {%- for digit, roman, written in [('1', 'ⅰ', '一'), ('2', 'ⅱ', '二'), ('3', 'ⅲ', '三'), ('4', 'ⅳ', '四'), ('5', 'ⅴ', '五')] -%}
        {%- set numbered.sql = "regexp_replace(" ~ numbered.sql ~ ", '(^|[^0-9])[" ~ digit ~ roman ~ "]期', '\\1" ~ written ~ "期', 'g')" -%}
    {%- endfor -%}
    coalesce(
        nullif(
            regexp_replace(
                {{ numbered.sql }},
                '(工程)?(建设)?项目((第?[一二三四五六七八九十0-9]+期(工程)?)?)$', '\3'
            ),
            ''
        ),
        nullif({{ plain_text(column) }}, ''),
        {{ column }}
    )
{%- endmacro %}

{# An investor's name as a key: the legal form at the end goes. #}
{% macro investor_key(column) -%}
    nullif(
        regexp_replace({{ plain_text(column) }}, '(股份)?(有限)?(责任)?公司$', ''),
        ''
    )
{%- endmacro %}

{# A statutory project code (4-6-2-2-6 digits, or another code with at least 8 digits) without separators, or null:
   a county's own running numbers start anew every month and identify nothing. #}
{% macro project_code_key(column) -%}
    case
        when length(regexp_replace({{ column }}, '[^0-9０-９]+', '', 'g')) >= 8 then upper({{ plain_text(column) }})
    end
{%- endmacro %}

{# Likeness of two names, 0 to 1. #}
{% macro name_similarity(column_a, column_b) -%}
    {{ adapter.dispatch('name_similarity')(column_a, column_b) }}
{%- endmacro %}
{% macro default__name_similarity(column_a, column_b) -%}
    jaro_winkler_similarity({{ column_a }}, {{ column_b }})
{%- endmacro %}
{% macro spark__name_similarity(column_a, column_b) -%}
    (1.0 - cast(levenshtein({{ column_a }}, {{ column_b }}) as double) / greatest(length({{ column_a }}), length({{ column_b }}), 1))
{%- endmacro %}
