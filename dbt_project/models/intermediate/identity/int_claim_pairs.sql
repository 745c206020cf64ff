-- Projects of different counties that may be one, both ways round: the same name and investor at any time, the same
-- statutory code, or people's word. `different` pairs stay in, so that everybody sees what was decided.
with keys as (
    select distinct
        project_id,
        county_code,
        'same_name_and_investor' as reason,
        concat(name_key, '|', investor_key) as claim_key
    from {{ ref('int_project_namings') }}
    where investor_key is not null
    union
    select distinct
        project_id,
        county_code,
        'same_statutory_code' as reason,
        code_key as claim_key
    from {{ ref('int_project_namings') }}
    where length(code_key) >= 18
),

decided as (
    select distinct
        decisions.decision,
        a.project_id,
        b.project_id as other_project_id
    from {{ ref('int_identity_decisions') }} as decisions
    inner join {{ ref('int_project_identity') }} as a on decisions.label_id_a = a.label_id
    inner join {{ ref('int_project_identity') }} as b on decisions.label_id_b = b.label_id
    where a.project_id <> b.project_id and decisions.decision in ('same', 'renamed', 'different')
),

decided_both_ways as (
    select
        project_id,
        other_project_id,
        decision
    from decided
    union
    select
        other_project_id as project_id,
        project_id as other_project_id,
        decision
    from decided
),

found as (
    select
        a.project_id,
        b.project_id as other_project_id,
        a.reason
    from keys as a
    inner join keys as b on a.reason = b.reason and a.claim_key = b.claim_key and a.county_code <> b.county_code
    union
    select
        project_id,
        other_project_id,
        concat('decided_', decision) as reason
    from decided_both_ways
)

select
    found.project_id,
    found.other_project_id,
    string_agg(distinct found.reason, ' ' order by found.reason) as reasons,
    max(decisions.decision) as decision
from found
left join decided_both_ways as decisions
    on found.project_id = decisions.project_id and found.other_project_id = decisions.other_project_id
group by found.project_id, found.other_project_id
