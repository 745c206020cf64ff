-- Ledgers that state a project's stage further back than the one before.
with stages as (
    select
        project_id,
        county_code,
        report_date,
        stage_stated as stage,
        {{ stage_rank('stage_stated') }} as stage_rank,
        lag(stage_stated) over by_date as earlier_stage,
        lag({{ stage_rank('stage_stated') }}) over by_date as earlier_rank,
        file_sha256,
        sheet,
        row_number
    from {{ ref('int_project_statements') }}
    where stage_stated is not null
    window by_date as (partition by project_id order by report_date)
)

select
    project_id,
    county_code,
    report_date,
    earlier_stage,
    stage,
    file_sha256,
    sheet,
    row_number
from stages
where stage_rank < earlier_rank or (earlier_stage = 'terminated' and stage <> 'terminated')
