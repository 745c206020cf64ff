-- Projects that people split into phases or merged into another, and since when: what is to be done since then is asked
-- of the successors. A project that is part of another still has its own deadlines.
select
    identity.project_id,
    min(decisions.decided_on) as superseded_on
from {{ ref('int_decisions_said') }} as decisions
inner join {{ ref('int_project_identity') }} as identity on decisions.label_id_a = identity.label_id
inner join {{ ref('int_project_identity') }} as successors on decisions.label_id_b = successors.label_id
where
    decisions.status = 'standing'
    and decisions.decision in ('split_into', 'merged_into')
    and identity.project_id <> successors.project_id
group by identity.project_id
