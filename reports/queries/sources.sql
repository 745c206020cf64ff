-- What the pack rests on: the files of the month, and every file that was refused or counts for no month.
select
    files.county_code,
    coalesce(names.county_name, files.county_code) as county_name,
    files.file_name,
    files.status,
    files.report_date,
    files.rows_accepted,
    files.rows_rejected,
    files.reason_message,
    files.not_standing_reason
from ledger_files as files
left join dim_county as names on files.county_code = names.county_code
where files.report_month = $month_start or files.status = 'refused' or files.not_standing_reason = 'no_report_date'
order by files.county_code, files.report_date nulls last, files.file_name
