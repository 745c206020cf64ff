-- One row a problem or appeal: from problem ledgers, and the problem column of the latest project row.
select
    item_id as problem_id,
    problem_kind,
    county_code,
    project_id,
    project_name,
    investor_name,
    subject,
    measure,
    amount_cny,
    responsible_unit,
    responsible_leader,
    responsible_person,
    problem_type,
    progress_note,
    open_reason,
    received_on,
    due_on,
    due_on_precision,
    done_on,
    state,
    state_raw,
    case when state = 'overdue' then {{ days_past('due_on', 'due_on_precision') }} end as days_overdue,
    first_reported_on,
    last_reported_on,
    file_sha256,
    sheet,
    row_number
from {{ ref('int_problem_items') }}
where problem_kind in ('problem', 'appeal')
union all
select
    concat('Q', substr(md5(concat_ws('|', project_id, problem)), 1, 16)) as problem_id,
    'project_row' as problem_kind,
    county_code,
    project_id,
    project_name,
    investor_name,
    problem as subject,
    measure,
    cast(null as decimal(20, 2)) as amount_cny,
    responsible_unit,
    responsible_leader,
    cast(null as varchar) as responsible_person,
    cast(null as varchar) as problem_type,
    cast(null as varchar) as progress_note,
    cast(null as varchar) as open_reason,
    cast(null as date) as received_on,
    due_on,
    due_on_precision,
    cast(null as date) as done_on,
    case when {{ days_past('due_on', 'due_on_precision') }} > 0 then 'overdue' else 'open' end as state,
    cast(null as varchar) as state_raw,
    case
        when {{ days_past('due_on', 'due_on_precision') }} > 0 then {{ days_past('due_on', 'due_on_precision') }}
    end as days_overdue,
    last_reported_on as first_reported_on,
    last_reported_on,
    file_sha256,
    sheet,
    row_number
from {{ ref('dim_project') }}
where problem is not null
