-- Whose the funds of a project that was split or merged are today: successors may have been split or merged in their
-- turn, the heir is the first of those that count.
with recursive lines as (
    select
        project_id,
        successor_id
    from {{ ref('int_handovers') }}
    union
    select
        lines.project_id,
        handovers.successor_id
    from lines
    inner join {{ ref('int_handovers') }} as handovers on lines.successor_id = handovers.project_id
)

select
    lines.project_id,
    min_by(projects.project_id, (projects.first_reported_on, projects.project_id)) as heir_id
from lines
inner join {{ ref('int_projects') }} as projects on lines.successor_id = projects.project_id
where lines.successor_id not in (select d.project_id from {{ ref('int_project_duplicates') }} as d)
group by lines.project_id
