-- The four lists of a month (newly signed, started, completed, in production): which projects, who hands them on, and
-- what is to come next by when. What the scorecard of the month counts stands here project by project.
select
    events.event_month as month,
    events.event as list_name,
    case events.event
        when 'signed' then '新签约'
        when 'started' then '新开工'
        when 'completed' then '新竣工'
        when 'in_production' then '新投产'
    end as list_name_zh,
    projects.project_id,
    events.county_code,
    projects.project_name,
    projects.investor_name,
    events.reached_on,
    milestones.basis,
    projects.total_investment_cny,
    projects.contract_amount_cny,
    projects.industry_chain,
    projects.park_name,
    projects.responsible_unit,
    projects.responsible_leader,
    projects.tracking_unit,
    case events.event
        when 'signed' then 'started'
        when 'started' then 'completed'
        when 'completed' then 'in_production'
    end as next_stage,
    case events.event
        when 'signed' then projects.planned_start_on
        when 'started' then projects.planned_completion_on
        when 'completed' then projects.planned_production_on
    end as due_on,
    projects.file_sha256,
    projects.sheet,
    projects.row_number
from {{ ref('int_events') }} as events
inner join {{ ref('dim_project') }} as projects using (project_id)
left join {{ ref('fct_project_milestones') }} as milestones
    on events.project_id = milestones.project_id and events.event = milestones.milestone
where
    events.is_dated
    and events.is_own
    and events.event in ('signed', 'started', 'completed', 'in_production')
