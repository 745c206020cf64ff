-- Replies that could not be used, with the reason and all they say, in workbooks given out by the business date. The
-- same file from two sources tells it once.
select distinct rejected.* exclude (period)
from {{ source('lake', 'follow_up_rejected') }} as rejected
where
    rejected.file_sha256 not in (
        select file_sha256 from {{ source('lake', 'follow_up_files') }} where issued_on > {{ as_of() }}
    )
