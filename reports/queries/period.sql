-- The last month that any county has reported on by the meeting's date.
select max(report_month) as report_month
from fct_project_snapshots
where report_month <= $on_date::date
