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
    cast(null as date) as received_on,
    due_on,
    cast(null as date) as done_on,
    case when due_on < {{ as_of() }} then 'overdue' else 'open' end as state,
    cast(null as varchar) as state_raw,
    case when due_on < {{ as_of() }} then cast({{ days_between('due_on', as_of()) }} as integer) end as days_overdue,
    last_reported_on as first_reported_on,
    last_reported_on,
    file_sha256,
    sheet,
    row_number
from {{ ref('dim_project') }}
where problem is not null
