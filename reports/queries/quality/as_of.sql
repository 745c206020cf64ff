-- The day the publication is as of.
select date_day
from dim_date
where is_business_date
