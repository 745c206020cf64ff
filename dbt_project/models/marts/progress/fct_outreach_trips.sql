-- One row an outreach trip and company visited: ledgers that list a trip again do not double it.
with listed as (
    select
        rows.*,
        coalesce(codes.current_code, rows.county_code) as current_county_code,
        md5(concat_ws(
            '|', coalesce(codes.current_code, rows.county_code), coalesce(rows.team_name, ''),
            coalesce(rows.traveller_name, ''), coalesce(cast(rows.start_on as varchar), ''),
            coalesce(rows.destination, ''), coalesce({{ plain_text('rows.visited_company') }}, '')
        )) as trip_key
    from {{ source('lake', 'ledger_outreach_rows') }} as rows
    left join {{ ref('int_county_codes') }} as codes on rows.county_code = codes.county_code
    where rows.report_date <= {{ as_of() }}
)

select
    concat('T', substr(trip_key, 1, 16)) as trip_id,
    -- The rows of one journey to several companies.
    concat('J', substr(
        md5(concat_ws('|', file_sha256, sheet, coalesce(trip_row_number, row_number))), 1, 16
    )) as journey_id,
    current_county_code as county_code,
    team_name,
    traveller_name,
    traveller_position,
    start_on,
    end_on,
    days,
    destination,
    visited_company,
    contact_position,
    result_note,
    end_on as due_on,
    case when end_on <= {{ as_of() }} then end_on end as done_on,
    case
        -- Visitors received, and trips without a time.
        when coalesce(end_on, start_on) is null then 'unknown'
        when coalesce(end_on, start_on) <= {{ as_of() }} then 'done'
        else 'planned'
    end as state,
    team_name as responsible_unit,
    min(report_date) over (partition by trip_key) as first_reported_on,
    report_date as last_reported_on,
    file_sha256,
    sheet,
    row_number
from listed
qualify
    row_number() over (
        partition by trip_key order by report_date desc, file_sha256 asc, sheet asc, row_number asc, row_id asc
    ) = 1
