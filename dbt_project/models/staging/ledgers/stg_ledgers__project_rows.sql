-- Accepted project rows with a report date up to `as_of`.
select
    lake.* exclude (report_month, raw, extra),
    coalesce(lake.report_month, {{ month_start('lake.report_date') }}) as report_month
from {{ source('lake', 'ledger_project_rows') }} as lake
anti join {{ ref('stg_ledgers__failed_rows') }} as failed on lake.row_id = failed.row_id
where
    lake.report_date <= {{ as_of() }}
    and lake.project_name is not null
