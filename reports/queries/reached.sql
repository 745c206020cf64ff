-- Counted projects that started or went into production in the month, as the scorecard counts them: what a first ledger
-- shows without a date happened at some time before.
select
    milestones.county_code,
    coalesce(names.county_name, milestones.county_code) as county_name,
    milestones.milestone,
    milestones.reached_on,
    milestones.basis,
    projects.project_name,
    projects.investor_name,
    projects.total_investment_cny,
    projects.funds_arrived_cumulative_cny,
    projects.responsible_unit
from fct_project_milestones as milestones
inner join dim_project as projects on milestones.project_id = projects.project_id
left join dim_county as names on milestones.county_code = names.county_code
where
    projects.is_counted
    and milestones.milestone in ('started', 'in_production')
    and milestones.reached_on between $month_start and $period_end
    and (milestones.basis = 'stated' or milestones.was_seen_before)
order by milestones.milestone desc, milestones.reached_on, milestones.county_code, projects.project_name
