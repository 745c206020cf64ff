-- Projects that a person may mean: by id, statutory code (however it is punctuated), or part of a present or former name.
with coded as (
    select
        project_id,
        regexp_replace(translate(project_code, '０１２３４５６７８９', '0123456789'), '[^0-9A-Za-z]', '', 'g') as code
    from dim_project
    where project_code is not null
),

wanted as (
    select regexp_replace(translate($wanted, '０１２３４５６７８９', '0123456789'), '[^0-9A-Za-z]', '', 'g') as code
),

by_code as (
    select coded.project_id
    from coded
    inner join wanted on coded.code = wanted.code and length(wanted.code) >= 8
)

select
    projects.project_id,
    projects.project_name,
    coalesce(counties.county_name, projects.county_code) as county_name,
    (
        projects.project_id = $wanted
        or projects.project_name = $wanted
        or projects.project_id in (select by_code.project_id from by_code)
    ) as is_exact
from dim_project as projects
left join dim_county as counties on projects.county_code = counties.county_code
where
    projects.project_id = $wanted
    or projects.project_id in (select by_code.project_id from by_code)
    or contains(projects.project_name, $wanted)
    or exists (
        select 1 from dim_project_history as versions
        where versions.project_id = projects.project_id and contains(versions.project_name, $wanted)
    )
order by is_exact desc, projects.county_code, projects.project_name, projects.project_id
