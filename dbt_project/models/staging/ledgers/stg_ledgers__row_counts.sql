{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='delete+insert', unique_key='ledger_key', on_schema_change='fail',
) }}
{%- set changed = changed_records(ref('stg_ledgers__records')) -%}
{%- set lake_rows = lake_rows_of(source('lake', 'ledger_project_rows'), changed ~ ' as ledgers') -%}
-- How many project rows every ledger file brought, and how many of them a check turned away. A file is counted once,
-- and again where its record or its failed checks changed. The lake is looked at twice: as one CTE its rows would be
-- written down whole.
with changed as (
    select *
    from {{ changed }} as ledgers
),

counted as (
    select
        county_code,
        file_sha256,
        report_date,
        count(*) as rows_read
    from ({{ lake_rows }}) as lake_rows
    group by county_code, file_sha256, report_date
),

failed as (
    select
        county_code,
        file_sha256,
        report_date,
        count(*) as rows_failed_checks
    from ({{ lake_rows }}) as lake_rows
    where row_id in (select f.row_id from {{ ref('stg_ledgers__failed_rows') }} as f)
    group by county_code, file_sha256, report_date
)

select
    changed.ledger_key,
    changed.record_fingerprint,
    coalesce(counted.rows_read, 0) - coalesce(failed.rows_failed_checks, 0) as project_rows_standing,
    coalesce(failed.rows_failed_checks, 0) as rows_failed_checks
from changed
left join counted
    on
        changed.reported_county_code = counted.county_code
        and changed.file_sha256 = counted.file_sha256
        and changed.report_date is not distinct from counted.report_date
left join failed
    on
        changed.reported_county_code = failed.county_code
        and changed.file_sha256 = failed.file_sha256
        and changed.report_date is not distinct from failed.report_date
