-- One row an outreach trip and company visited: ledgers that list a trip again do not double it.
with listed as (
    select
        rows.*,
        coalesce(codes.current_code, rows.county_code) as current_county_code,
        md5(concat_ws(
            '|', coalesce(codes.current_code, rows.county_code), coalesce(rows.team_name, ''),
            coalesce(rows.traveller_name, ''),
            coalesce(cast(coalesce(rows.start_on, rows.received_on, rows.due_on) as varchar), ''),
            coalesce(rows.destination, ''), coalesce({{ plain_text('rows.visited_company') }}, ''),
            -- 活动名称 of events without a company.
            case when rows.visited_company is null then coalesce({{ plain_text('rows.topic') }}, '') else '' end
        )) as trip_key
    from {{ source('lake', 'ledger_outreach_rows') }} as rows
    left join {{ ref('int_county_codes') }} as codes on rows.county_code = codes.county_code
    where rows.report_date <= {{ as_of() }}
),

-- Nobody sets out twice on one day: rows that repeat who went and when, unmerged or in another ledger, are one journey.
setting_out as (
    select
        *,
        case
            when start_on is null then null
            when traveller_name is not null
                then concat_ws('|', current_county_code, team_name, traveller_name, cast(start_on as varchar))
            when team_name is not null and destination is not null
                then concat_ws('|', current_county_code, team_name, destination, cast(start_on as varchar))
        end as set_out_as
    from listed
),

-- The rows of merged cells are one journey, whoever and whenever the further rows name.
journeys as (
    select
        *,
        coalesce(
            first_value(set_out_as) over (
                partition by file_sha256, sheet, coalesce(trip_row_number, row_number) order by row_number, row_id
            ),
            concat_ws('|', file_sha256, sheet, coalesce(trip_row_number, row_number))
        ) as journey_key
    from setting_out
)

select
    concat('T', substr(trip_key, 1, 16)) as trip_id,
    -- The rows of one journey to several companies.
    concat('J', substr(md5(journey_key), 1, 16)) as journey_id,
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
    companions,
    host_name,
    received_on,
    topic,
    signed_count,
    signed_amount_cny,
    tracking_unit,
    coalesce(due_on, end_on) as due_on,
    case
        when coalesce(end_on, start_on, received_on) <= {{ as_of() }} then coalesce(end_on, start_on, received_on)
    end as done_on,
    case
        when coalesce(end_on, start_on, received_on) <= {{ as_of() }} then 'done'
        when coalesce(end_on, start_on, received_on, due_on) is not null then 'planned'
        -- Neither a day nor a plan is stated.
        else 'unknown'
    end as state,
    coalesce(team_name, tracking_unit) as responsible_unit,
    min(report_date) over (partition by trip_key) as first_reported_on,
    report_date as last_reported_on,
    file_sha256,
    sheet,
    row_number
from journeys
qualify
    row_number() over (
        partition by trip_key order by report_date desc, file_sha256 asc, sheet asc, row_number asc, row_id asc
    ) = 1
