-- What the pack rests on: the files of the month, and every file that counts for no month or was refused and has neither
-- been sent again, under its name or of its date, nor been taken back. What came under an old code stands under the county's name of
-- today, with the old one.
select
    files.county_code,
    concat(
        coalesce(current_names.county_name, names.county_name, files.county_code),
        case when current_names.county_code <> files.county_code then concat('（原', names.county_name, '）') end
    ) as county_name,
    files.file_name,
    files.status,
    files.report_date,
    files.rows_accepted,
    files.rows_rejected,
    files.reason_message,
    files.settled_by,
    files.not_standing_reason
from ledger_files as files
left join dim_county as names on files.county_code = names.county_code
left join dim_county as current_names on names.current_county_code = current_names.county_code
where
    files.report_month = $month_start
    or files.not_standing_reason = 'no_report_date'
    or (
        files.status = 'refused'
        and files.reason_code is distinct from 'withdrawn'
        and files.settled_by is null
    )
order by coalesce(current_names.county_code, files.county_code), files.report_date nulls last, files.file_name
