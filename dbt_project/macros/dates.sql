{# The few functions whose spelling differs between engines (DuckDB, Spark). Dates are plain dates, never instants. #}

{# Days from one date to another; negative where `to_date` lies before `from_date`. #}
{% macro days_between(from_date, to_date) -%}
    {{ adapter.dispatch('days_between')(from_date, to_date) }}
{%- endmacro %}
{% macro default__days_between(from_date, to_date) -%}
    date_diff('day', {{ from_date }}, {{ to_date }})
{%- endmacro %}
{% macro spark__days_between(from_date, to_date) -%}
    datediff({{ to_date }}, {{ from_date }})
{%- endmacro %}

{# Whole months gone by: 15 March to 14 May is 1, to 15 May is 2. #}
{% macro whole_months_between(from_date, to_date) -%}
    {{ adapter.dispatch('whole_months_between')(from_date, to_date) }}
{%- endmacro %}
{% macro default__whole_months_between(from_date, to_date) -%}
    date_sub('month', {{ from_date }}, {{ to_date }})
{%- endmacro %}
{% macro spark__whole_months_between(from_date, to_date) -%}
    cast(floor(months_between({{ to_date }}, {{ from_date }})) as int)
{%- endmacro %}

{# Calendar months from one first-of-month to another. #}
{% macro calendar_months_between(from_month, to_month) -%}
    ((year({{ to_month }}) - year({{ from_month }})) * 12 + month({{ to_month }}) - month({{ from_month }}))
{%- endmacro %}

{% macro month_start(date_column) -%}
    cast(date_trunc('month', {{ date_column }}) as date)
{%- endmacro %}

{% macro year_start(date_column) -%}
    cast(date_trunc('year', {{ date_column }}) as date)
{%- endmacro %}

{% macro add_months(date_column, months) -%}
    {{ adapter.dispatch('add_months')(date_column, months) }}
{%- endmacro %}
{% macro default__add_months(date_column, months) -%}
    cast({{ date_column }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}
{% macro spark__add_months(date_column, months) -%}
    add_months({{ date_column }}, cast({{ months }} as int))
{%- endmacro %}

{% macro add_days(date_column, days) -%}
    {{ adapter.dispatch('add_days')(date_column, days) }}
{%- endmacro %}
{% macro default__add_days(date_column, days) -%}
    cast({{ date_column }} + cast({{ days }} as integer) as date)
{%- endmacro %}
{% macro spark__add_days(date_column, days) -%}
    date_add({{ date_column }}, cast({{ days }} as int))
{%- endmacro %}

{# The last day of the period a date stands for: 2025-03-01 known to the month is 2025-03-31. #}
{% macro period_end(date_column, precision_column) -%}
    case {{ precision_column }}
        when 'month' then {{ add_days(add_months(month_start(date_column), 1), -1) }}
        when 'year' then {{ add_days(add_months(year_start(date_column), 12), -1) }}
        else {{ date_column }}
    end
{%- endmacro %}

{# How many days a deadline has passed by: one known to the month (12月底前) lasts until the month's last day. #}
{% macro days_past(date_column, precision_column) -%}
    cast({{ days_between(period_end(date_column, precision_column), as_of()) }} as integer)
{%- endmacro %}

{# A date as people are told it: 2026-03 where no more than the month was stated. #}
{% macro date_as_stated(date_column, precision_column) -%}
    case
        when {{ precision_column }} = 'month' then substr(cast({{ date_column }} as varchar), 1, 7)
        else cast({{ date_column }} as varchar)
    end
{%- endmacro %}

{# From when on a date has passed for certain: one known to the year only may be its last day. A month counts from its
   first day, as counties count. #}
{% macro certainly_by(date_column, precision_column) -%}
    case
        when {{ precision_column }} = 'year' then {{ period_end(date_column, precision_column) }} else {{ date_column }}
    end
{%- endmacro %}
