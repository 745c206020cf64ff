-- What the keys of findings are called: counties, projects, files.
select
    'county' as kind,
    county_code as key,
    county_name as name
from dim_county
where county_code in (select unnest($counties))
union all
select
    'project',
    project_id,
    project_name
from dim_project
where project_id in (select unnest($projects))
union all
select
    'file',
    file_sha256,
    min(file_name)
from ledger_files
where file_sha256 in (select unnest($files))
group by file_sha256
