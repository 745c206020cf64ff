-- One row a promise of policy (政策兑现), as its latest ledger tells it.
select
    item_id as promise_id,
    county_code,
    project_id,
    project_name,
    investor_name,
    subject as promise,
    measure,
    amount_cny,
    responsible_unit,
    responsible_leader,
    received_on,
    due_on,
    done_on,
    state,
    state_raw,
    case when state = 'overdue' then cast({{ days_between('due_on', as_of()) }} as integer) end as days_overdue,
    first_reported_on,
    last_reported_on,
    file_sha256,
    sheet,
    row_number
from {{ ref('int_problem_items') }}
where problem_kind = 'policy_promise'
