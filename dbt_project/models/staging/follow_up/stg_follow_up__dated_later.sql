-- Replies and decisions dated after the business date, in workbooks given out by then: a date that was mistyped, or one
-- that is still to come. They count from their day on; until then people are told.
select distinct
    file_sha256,
    sheet,
    row_number,
    follow_up_id,
    case event when 'received' then '签收日期' else '回复日期' end as column_name,
    happened_on as dated_on
from {{ source('lake', 'follow_up_events') }}
where happened_on_basis = 'stated' and happened_on > {{ as_of() }} and issued_on <= {{ as_of() }}
union all
select distinct
    file_sha256,
    sheet,
    row_number,
    cast(null as varchar) as follow_up_id,
    '判定日期' as column_name,
    decided_on as dated_on
from {{ source('lake', 'follow_up_decisions') }}
where decided_on > {{ as_of() }} and issued_on <= {{ as_of() }}
