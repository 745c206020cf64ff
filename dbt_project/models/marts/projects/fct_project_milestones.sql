{%- set stated_in = {
    'signed': 'signed_on', 'registered': 'registered_on', 'performed': 'performed_on', 'started': 'started_on',
    'completed': 'completed_on', 'in_production': 'production_on',
} -%}
-- What each project has reached, how late against its plan, and the first row that says so.
with telling_rows as (
    select
        milestones.project_id,
        milestones.milestone,
        statements.file_sha256,
        statements.sheet,
        statements.row_number,
        row_number() over (
            partition by milestones.project_id, milestones.milestone
            order by
                case when statements.report_date < milestones.first_reported_on then 1 else 0 end,
                statements.report_date, statements.file_sha256, statements.sheet, statements.row_number
        ) as place
    from {{ ref('int_milestones') }} as milestones
    inner join {{ ref('int_project_statements') }} as statements using (project_id)
    where
        case
            {%- for milestone, column in stated_in.items() %}
            when milestones.basis = 'stated' and milestones.milestone = '{{ milestone }}'
                then statements.{{ column }} = milestones.reached_on
            {%- endfor %}
            else statements.report_date = milestones.first_reported_on
        end
)

select
    milestones.project_id,
    projects.county_code,
    milestones.milestone,
    milestones.reached_on,
    milestones.reached_on_precision,
    milestones.basis,
    milestones.planned_on,
    milestones.first_planned_on,
    cast({{ days_between(
        period_end('milestones.planned_on', 'milestones.planned_on_precision'), 'milestones.reached_on'
    ) }} as integer) as days_late,
    milestones.first_reported_on,
    milestones.was_seen_before,
    duplicates.duplicate_of is null as is_counted,
    telling_rows.file_sha256,
    telling_rows.sheet,
    telling_rows.row_number
from {{ ref('int_milestones') }} as milestones
inner join {{ ref('int_projects') }} as projects using (project_id)
left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
left join telling_rows
    on
        milestones.project_id = telling_rows.project_id
        and milestones.milestone = telling_rows.milestone
        and telling_rows.place = 1
