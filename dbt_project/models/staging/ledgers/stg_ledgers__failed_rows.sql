-- Rows that the reader accepted and a check on the file turned away, with every check that did.
select
    row_id,
    to_json(list(
        { 'code': check_name, 'column': column_name, 'raw': raw, 'message': message }
        order by check_name, column_name, raw, message
    )) as reasons
from {{ source('lake', 'check_failures') }}
group by row_id
