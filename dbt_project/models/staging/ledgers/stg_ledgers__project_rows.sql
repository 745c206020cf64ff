-- Accepted project rows with a report date up to `as_of`, with the keys that identify a project.
select
    lake.* exclude (period, report_month),
    coalesce(lake.report_month, {{ month_start('lake.report_date') }}) as report_month,
    {{ project_code_key('lake.project_code') }} as code_key,
    {{ project_name_key('lake.project_name') }} as name_key,
    {{ investor_key('lake.investor_name') }} as investor_key
from {{ source('lake', 'ledger_project_rows') }} as lake
where
    lake.report_date <= {{ as_of() }}
    and lake.project_name is not null
    and not exists (
        select 1 from {{ ref('stg_ledgers__failed_rows') }} as failed where failed.row_id = lake.row_id
    )
