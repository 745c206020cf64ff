{%- set kept = [
    'project_code', 'project_content', 'investor_name', 'investor_origin', 'project_company', 'industry',
    'industry_chain', 'capital_origin', 'construction_nature', 'investment_form', 'project_category', 'project_level',
    'agreement_type', 'location', 'park_name', 'town_name', 'total_investment_cny', 'phase_one_investment_cny',
    'fixed_asset_investment_cny', 'contract_amount_cny', 'registered_capital_cny', 'foreign_contract_usd',
    'funds_arrived_cumulative_cny', 'foreign_arrived_usd', 'investment_done_cumulative_cny', 'signing_event', 'stage',
    'progress_rate', 'responsible_unit', 'responsible_leader', 'responsible_person', 'tracking_unit',
    'introducing_unit',
] -%}
{%- set kept_dates = [
    'signed_on', 'registered_on', 'planned_start_on', 'planned_completion_on', 'planned_production_on', 'landed_on',
    'statistics_entered_on',
] -%}
{%- set reached_dates = {'performed_on': 3, 'started_on': 4, 'completed_on': 5, 'production_on': 6} -%}
{%- set latest = [
    'project_name', 'name_key', 'investment_plan_year_cny', 'investment_done_ytd_cny', 'investment_done_month_cny',
    'progress_note', 'problem', 'measure', 'problem_owner', 'due_on', 'stage_raw', 'remark',
    'file_sha256', 'sheet', 'row_number', 'row_id',
] -%}
-- Every project as of the run. What a later ledger leaves blank keeps its last stated value; notes, problems and the
-- year's figures are those of the latest row.
with grouped as (
    select
        project_id,
        max_by(county_code, report_date) as county_code,
        min(report_date) as first_reported_on,
        max(report_date) as last_reported_on,
        min_by(project_name, report_date) as first_project_name,
        min_by(file_sha256, report_date) as first_file_sha256,
        min_by(sheet, report_date) as first_sheet,
        min_by(row_number, report_date) as first_row_number,
        {{ value_in_first('previous_report_date', 'report_date') }} as ledger_before_first_on,
        min(case when stage_rank >= 2 or stage = 'terminated' then report_date end) as signing_reported_on,
        {%- for column in latest %}
        {{ value_in_last(column, 'report_date') }} as {{ column }},
        {%- endfor %}
        {%- for column in kept %}
        {{ last_known(column, 'report_date') }} as {{ column }},
        {%- endfor %}
        {%- for column in kept_dates + (reached_dates.keys() | list) %}
        {{ last_known(column, 'report_date') }} as {{ column }},
        max_by({{ column }}_precision, case when {{ column }} is not null then report_date end) as {{ column }}_precision,
        {%- endfor %}
        {%- for column in reached_dates %}
        max_by({{ column }} is not null, report_date) as states_{{ column }},
        {%- endfor %}
        {{ first_known('planned_start_on', 'report_date') }} as first_planned_start_on,
        {{ first_known('planned_completion_on', 'report_date') }} as first_planned_completion_on,
        {{ first_known('planned_production_on', 'report_date') }} as first_planned_production_on,
        max(rows_in_ledger) as most_rows_in_a_ledger
    from {{ ref('int_project_versions') }}
    group by project_id
),

ranked as (
    select
        *,
        {{ stage_rank('stage') }} as stage_rank
    from grouped
),

ledgers as (
    select
        ranked.project_id,
        count(sequence.report_date) as ledgers_missed
    from ranked
    left join {{ ref('int_ledger_sequence') }} as sequence
        on ranked.county_code = sequence.county_code and sequence.report_date > ranked.last_reported_on
    group by ranked.project_id
),

-- A county that has gone back on a stage and no longer states its date has taken the date back.
retracted as (
    select
        ranked.* replace (
            {%- for column, rank in reached_dates.items() %}
            case when ranked.stage_rank < {{ rank }} and not ranked.states_{{ column }} then null else ranked.{{ column }} end
                as {{ column }}{{ "," if not loop.last }}
            {%- endfor %}
        )
    from ranked
)

select
    retracted.*,
    tiers.size_tier,
    ledgers.ledgers_missed
from retracted
inner join ledgers using (project_id)
left join {{ ref('size_tiers') }} as tiers
    on
        retracted.total_investment_cny >= tiers.min_total_investment_cny
        and (
            tiers.below_total_investment_cny is null
            or retracted.total_investment_cny < tiers.below_total_investment_cny
        )
