-- Counted projects signed since the month of the ceremony before this one, newest first.
select
    signings.county_code,
    coalesce(names.county_name, signings.county_code) as county_name,
    projects.project_name,
    projects.investor_name,
    signings.signed_on,
    signings.signed_on_precision,
    signings.total_investment_cny,
    signings.industry_chain,
    projects.stage,
    projects.responsible_unit,
    projects.responsible_leader
from fct_signings as signings
inner join dim_project as projects on signings.project_id = projects.project_id
left join dim_county as names on signings.county_code = names.county_code
where signings.is_counted and signings.signed_on between $since and $told_to
order by signings.signed_on desc, signings.county_code, projects.project_name
