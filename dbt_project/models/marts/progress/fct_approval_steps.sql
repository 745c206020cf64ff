-- One row a project and permit step, as its latest ledger tells it.
select
    item_id as step_id,
    county_code,
    project_id,
    project_name,
    investor_name,
    subject as permit_step,
    measure,
    amount_cny,
    responsible_unit,
    responsible_leader,
    responsible_person,
    progress_note,
    open_reason,
    document_no,
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
where problem_kind = 'approval_step'
