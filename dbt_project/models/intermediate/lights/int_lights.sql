-- The lights as of the run: the last day of their history.
select * exclude (as_of_on)
from {{ ref('int_light_history') }}
where as_of_on = {{ as_of() }}
