-- Projects that the latest two or more ledgers of their county no longer list: kept, not dropped. Of one that people
-- split or merged nobody asks where it went.
select
    project_id,
    county_code,
    project_name,
    stage,
    last_reported_on,
    ledgers_missed,
    funds_arrived_cumulative_cny,
    responsible_unit,
    file_sha256,
    sheet,
    row_number
from {{ ref('dim_project') }}
where
    is_missing_from_latest_two
    and project_id not in (
        select superseded.project_id from {{ ref('int_superseded_projects') }} as superseded
        where superseded.superseded_on <= {{ as_of() }}
    )
