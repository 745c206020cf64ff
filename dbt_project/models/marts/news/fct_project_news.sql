-- Articles that name a project of a county's ledgers: the same name, or one very like it in the same county or city.
with told as (
    select
        facts.fact_id,
        facts.article_id,
        facts.event,
        facts.project_name as told_name,
        {{ project_name_key('facts.project_name') }} as name_key,
        {{ investor_key('facts.investor') }} as investor_key,
        facts.region_code,
        facts.evidence
    from {{ ref('stg_news__facts') }} as facts
    where facts.kind = 'project' and facts.project_name is not null
),

names as (
    select distinct
        project_id,
        county_code,
        name_key,
        investor_key
    from {{ ref('int_project_namings') }}
),

matched as (
    select
        told.*,
        names.project_id,
        round(
            {{ name_similarity('told.name_key', 'names.name_key') }}
            - case when told.region_code is null then 0.02 else 0 end
            - case when told.investor_key <> names.investor_key then 0.03 else 0 end, 4
        ) as match_score
    from told
    inner join names
        on
            (
                told.region_code is null
                or told.region_code = names.county_code
                or (told.region_code like '%00' and substr(told.region_code, 1, 4) = substr(names.county_code, 1, 4))
                or (told.region_code like '%0000' and substr(told.region_code, 1, 2) = substr(names.county_code, 1, 2))
            )
            and (
                told.name_key = names.name_key
                or (told.region_code is not null and {{ name_similarity('told.name_key', 'names.name_key') }} >= 0.92)
            )
)

select
    project_id,
    article_id,
    fact_id,
    event,
    told_name,
    match_score,
    evidence
from matched
qualify row_number() over (partition by fact_id order by match_score desc, project_id asc) = 1
