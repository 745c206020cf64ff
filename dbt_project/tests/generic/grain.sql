{# One row each of the columns that name a row. None of `columns` is empty; those in `optional` may be, by meaning. #}
{% test grain(model, columns, optional=[]) %}
    select
        {{ (columns + optional) | join(', ') }},
        count(*) as rows_found
    from {{ model }}
    group by {{ (columns + optional) | join(', ') }}
    having
        count(*) > 1
        {% for column in columns %}
        or {{ column }} is null
        {% endfor %}
{% endtest %}
