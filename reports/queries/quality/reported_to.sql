-- The latest report date of the ledgers that stand, of all counties or of $county_code.
select max(report_date)
from ledger_files
where not_standing_reason is null and county_code = coalesce($county_code, county_code)
