-- The project ledgers that stand: one file a reporting county and report date (higher revision, then later landed),
-- with what came before. A file without a standing project row replaces nothing.
with ranked as (
    select
        files.*,
        coalesce(codes.current_code, files.county_code) as current_county_code,
        row_number() over (
            partition by files.county_code, files.report_date
            order by files.revision_rank desc, files.landed_order desc, files.file_sha256 desc
        ) as standing_rank
    from {{ ref('stg_ledgers__files') }} as files
    left join {{ ref('int_county_codes') }} as codes using (county_code)
    where files.status = 'read' and files.report_date is not null and files.project_rows > 0
),

standing as (
    select
        current_county_code as county_code,
        county_code as reported_county_code,
        file_sha256,
        report_date,
        report_month,
        record_fingerprint
    from ranked
    where standing_rank = 1
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
