-- The stalled list, reddest and longest first, each with the last ledger row that speaks of the project.
with last_rows as (
    select
        project_id,
        max_by(file_sha256, report_month) as file_sha256,
        max_by(sheet, report_month) as sheet,
        max_by(row_number, report_month) as row_number
    from fct_project_snapshots
    where report_month <= $on_date::date and file_sha256 is not null
    group by project_id
),

-- The same bytes under two names are one file; two sources may have sent them.
file_names as (
    select
        file_sha256,
        min(file_name) as file_name
    from ledger_files
    where status = 'read'
    group by file_sha256
)

select
    stalled.county_code,
    coalesce(names.county_name, stalled.county_code) as county_name,
    stalled.project_id,
    stalled.project_name,
    stalled.investor_name,
    stalled.rule_id,
    stalled.rule_name,
    stalled.light,
    stalled.days_stalled,
    stalled.since_on,
    stalled.reason,
    coalesce(stalled.responsible_unit, stalled.tracking_unit) as responsible_unit,
    stalled.responsible_leader,
    stalled.action,
    stalled.due_on,
    stalled.rule_source,
    projects.stage,
    projects.total_investment_cny,
    projects.is_counted,
    file_names.file_name,
    last_rows.sheet,
    last_rows.row_number
from stalled_projects as stalled
left join dim_county as names on stalled.county_code = names.county_code
left join dim_project as projects on stalled.project_id = projects.project_id
left join last_rows on stalled.project_id = last_rows.project_id
left join file_names on last_rows.file_sha256 = file_names.file_sha256
order by
    case stalled.light when 'red' then 1 else 2 end,
    stalled.days_stalled desc nulls last,
    stalled.county_code,
    stalled.project_name,
    stalled.rule_id
