{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- The rows of ledgers that list a project twice (on two sheets). The row furthest along stands, then the fuller one,
-- then the upper one. Rows are read twice, first few columns and then few rows: as one CTE they would be written down
-- whole.
with repeated as (
    select
        namings.project_key,
        changed.report_date
    from ({{ changed_rows(ref('int_project_rows'), ref('int_county_changes')) }}) as changed
    inner join {{ ref('int_project_namings') }} as namings on changed.naming_key = namings.naming_key
    group by namings.project_key, changed.report_date
    having count(*) > 1
),

listed as (
    select
        changed.county_code,
        namings.project_id,
        changed.report_date,
        changed.row_key,
        changed.reported_county_code,
        changed.file_sha256,
        changed.sheet,
        changed.row_number,
        changed.funds_arrived_cumulative_cny,
        changed.progress_note,
        contents.stage,
        contents.signed_on,
        contents.started_on,
        contents.total_investment_cny,
        contents.investor_name
    from ({{ changed_rows(ref('int_project_rows'), ref('int_county_changes')) }}) as changed
    inner join {{ ref('int_project_namings') }} as namings on changed.naming_key = namings.naming_key
    inner join repeated
        on namings.project_key = repeated.project_key and changed.report_date = repeated.report_date
    inner join {{ ref('int_statement_contents') }} as contents
        on
            changed.naming_key = contents.naming_key
            and changed.statement_fingerprint = contents.statement_fingerprint
)

select
    county_code,
    project_id,
    report_date,
    row_key,
    count(*) over (partition by project_id, report_date) as rows_in_ledger,
    row_number() over (
        partition by project_id, report_date
        order by
            case when stage = 'terminated' then 9 else coalesce({{ stage_rank('stage') }}, -1) end desc,
            {{ count_known(
                ['signed_on', 'started_on', 'total_investment_cny', 'funds_arrived_cumulative_cny', 'investor_name',
                 'progress_note']
            ) }} desc,
            reported_county_code asc,
            file_sha256 asc,
            sheet asc,
            row_number asc,
            row_key asc
    ) = 1 as is_standing
from listed
