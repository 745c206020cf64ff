select
    follow_up_id,
    rule_id,
    level,
    status,
    opened_on,
    due_on,
    due_basis,
    is_overdue,
    closed_on,
    closed_reason,
    reopened_on,
    repeats,
    replies
from fct_follow_ups
where project_id = $project_id
order by opened_on, rule_id, follow_up_id
