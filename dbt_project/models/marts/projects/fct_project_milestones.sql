-- What each project has reached, and how late against its plan.
select
    milestones.project_id,
    projects.county_code,
    milestones.milestone,
    milestones.reached_on,
    milestones.reached_on_precision,
    milestones.basis,
    milestones.planned_on,
    milestones.first_planned_on,
    cast({{ days_between(
        period_end('milestones.planned_on', 'milestones.planned_on_precision'), 'milestones.reached_on'
    ) }} as integer) as days_late,
    milestones.first_reported_on,
    milestones.was_seen_before,
    duplicates.duplicate_of is null as is_counted
from {{ ref('int_milestones') }} as milestones
inner join {{ ref('int_projects') }} as projects using (project_id)
left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
