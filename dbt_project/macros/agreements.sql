{# CTEs for a model of agreements: `natures`, what is written of a project's construction and form of investment, and whether
   that calls it an increase. #}
{% macro ctes_of_natures() -%}
    increase_wordings as (
        select string_agg(wording, '|') as pattern
        from {{ ref('agreement_kinds') }}
        where agreement_kind = 'increase'
    ),

    -- A pattern read from a seed is compiled for every row it is held against, so it is held against distinct wordings.
    natures as (
        select
            distinct_natures.*,
            regexp_matches(concat_ws(' ', construction_nature, investment_form), increase_wordings.pattern)
                as says_increase
        from (
            select distinct
                construction_nature,
                investment_form
            from {{ ref('int_project_statements') }}
        ) as distinct_natures
        cross join increase_wordings
    )
{%- endmacro %}
