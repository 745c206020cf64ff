-- Replies that could not be used, with the reason and all they say. The same file from two sources tells it once.
select distinct * exclude (period)
from {{ source('lake', 'follow_up_rejected') }}
