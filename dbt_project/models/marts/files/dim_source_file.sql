-- Every landed file, ledgers and others, by where it came from and its bytes. Bytes that came again under a name of
-- another date are one file here, with their first date.
with ledgers as (
    select
        county_code,
        file_sha256,
        min(report_date) as report_date,
        min(report_month) as report_month,
        min(status) as status
    from {{ ref('stg_ledgers__files') }}
    group by county_code, file_sha256
)

select
    landed.file_sha256,
    landed.kind,
    landed.source_id,
    landed.county_code,
    landed.file_name,
    landed.other_names,
    landed.size_bytes,
    landed.landed_order,
    ledgers.report_date,
    ledgers.report_month,
    ledgers.status
from {{ ref('stg_landing__files') }} as landed
left join ledgers
    on
        landed.kind = 'ledger'
        and landed.county_code = ledgers.county_code
        and landed.file_sha256 = ledgers.file_sha256
-- A ledger with a later report date does not exist yet.
where landed.kind <> 'ledger' or ledgers.file_sha256 is not null
