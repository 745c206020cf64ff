-- Pairs of projects that wait for a person's decision, once for every county they concern, with all that tells them apart.
with sides as (
    select
        projects.project_id,
        projects.county_code,
        coalesce(counties.county_name, projects.county_code) as county_name,
        projects.project_name,
        projects.project_code,
        projects.investor_name,
        projects.signed_on,
        projects.total_investment_cny,
        concat_ws(' / ', files.file_name, projects.sheet, concat('第', projects.row_number, '行')) as evidence
    from dim_project as projects
    left join dim_county as counties on projects.county_code = counties.county_code
    left join (
        select
            file_sha256,
            min(file_name) as file_name
        from ledger_files
        where status = 'read'
        group by file_sha256
    ) as files on projects.file_sha256 = files.file_sha256
)

select
    concerned.county_code,
    concerned.county_name,
    pairs.score,
    pairs.reasons,
    a.county_code as county_code_a,
    a.county_name as county_name_a,
    a.project_name as project_name_a,
    a.project_code as project_code_a,
    a.investor_name as investor_name_a,
    a.signed_on as signed_on_a,
    a.total_investment_cny as total_investment_cny_a,
    a.evidence as evidence_a,
    b.county_code as county_code_b,
    b.county_name as county_name_b,
    b.project_name as project_name_b,
    b.project_code as project_code_b,
    b.investor_name as investor_name_b,
    b.signed_on as signed_on_b,
    b.total_investment_cny as total_investment_cny_b,
    b.evidence as evidence_b
from duplicate_candidates as pairs
inner join sides as a on pairs.project_id_a = a.project_id
inner join sides as b on pairs.project_id_b = b.project_id
inner join (select distinct county_code, county_name from sides) as concerned
    on concerned.county_code in (a.county_code, b.county_code)
where pairs.verdict = 'undecided'
order by concerned.county_code, pairs.score desc, a.project_name, b.project_name, pairs.project_id_a, pairs.project_id_b
