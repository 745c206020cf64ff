-- The rows of the ledgers that stand, under the county code that stands today, each with the label it goes by.
-- A code that two different names share in one ledger identifies neither. A name under which one ledger lists two
-- projects that differ in investor, signing date and total is told apart by the investor.
with standing as (
    select
        ledgers.county_code,
        ledgers.reported_county_code,
        ledgers.is_month_standing,
        ledgers.previous_report_date,
        rows.* exclude (county_code)
    from {{ ref('stg_ledgers__project_rows') }} as rows
    inner join {{ ref('int_ledger_sequence') }} as ledgers
        on
            rows.county_code = ledgers.reported_county_code
            and rows.file_sha256 = ledgers.file_sha256
            and rows.report_date = ledgers.report_date
),

codes_in_ledgers as (
    select
        county_code,
        code_key,
        count(distinct name_key) as names
    from standing
    where code_key is not null
    group by county_code, code_key, reported_county_code, report_date
),

shared_codes as (
    select
        county_code,
        code_key
    from codes_in_ledgers
    group by county_code, code_key
    having max(names) > 1
),

names_in_ledgers as (
    select
        county_code,
        name_key,
        count(distinct investor_key) > 1
        and count(distinct signed_on) > 1
        and count(distinct total_investment_cny) > 1 as is_shared
    from standing
    group by county_code, name_key, reported_county_code, report_date
),

shared_names as (
    select
        county_code,
        name_key
    from names_in_ledgers
    group by county_code, name_key
    having bool_or(is_shared)
),

labelled as (
    select
        standing.*,
        case when shared_codes.code_key is null then coalesce(standing.code_key, '') else '' end as label_code,
        case when shared_names.name_key is null then '' else coalesce(standing.investor_key, '') end as label_investor
    from standing
    left join shared_codes
        on standing.county_code = shared_codes.county_code and standing.code_key = shared_codes.code_key
    left join shared_names
        on standing.county_code = shared_names.county_code and standing.name_key = shared_names.name_key
)

select
    *,
    concat_ws('|', county_code, label_code, name_key, label_investor) as label_id,
    {{ project_fingerprint() }} as content_fingerprint,
    {{ fingerprint(['stage', 'stage_raw', 'progress_note', 'progress_rate', 'agreement_type', 'signed_on']) }}
        as progress_fingerprint
from labelled
