-- Projects claimed by more than one county: the same name and investor at any time, the same statutory code, or
-- people's word. The one reported first (at a tie in the lower county code) counts, the others are its duplicates.
with recursive keys as (
    select distinct
        project_id,
        county_code,
        concat('name|', name_key, '|', investor_key) as claim_key
    from {{ ref('int_project_versions') }}
    where investor_key is not null
    union
    select distinct
        project_id,
        county_code,
        concat('code|', code_key) as claim_key
    from {{ ref('int_project_versions') }}
    where length(code_key) >= 18
),

decided as (
    select distinct
        decisions.decision,
        a.project_id as project_id_a,
        b.project_id as project_id_b
    from {{ ref('int_identity_decisions') }} as decisions
    inner join {{ ref('int_project_identity') }} as a on decisions.label_id_a = a.label_id
    inner join {{ ref('int_project_identity') }} as b on decisions.label_id_b = b.label_id
    where not decisions.is_same_county
),

pairs as (
    select distinct
        a.project_id as project_id,
        b.project_id as other_project_id
    from keys as a
    inner join keys as b on a.claim_key = b.claim_key and a.county_code <> b.county_code
    where not exists (
        select 1 from decided
        where
            decided.decision = 'different'
            and (
                (decided.project_id_a = a.project_id and decided.project_id_b = b.project_id)
                or (decided.project_id_b = a.project_id and decided.project_id_a = b.project_id)
            )
    )
    union
    select project_id_a, project_id_b from decided where decision = 'same'
    union
    select project_id_b, project_id_a from decided where decision = 'same'
),

reached as (
    select
        project_id,
        other_project_id
    from pairs
    union
    select
        reached.project_id,
        pairs.other_project_id
    from reached
    inner join pairs on reached.other_project_id = pairs.project_id
),

originals as (
    select
        reached.project_id,
        min_by(
            {'project_id': other.project_id, 'county_code': other.county_code},
            (other.first_reported_on, other.county_code, other.project_id)
        ) as original
    from reached
    inner join {{ ref('int_projects') }} as other on reached.other_project_id = other.project_id
    group by reached.project_id
)

select
    originals.project_id,
    originals.original['project_id'] as duplicate_of
from originals
inner join {{ ref('int_projects') }} as projects using (project_id)
-- Two projects of one county are not made one because another county claims the first of them.
where originals.original['county_code'] <> projects.county_code and originals.original['project_id'] <> projects.project_id
