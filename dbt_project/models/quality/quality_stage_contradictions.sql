{%- set dates = {'started_on': 4, 'completed_on': 5, 'production_on': 6} -%}
{%- set notes = [('started', 'note_of_start', 'started_on', 4), ('in_production', 'note_of_production', 'production_on', 6)] -%}
-- Stated dates that contradict the stage, each other, or the business date; notes that begin with a project's start or
-- production (`note_signs`), of projects whose stage is an earlier one: a clerk who writes 已开工 and leaves the date out.
with projects as (
    select
        *,
        {{ stage_rank('stage') }} as stage_rank
    from {{ ref('dim_project') }}
),

findings as (
    {%- for column, rank in dates.items() %}
    select project_id, '{{ column }}_without_stage' as finding, {{ column }} as stated_on, cast(null as varchar) as stated_text
    from projects where {{ column }} <= {{ as_of() }} and stage_rank < {{ rank }}
    union all
    select project_id, '{{ column }}_in_future' as finding, {{ column }} as stated_on, cast(null as varchar) as stated_text
    from projects where {{ column }} > {{ as_of() }}
    union all
    {%- endfor %}
    select project_id, 'signed_on_in_future' as finding, signed_on as stated_on, cast(null as varchar) as stated_text
    from projects where signed_on > {{ as_of() }}
    union all
    select project_id, 'started_before_signed' as finding, started_on as stated_on, cast(null as varchar) as stated_text
    from projects where started_on < signed_on
    union all
    select project_id, 'completed_before_started' as finding, completed_on as stated_on, cast(null as varchar) as stated_text
    from projects where completed_on < started_on
    union all
    select project_id, 'production_before_started' as finding, production_on as stated_on, cast(null as varchar) as stated_text
    from projects where production_on < started_on
    {%- for sign, finding, column, rank in notes %}
    union all
    select distinct
        projects.project_id, '{{ finding }}' as finding, cast(null as date) as stated_on,
        projects.progress_note as stated_text
    from projects
    inner join {{ ref('note_signs') }} as signs
        on signs.sign = '{{ sign }}' and starts_with(projects.progress_note, signs.wording)
    where projects.stage_rank < {{ rank }} and projects.{{ column }} is null
    {%- endfor %}
)

select
    findings.project_id,
    projects.county_code,
    projects.project_name,
    projects.stage,
    findings.finding,
    findings.stated_on,
    findings.stated_text,
    projects.file_sha256,
    projects.sheet,
    projects.row_number
from findings
inner join projects using (project_id)
