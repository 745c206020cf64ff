-- Every returned file, read or refused.
select * exclude (period)
from {{ source('lake', 'follow_up_files') }}
