-- Projects that another one counts instead of. Claimed by more than one county: the one reported first (at a tie in the
-- lower county code) counts, the others are its duplicates. By people's word: a project split into phases or merged
-- into another, and one that is part of another.
with recursive pairs as (
    select
        project_id,
        other_project_id
    from {{ ref('int_claim_pairs') }}
    where decision is distinct from 'different'
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
        min_by(other.project_id, (other.first_reported_on, other.county_code, other.project_id)) as original_id,
        min_by(other.county_code, (other.first_reported_on, other.county_code, other.project_id)) as original_county
    from reached
    inner join {{ ref('int_projects') }} as other on reached.other_project_id = other.project_id
    group by reached.project_id
),

-- The first reported of the phases stands for all of them.
superseded as (
    select
        a.project_id,
        min(decisions.decision) as reason,
        min_by(b.project_id, (successors.first_reported_on, b.project_id)) as duplicate_of
    from {{ ref('int_identity_decisions') }} as decisions
    inner join {{ ref('int_project_identity') }} as a on decisions.label_id_a = a.label_id
    inner join {{ ref('int_project_identity') }} as b on decisions.label_id_b = b.label_id
    inner join {{ ref('int_projects') }} as successors on b.project_id = successors.project_id
    where decisions.decision in ('split_into', 'merged_into', 'part_of') and a.project_id <> b.project_id
    group by a.project_id
)

select
    project_id,
    duplicate_of,
    reason
from superseded
union all
select
    originals.project_id,
    originals.original_id as duplicate_of,
    'claimed_by_other_county' as reason
from originals
inner join {{ ref('int_projects') }} as projects using (project_id)
-- Two projects of one county are not made one because another county claims the first of them.
where
    originals.original_county <> projects.county_code
    and originals.original_id <> projects.project_id
    and originals.project_id not in (select s.project_id from superseded as s)
