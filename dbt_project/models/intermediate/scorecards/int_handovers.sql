-- Projects that people said were split or merged, and each of those that took over from them. A successor in another
-- county takes over nothing.
select
    before.project_id,
    after.project_id as successor_id,
    bool_or(decisions.decision = 'split_into') as is_split,
    min(decisions.decided_on) as decided_on
from {{ ref('int_decisions_said') }} as decisions
inner join {{ ref('int_project_identity') }} as before_label on decisions.label_id_a = before_label.label_id
inner join {{ ref('int_project_identity') }} as after_label on decisions.label_id_b = after_label.label_id
inner join {{ ref('int_projects') }} as before on before_label.project_id = before.project_id
inner join {{ ref('int_projects') }} as after on after_label.project_id = after.project_id
where
    decisions.status = 'standing'
    and decisions.decision in ('split_into', 'merged_into')
    and before.county_code = after.county_code
    and before.project_id <> after.project_id
group by before.project_id, after.project_id
