-- Problems, appeals, permit steps and promises, each as its latest ledger tells it, with the project it is about.
with listed as (
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
    from {{ source('lake', 'ledger_problem_rows') }} as rows
    left join {{ ref('int_county_codes') }} as codes on rows.county_code = codes.county_code
    where rows.report_date <= {{ as_of() }}
),

latest as (
    select
        *,
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
    latest.received_on,
    latest.due_on,
    case when latest.closed_on <= {{ as_of() }} then latest.closed_on end as done_on,
    latest.status as state_raw,
    case
        when latest.closed_on <= {{ as_of() }} then 'done'
        when regexp_matches(coalesce(latest.status, ''), '无法办理|不予|不能办') then 'impossible'
        when
            regexp_matches(coalesce(latest.status, ''), '办结|销号|完成|解决|兑现|已办')
            and not regexp_matches(coalesce(latest.status, ''), '未|没有|正在|部分')
            then 'done'
        when latest.due_on < {{ as_of() }} then 'overdue'
        when regexp_matches(coalesce(latest.status, ''), '未受理|未办|未启动') then 'not_accepted'
        else 'open'
    end as state,
    latest.first_reported_on,
    latest.report_date as last_reported_on,
    latest.file_sha256,
    latest.sheet,
    latest.row_number
from latest
left join projects on latest.current_county_code = projects.county_code and latest.name_key = projects.name_key
