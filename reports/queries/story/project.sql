select
    projects.*,
    coalesce(counties.county_name, projects.county_code) as county_name
from dim_project as projects
left join dim_county as counties on projects.county_code = counties.county_code
where projects.project_id = $project_id
