-- What the pack rests on: the files of the month and every file that was refused.
select
    files.county_code,
    coalesce(names.county_name, files.county_code) as county_name,
    files.file_name,
    files.status,
    files.report_date,
    files.rows_accepted,
    files.rows_rejected,
    files.reason_message
from ledger_files as files
left join dim_county as names on files.county_code = names.county_code
where files.report_month = $month_start or files.status = 'refused'
order by files.county_code, files.report_date nulls last, files.file_name
