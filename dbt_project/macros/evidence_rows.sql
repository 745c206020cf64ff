{# Which fields each stall rule looks at: the rows that stated them are what its lights rest on. #}
{% macro fields_of_rules() -%}
    {{ return({
        'stage': ['R01', 'R08'],
        'signed_on': ['R01', 'R11'],
        'registered_on': ['R11'],
        'planned_start_on': ['R02', 'R03'],
        'started_on': ['R04', 'R05', 'R06', 'R07'],
        'statistics_entered_on': ['R07'],
        'planned_completion_on': ['R04'],
        'planned_production_on': ['R12'],
        'total_investment_cny': ['R06', 'R13'],
        'funds_arrived_cumulative_cny': ['R05', 'R06', 'R11', 'R13'],
        'funds_arrived_ytd_cny': ['R05', 'R11'],
        'funds_arrived_month_cny': ['R05', 'R11'],
        'investment_plan_year_cny': ['R04'],
        'investment_done_ytd_cny': ['R04'],
        'investment_done_cumulative_cny': ['R04', 'R13'],
        'progress_rate': ['R04', 'R13'],
        'progress_note': ['R08'],
    }) }}
{%- endmacro %}

{# A list of the rows (JSON objects, null where nothing ever stated it) that stated each field last; over a project's versions. #}
{% macro rows_that_stated_last() -%}
    {% for field in fields_of_rules() -%}
        max_by(
            json_object('field', '{{ field }}', 'file_sha256', file_sha256, 'sheet', sheet, 'row', row_number),
            case when {{ field }} is not null then report_date end
        ) as {{ field }}_row{{ ", " if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# Of these rows, those a rule rests on, as one JSON array. #}
{% macro rows_of_rule(rule_id, rows) -%}
    concat('[', concat_ws(
        ',',
        {% for field, rules in fields_of_rules().items() -%}
            case when {{ rule_id }} in ('{{ rules | join("', '") }}') then {{ rows }}.{{ field }}_row end{{ ", " if not loop.last }}
        {%- endfor %}
    ), ']')
{%- endmacro %}
