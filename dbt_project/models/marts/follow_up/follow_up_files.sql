-- Every returned file: read or refused.
select
    file_sha256,
    file_name,
    status,
    reason_code,
    reason_message,
    issued_on,
    rows_seen,
    rows_answered,
    rows_rejected
from {{ ref('stg_follow_up__files') }}
