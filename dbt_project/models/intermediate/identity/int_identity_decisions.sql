-- People's decisions that stand, on pairs of labels: `same` and `renamed` join them, `different` keeps them apart.
select
    label_id_a,
    label_id_b,
    min(decision) as decision,
    is_same_county
from {{ ref('int_decisions_said') }}
where status = 'standing'
group by label_id_a, label_id_b, is_same_county
