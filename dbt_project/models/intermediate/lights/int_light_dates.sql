-- The days on which each county's lights are looked at: every ledger (a light changes with what a ledger says),
-- the day before it (between two ledgers a date only makes a light worse, so the worst is seen), every month's
-- end, the first and the last day of every exemption and the day before it, and `as_of`. A light on a past day is what
-- the ledgers up to that day say, so it is the same from whichever later day it is seen.
with ledgers as (
    select distinct
        county_code,
        report_date,
        min(report_date) over (partition by county_code) as first_report_date
    from {{ ref('int_ledger_sequence') }}
),

exempted as (
    select
        county_code,
        {{ add_days('valid_from', -1) }} as as_of_on
    from {{ ref('exemptions') }}
    union
    select
        county_code,
        valid_from as as_of_on
    from {{ ref('exemptions') }}
    union
    select
        county_code,
        valid_to as as_of_on
    from {{ ref('exemptions') }}
),

days as (
    select
        county_code,
        report_date as as_of_on
    from ledgers
    union
    select
        county_code,
        {{ add_days('report_date', -1) }} as as_of_on
    from ledgers
    where first_report_date < report_date
    union
    select
        submissions.county_code,
        submissions.month_end_on as as_of_on
    from {{ ref('int_submissions') }} as submissions
    inner join
        (select distinct
            county_code,
            first_report_date
        from ledgers) as firsts
        on submissions.county_code = firsts.county_code and firsts.first_report_date <= submissions.month_end_on
    where submissions.month_end_on <= {{ as_of() }}
    union
    select
        firsts.county_code,
        exempted.as_of_on
    from exempted
    left join {{ ref('int_county_codes') }} as codes on exempted.county_code = codes.county_code
    inner join
        (select distinct
            county_code,
            first_report_date
        from ledgers) as firsts
        on coalesce(codes.current_code, exempted.county_code) = firsts.county_code
    where exempted.as_of_on between firsts.first_report_date and {{ as_of() }}
    union
    select
        county_code,
        {{ as_of() }} as as_of_on
    from ledgers
)

select
    county_code,
    as_of_on,
    lag(as_of_on) over by_date as previous_as_of_on,
    row_number() over by_date as date_number,
    as_of_on = {{ as_of() }} as is_latest,
    exists(
        select 1 from ledgers
        where ledgers.county_code = days.county_code and ledgers.report_date = days.as_of_on
    ) as is_ledger_date
from days
window by_date as (partition by county_code order by as_of_on)
