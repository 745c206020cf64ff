{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- The rows of ledgers that list a project twice (on two sheets). The row furthest along stands, then the fuller one,
-- then the upper one.
with changed as (
    {{ changed_rows(ref('int_project_rows'), ref('int_county_changes')) }}
),

repeated as (
    select
        namings.project_id,
        changed.report_date
    from changed
    inner join {{ ref('int_project_namings') }} as namings on changed.naming_key = namings.naming_key
    group by namings.project_id, changed.report_date
    having count(*) > 1
)

select
    changed.county_code,
    repeated.project_id,
    changed.report_date,
    changed.naming_key,
    changed.row_id,
    count(*) over (partition by repeated.project_id, changed.report_date) as rows_in_ledger,
    row_number() over (
        partition by repeated.project_id, changed.report_date
        order by
            case when changed.stage = 'terminated' then 9 else coalesce({{ stage_rank('changed.stage') }}, -1) end desc,
            {{ count_known(
                ['changed.signed_on', 'changed.started_on', 'changed.total_investment_cny',
                 'changed.funds_arrived_cumulative_cny', 'changed.investor_name', 'changed.progress_note']
            ) }} desc,
            changed.reported_county_code asc,
            changed.file_sha256 asc,
            changed.sheet asc,
            changed.row_number asc,
            changed.row_id asc
    ) = 1 as is_standing
from changed
inner join {{ ref('int_project_namings') }} as namings on changed.naming_key = namings.naming_key
inner join repeated
    on namings.project_id = repeated.project_id and changed.report_date = repeated.report_date
