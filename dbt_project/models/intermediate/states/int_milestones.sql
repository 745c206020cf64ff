{%- set milestones = [
    ('signed', 2, 'signed_on', none), ('registered', none, 'registered_on', none),
    ('performed', 3, 'performed_on', none), ('started', 4, 'started_on', 'planned_start_on'),
    ('completed', 5, 'completed_on', 'planned_completion_on'),
    ('in_production', 6, 'production_on', 'planned_production_on'), ('terminated', none, none, none),
] -%}
-- What every project has reached. A stated date up to `as_of` counts as stated; without one, the first ledger that
-- shows the stage counts. A date that lay ahead of its ledger was a plan: it counts once it has come and the latest
-- ledger no longer shows the project short of it. A stage the county went back on is not reached, and one it has come
-- to again is reached then. `was_seen_before`
-- says that an earlier ledger of the county listed the project short of it, so it truly happened in between
-- (of a registration, which no stage shows: a ledger from before that day).
with known as (
    select
        stated.* replace (
            {%- for name, rank, column, _ in milestones if rank %}
            case when anew.project_id is null then stated.{{ name }}_seen_on else anew.{{ name }}_seen_on end
                as {{ name }}_seen_on,
            case
                when anew.project_id is null then stated.{{ column }}_first_stated_on
                else anew.{{ column }}_first_stated_on
            end as {{ column }}_first_stated_on,
            {%- endfor %}
            case when anew.project_id is null then stated.terminated_seen_on else anew.terminated_seen_on end
                as terminated_seen_on,
            coalesce(days.signed_on, stated.signed_on) as signed_on,
            case when days.project_id is null then stated.signed_on_precision else days.signed_on_precision end
                as signed_on_precision
        )
    from {{ ref('int_projects') }} as stated
    left join {{ ref('int_signing_days') }} as days on stated.project_id = days.project_id
    left join {{ ref('int_reached_anew') }} as anew on stated.project_id = anew.project_id
),

ahead as (
    select
        project_id,
        {%- for name, rank, stated, _ in milestones if stated %}
        min(case when date_column = '{{ stated }}' then first_stated_on end) as {{ stated }}_first_stated_on,
        list(case when date_column = '{{ stated }}' then stated_date end) as {{ stated }}_days{{ "," if not loop.last }}
        {%- endfor %}
    from {{ ref('int_dates_ahead') }}
    where stated_date <= {{ as_of() }}
    group by project_id
),

come as (
    select
        known.* replace (
            {%- for name, rank, stated, _ in milestones if stated %}
            case
                when not coalesce(list_contains(ahead.{{ stated }}_days, known.{{ stated }}), false)
                    then known.{{ stated }}
                {%- if rank %}
                when known.stage_rank < {{ rank }} or (known.stage = 'terminated' and known.{{ name }}_seen_on is null)
                    then null
                {%- endif %}
                when known.last_reported_on >= known.{{ stated }} {%- if rank %} or known.stage_rank is not null{% endif %}
                    then known.{{ stated }}
            end as {{ stated }}{{ "," if not loop.last }}
            {%- endfor %}
        ),
        {%- for name, rank, stated, _ in milestones if stated %}
        ahead.{{ stated }}_first_stated_on as {{ stated }}_ahead_on{{ "," if not loop.last }}
        {%- endfor %}
    from known
    left join ahead on known.project_id = ahead.project_id
),

projects as (
    select
        known.project_id,
        known.stage,
        known.stage_rank,
        known.first_reported_on,
        {%- for name, rank, stated, planned in milestones %}
        {%- if rank %}
        known.{{ name }}_seen_on,
        known.short_of_{{ name }}_on,
        {%- endif %}
        {%- if planned %}
        known.{{ planned }},
        known.{{ planned }}_precision,
        known.first_{{ planned }},
        {%- endif %}
        {%- if stated %}
        known.{{ stated }},
        known.{{ stated }}_precision,
        -- The ledger that told of a plan is the first only where none told of it after.
        coalesce(known.{{ stated }}_first_stated_on, known.{{ stated }}_ahead_on) as {{ name }}_stated_on,
        {%- endif %}
        {%- endfor %}
        known.terminated_seen_on
    from come as known
)

{% for name, rank, stated, planned in milestones %}
select
    projects.project_id,
    '{{ name }}' as milestone,
    {%- if stated and rank %}
    case when projects.{{ stated }} <= {{ as_of() }} then projects.{{ stated }} else projects.{{ name }}_seen_on end as reached_on,
    case when projects.{{ stated }} <= {{ as_of() }} then projects.{{ stated }}_precision else 'day' end as reached_on_precision,
    case when projects.{{ stated }} <= {{ as_of() }} then 'stated' else 'first_reported' end as basis,
    least(projects.{{ name }}_seen_on, projects.{{ name }}_stated_on) as first_reported_on,
    coalesce(projects.short_of_{{ name }}_on < projects.{{ name }}_seen_on, false) as was_seen_before,
    {%- elif stated %}
    projects.{{ stated }} as reached_on,
    projects.{{ stated }}_precision as reached_on_precision,
    'stated' as basis,
    projects.{{ name }}_stated_on as first_reported_on,
    coalesce(projects.first_reported_on < projects.{{ stated }}, false) as was_seen_before,
    {%- else %}
    projects.terminated_seen_on as reached_on,
    'day' as reached_on_precision,
    'first_reported' as basis,
    projects.terminated_seen_on as first_reported_on,
    projects.first_reported_on < projects.terminated_seen_on as was_seen_before,
    {%- endif %}
    {%- if planned %}
    projects.{{ planned }} as planned_on,
    projects.{{ planned }}_precision as planned_on_precision,
    projects.first_{{ planned }} as first_planned_on
    {%- else %}
    cast(null as date) as planned_on,
    cast(null as varchar) as planned_on_precision,
    cast(null as date) as first_planned_on
    {%- endif %}
from projects
where
    {%- if stated and rank %}
    projects.{{ stated }} <= {{ as_of() }}{% if name == 'signed' %} and {{ is_signed('projects', as_of()) }}{% endif %}
    or projects.stage_rank >= {{ rank }}
    or (projects.stage = 'terminated' and projects.{{ name }}_seen_on is not null)
    {%- elif stated %}
    projects.{{ stated }} <= {{ as_of() }}
    {%- else %}
    projects.stage = 'terminated'
    {%- endif %}
{% if not loop.last %}union all{% endif %}
{% endfor %}
