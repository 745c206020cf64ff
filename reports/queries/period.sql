-- The last month that any county had reported on by the meeting's date, and the last day its ledgers tell of: a month that
-- only weekly ledgers tell of has not ended yet, and one whose ledgers came after the meeting is told to its end.
with of_month as (
    select max(report_month) as report_month
    from ledger_files
    where not_standing_reason is null and report_date <= $on_date::date
)

select
    of_month.report_month,
    max(files.report_date) as reported_to
from of_month
left join ledger_files as files
    on of_month.report_month = files.report_month and files.not_standing_reason is null
group by of_month.report_month
