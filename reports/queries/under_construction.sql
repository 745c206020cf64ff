-- Projects being built, those with the worst light first, then those with the least money.
with lights as (
    select
        project_id,
        max(case light when 'red' then 2 when 'yellow' then 1 else 0 end) as worst,
        string_agg(rule_id, '、' order by rule_id) filter (where light in ('red', 'yellow')) as rules
    from fct_project_lights
    group by project_id
),

notes as (
    select
        project_id,
        max_by(progress_note, report_month) as progress_note
    from fct_project_snapshots
    where report_month <= $on_date::date and progress_note is not null
    group by project_id
)

select
    projects.county_code,
    coalesce(names.county_name, projects.county_code) as county_name,
    projects.project_name,
    projects.investor_name,
    projects.started_on,
    projects.total_investment_cny,
    projects.funds_arrived_cumulative_cny,
    projects.funds_arrived_cumulative_cny / nullif(projects.total_investment_cny, 0) as funds_rate,
    coalesce(lights.worst, 0) as worst,
    lights.rules,
    notes.progress_note,
    projects.responsible_unit,
    projects.responsible_leader
from dim_project as projects
left join dim_county as names on projects.county_code = names.county_code
left join lights on projects.project_id = lights.project_id
left join notes on projects.project_id = notes.project_id
where projects.stage = 'started' and projects.is_counted
order by worst desc, funds_rate nulls last, projects.county_code, projects.project_name
