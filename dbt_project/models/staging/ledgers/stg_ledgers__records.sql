-- What the reader wrote down of every ledger file, with a fingerprint of all of it and of the rows that checks turned
-- away: equal fingerprints, equal rows (the reader's own version is compared by `warehouse/rebuild.py`).
with failed as (
    select
        county_code,
        file_sha256,
        bit_xor(hash(row_id)) as failed_fingerprint
    from (
        select distinct
            county_code,
            file_sha256,
            row_id
        from {{ source('lake', 'check_failures') }}
    ) as failed_rows
    group by county_code, file_sha256
)

select
    records.* exclude (period),
    concat(records.county_code, '|', records.file_sha256, '|', records.report_date) as ledger_key,
    hash(records, failed.failed_fingerprint) as record_fingerprint
from {{ source('lake', 'ledger_files') }} as records
left join failed on records.county_code = failed.county_code and records.file_sha256 = failed.file_sha256
