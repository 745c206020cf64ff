-- Problems, appeals, permit steps and promises, each as its latest ledger tells it, with the project it is about.
with
-- A step in a row of its own, and steps side by side in one row of their project.
stated as (
    select
        row_id,
        county_code,
        file_sha256,
        sheet,
        row_number,
        report_date,
        problem_kind,
        project_name,
        investor_name,
        subject,
        measure,
        owner_unit,
        owner_leader,
        owner_person,
        received_on,
        due_on,
        due_on_precision,
        closed_on,
        status,
        state as state_said,
        amount_cny,
        problem_type,
        progress_note,
        open_reason,
        policy_name,
        paid_cny,
        promised_on,
        document_no
    from {{ source('lake', 'ledger_problem_rows') }}
    -- A row of a project whose steps stand side by side says nothing but those steps.
    where problem_kind <> 'approval_step' or subject is not null
    union all by name
    select
        row_id,
        county_code,
        file_sha256,
        sheet,
        row_number,
        report_date,
        'approval_step' as problem_kind,
        project_name,
        investor_name,
        step as subject,
        owner_unit,
        owner_person,
        due_on,
        due_on_precision,
        closed_on,
        status,
        state as state_said
    from {{ source('lake', 'ledger_step_values') }}
),

listed as (
    select
        rows.*,
        coalesce(codes.current_code, rows.county_code) as current_county_code,
        {{ project_name_key('rows.project_name') }} as name_key,
        md5(concat_ws(
            '|', coalesce(codes.current_code, rows.county_code), rows.problem_kind,
            coalesce({{ project_name_key('rows.project_name') }}, ''), coalesce({{ plain_text('rows.subject') }}, ''),
            -- The same appeal made again on another day is another one; a permit step of a project is one.
            case
                when rows.problem_kind = 'approval_step' then ''
                else coalesce(cast(rows.received_on as varchar), '')
            end
        )) as item_key
    from stated as rows
    left join {{ ref('int_county_codes') }} as codes on rows.county_code = codes.county_code
    where rows.report_date <= {{ as_of() }}
),

latest as (
    select
        *,
        -- 部分兑现 beside 兑现时间: what was paid so far has a day, and the whole is not done.
        coalesce(
            closed_on <= {{ as_of() }}
            and coalesce(state_said not in ('open', 'not_accepted', 'impossible'), true), false
        ) as is_closed,
        min(report_date) over (partition by item_key) as first_reported_on
    from listed
    qualify
        row_number() over (
            partition by item_key order by report_date desc, file_sha256 asc, sheet asc, row_number asc, row_id asc
        ) = 1
),

names as (
    select distinct
        county_code,
        name_key,
        project_id
    from {{ ref('int_project_versions') }}
),

-- A name that two projects of a county have used points to neither.
projects as (
    select
        county_code,
        name_key,
        min(project_id) as project_id
    from names
    group by county_code, name_key
    having count(*) = 1
)

select
    latest.problem_kind,
    concat('Q', substr(latest.item_key, 1, 16)) as item_id,
    latest.current_county_code as county_code,
    projects.project_id,
    latest.project_name,
    latest.investor_name,
    latest.subject,
    latest.measure,
    latest.amount_cny,
    latest.owner_unit as responsible_unit,
    latest.owner_leader as responsible_leader,
    latest.owner_person as responsible_person,
    latest.problem_type,
    latest.progress_note,
    latest.open_reason,
    latest.policy_name,
    latest.paid_cny,
    latest.promised_on,
    latest.document_no,
    latest.received_on,
    latest.due_on,
    latest.due_on_precision,
    case when latest.is_closed then latest.closed_on end as done_on,
    latest.status as state_raw,
    case
        when latest.is_closed then 'done'
        when latest.state_said in ('impossible', 'not_needed', 'done') then latest.state_said
        when {{ days_past('latest.due_on', 'latest.due_on_precision') }} > 0 then 'overdue'
        when latest.state_said = 'not_accepted' then 'not_accepted'
        else 'open'
    end as state,
    latest.first_reported_on,
    latest.report_date as last_reported_on,
    latest.file_sha256,
    latest.sheet,
    latest.row_number
from latest
left join projects on latest.current_county_code = projects.county_code and latest.name_key = projects.name_key
