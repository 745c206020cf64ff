-- The project ledgers that stand: one a reporting county and report date, with what came before. Of several lists of
-- one day the best ranked leads; `record_fingerprint` changes with any of them.
with standing as (
    select
        county_code,
        reported_county_code,
        max(case when leads then file_sha256 end) as file_sha256,
        report_date,
        max(filed_on) as filed_on,
        max(case when leads then report_month end) as report_month,
        bit_xor(hash(file_sha256, record_fingerprint)) as record_fingerprint
    from {{ ref('int_standing_ledgers') }}
    group by county_code, reported_county_code, report_date
),

-- Few: the ledgers of abolished counties.
predecessors as (
    select
        county_code,
        report_date
    from standing
    where reported_county_code <> county_code
),

own_history as (
    select
        *,
        lag(report_date) over (partition by reported_county_code order by report_date) as own_previous_report_date,
        row_number() over (
            partition by reported_county_code, report_month order by report_date desc
        ) = 1 as is_month_standing
    from standing
)

-- A county that follows an abolished one goes on with that one's ledgers: it has no first ledger of its own.
select
    ledgers.county_code,
    ledgers.reported_county_code,
    ledgers.file_sha256,
    ledgers.report_date,
    ledgers.filed_on,
    ledgers.report_month,
    ledgers.is_month_standing,
    coalesce(
        ledgers.own_previous_report_date,
        (
            select max(earlier.report_date)
            from predecessors as earlier
            where
                earlier.county_code = ledgers.county_code
                and ledgers.reported_county_code = ledgers.county_code
                and earlier.report_date < ledgers.report_date
        )
    ) as previous_report_date,
    ledgers.record_fingerprint
from own_history as ledgers
