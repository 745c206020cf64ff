-- Every project with each rule that applies to its county and stage, and what the rules look at.
with changes as (
    select
        project_id,
        max(case when is_changed then report_date end) as last_changed_on,
        max(case when has_progressed then report_date end) as last_progressed_on
    from (
        select
            project_id,
            report_date,
            content_fingerprint is distinct from lag(content_fingerprint) over by_date as is_changed,
            progress_fingerprint is distinct from lag(progress_fingerprint) over by_date as has_progressed
        from {{ ref('int_project_versions') }}
        window by_date as (partition by project_id order by report_date)
    ) as compared
    group by project_id
),

starts as (
    select
        project_id,
        reached_on as start_reached_on,
        basis as start_basis,
        was_seen_before as start_was_seen
    from {{ ref('int_milestones') }}
    where milestone = 'started'
)

select
    projects.*,
    changes.last_changed_on,
    changes.last_progressed_on,
    starts.start_reached_on,
    starts.start_basis,
    starts.start_was_seen,
    rules.* exclude (county_code, stage)
from {{ ref('int_projects') }} as projects
inner join {{ ref('int_rules_in_force') }} as rules
    on projects.county_code = rules.county_code and projects.stage = rules.stage
left join changes using (project_id)
left join starts using (project_id)
