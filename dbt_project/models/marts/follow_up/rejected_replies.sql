-- Every filled cell of a returned workbook that could not be used, and why.
select
    file_sha256,
    sheet,
    row_number,
    follow_up_id,
    column_name,
    -- Where a person's name was asked for, one character stays.
    case when column_name in ('责任人', '签收人') then concat(substr(raw, 1, 1), '**') else raw end as raw,
    reason_code,
    message
from {{ ref('stg_follow_up__rejected') }}
