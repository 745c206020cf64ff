{%- set last_stated = [
    'stage', 'signed_on', 'registered_on', 'planned_start_on', 'started_on', 'planned_completion_on',
    'planned_production_on', 'statistics_entered_on', 'total_investment_cny', 'funds_arrived_cumulative_cny',
    'investment_done_cumulative_cny', 'progress_rate',
] -%}
-- What the rules look at of every project, as it stood after each of its county's ledgers that lists it: what a later
-- ledger leaves blank keeps its last stated value, as in `int_projects`.
with beside_previous as (
    select
        *,
        lag(content_fingerprint) over by_date as previous_content,
        lag(progress_fingerprint) over by_date as previous_progress
    from {{ ref('int_project_versions') }}
    window by_date as (partition by project_id order by report_date)
),

compared as (
    select
        *,
        (content_fingerprint is distinct from previous_content) as is_changed,
        (progress_fingerprint is distinct from previous_progress) as has_progressed
    from beside_previous
),

running as (
    select
        project_id,
        county_code,
        name_key,
        report_date as last_reported_on,
        lead(report_date) over (partition by project_id order by report_date) as next_reported_on,
        min(report_date) over so_far as first_reported_on,
        file_sha256,
        sheet,
        investment_plan_year_cny,
        investment_done_ytd_cny,
        started_on is not null as states_start,
        {%- for column in last_stated %}
            last_value({{ column }} ignore nulls) over so_far as {{ column }},
        {%- endfor %}
        last_value(stage_rank ignore nulls) over so_far as stage_rank,
        max(case when is_changed then report_date end) over so_far as last_changed_on,
        max(case when has_progressed then report_date end) over so_far as last_progressed_on,
        min(case when stage_rank >= 4 then report_date end) over so_far as started_seen_on,
        min(case when stage_rank < 4 then report_date end) over so_far as short_of_started_on
    from compared
    window so_far as (partition by project_id order by report_date)
)

select
    * exclude (states_start, stage_rank) replace (
        -- A county that has gone back on the start and no longer states its date has taken the date back.
        case when {{ stage_rank('stage') }} < 4 and not states_start then null else started_on end as started_on
    ),
    {{ stage_rank('stage') }} as stage_rank
from running
