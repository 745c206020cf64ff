-- Every landed file, ledgers and others, by where it came from and its bytes.
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
left join {{ ref('stg_ledgers__files') }} as ledgers
    on
        landed.kind = 'ledger'
        and landed.county_code = ledgers.county_code
        and landed.file_sha256 = ledgers.file_sha256
-- A ledger with a later report date does not exist yet.
where landed.kind <> 'ledger' or ledgers.file_sha256 is not null
