-- What people decided about pairs of projects in returned workbooks, up to `as_of`. The same decision in two files
-- counts once: the file that was issued last, then by its bytes, so that no order of arrival matters.
select * exclude (period)
from {{ source('lake', 'follow_up_decisions') }}
where decided_on <= {{ as_of() }}
qualify
    row_number() over (partition by event_id order by issued_on desc, file_sha256 asc, sheet asc, row_number asc) = 1
