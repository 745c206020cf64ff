-- What the pack rests on: the files of the month, and every file that counts for no month or was refused and has neither
-- been sent again under its name nor been taken back. What came under an old code stands under the county's name of
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
        and not exists (
            select 1
            from ledger_files as later
            where
                later.county_code = files.county_code
                and later.file_name = files.file_name
                and later.status = 'read'
                and later.landed_order > files.landed_order
        )
    )
order by coalesce(current_names.county_code, files.county_code), files.report_date nulls last, files.file_name
