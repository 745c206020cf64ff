-- Projects that a person may mean: by id, statutory code, or part of a present or former name.
select
    projects.project_id,
    projects.project_name,
    coalesce(counties.county_name, projects.county_code) as county_name,
    projects.project_id = $wanted or projects.project_code = $wanted or projects.project_name = $wanted as is_exact
from dim_project as projects
left join dim_county as counties on projects.county_code = counties.county_code
where
    projects.project_id = $wanted
    or projects.project_code = $wanted
    or contains(projects.project_name, $wanted)
    or exists (
        select 1 from dim_project_history as versions
        where versions.project_id = projects.project_id and contains(versions.project_name, $wanted)
    )
order by is_exact desc, projects.county_code, projects.project_name, projects.project_id
