-- Projects claimed by more than one county: the one reported first (at a tie in the lower county code) counts, the
-- others are its duplicates.
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
)

select
    originals.project_id,
    originals.original_id as duplicate_of
from originals
inner join {{ ref('int_projects') }} as projects using (project_id)
-- Two projects of one county are not made one because another county claims the first of them.
where originals.original_county <> projects.county_code and originals.original_id <> projects.project_id
