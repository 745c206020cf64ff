-- Every reply that was read: who answered what, and in which file, sheet and row it stands.
select
    event_id,
    follow_up_id,
    project_id,
    rule_id,
    county_code,
    event,
    happened_on,
    happened_on_basis,
    events.status,
    states.status_label,
    cause,
    measure,
    person as responsible_person,
    new_due_on,
    evidence_reference,
    received_on,
    issued_on,
    file_sha256,
    sheet,
    row_number
from {{ ref('int_follow_up_answers') }} as events
left join {{ ref('stg_knowledge__reply_states') }} as states on events.status = states.status
