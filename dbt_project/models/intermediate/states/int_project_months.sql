{%- set filled = [
    'stage', 'stage_rank', 'total_investment_cny', 'contract_amount_cny', 'funds_arrived_cumulative_cny',
    'investment_done_cumulative_cny', 'progress_rate', 'signed_on', 'started_on', 'completed_on', 'production_on',
    'planned_start_on', 'planned_completion_on', 'planned_production_on',
] -%}
{%- set from_row = ['progress_note', 'problem', 'responsible_unit', 'file_sha256', 'sheet', 'row_number'] -%}
-- The state of every project at the end of every month its county reported, from its first ledger on. A project
-- missing from a ledger keeps its last state; `is_reported` says whether the month's own ledgers list it.
with months as (
    select
        county_code,
        report_month,
        max(report_date) as ledger_date
    from {{ ref('int_ledger_sequence') }}
    group by county_code, report_month
),

in_month as (
    select
        project_id,
        report_month,
        max(report_date) as reported_on,
        {%- for column in filled %}
        {{ last_known(column, 'report_date') }} as {{ column }},
        {%- endfor %}
        {%- for column in from_row %}
        {{ value_in_last(column, 'report_date') }} as {{ column }}{{ "," if not loop.last }}
        {%- endfor %}
    from {{ ref('int_project_versions') }}
    group by project_id, report_month
),

spine as (
    select
        projects.project_id,
        projects.county_code,
        months.report_month,
        months.ledger_date
    from {{ ref('int_projects') }} as projects
    inner join months
        on projects.county_code = months.county_code and months.ledger_date >= projects.first_reported_on
)

select
    spine.project_id,
    spine.county_code,
    spine.report_month,
    spine.ledger_date,
    in_month.reported_on is not null as is_reported,
    last_value(in_month.reported_on ignore nulls) over so_far as reported_on,
    {%- for column in filled %}
    last_value(in_month.{{ column }} ignore nulls) over so_far as {{ column }},
    {%- endfor %}
    last_value(
        case
            when in_month.reported_on is not null
                then {
                    {%- for column in from_row %}
                    '{{ column }}': in_month.{{ column }}{{ "," if not loop.last }}
                    {%- endfor %}
                }
        end ignore nulls
    ) over so_far as last_row
from spine
left join in_month on spine.project_id = in_month.project_id and spine.report_month = in_month.report_month
window so_far as (partition by spine.project_id order by spine.report_month)
