-- Every filled cell of a returned workbook that could not be used, and why.
select
    file_sha256,
    sheet,
    row_number,
    follow_up_id,
    column_name,
    raw,
    reason_code,
    message
from {{ ref('stg_follow_up__rejected') }}
