-- Replies that could not be used, with the reason and all they say.
select * exclude (period)
from {{ source('lake', 'follow_up_rejected') }}
