-- One row a county that reports: signings, arrivals, starts, productions of the month and of the year to date, as its
-- scorecard has them; and its stalled projects, of both claimants where two claim one.
-- What came under the code of a county before it was renamed or merged is its successor's, as in the scorecard.
with files as (
    select
        coalesce(codes.current_county_code, files.county_code) as county_code,
        files.status,
        files.report_month,
        files.report_date,
        files.not_standing_reason
    from ledger_files as files
    left join dim_county as codes on files.county_code = codes.county_code
    where files.reason_code is distinct from 'withdrawn'
),

counties as (
    select county_code from dim_project
    union
    select county_code from files
),

-- What had arrived before the first ledger is not known as an arrival.
ledgers as (
    select
        county_code,
        min(report_month) filter (where status = 'read') as ledgers_since,
        max(report_date) filter (
            where not_standing_reason is null and report_month <= $month_start
        ) as reported_to
    from files
    group by county_code
),

-- A county that has not reported the month yet: its year as far as it is known; of the month nothing is known.
last_cards as (
    select
        county_code,
        max(month) as month
    from county_scorecard_month
    where month between $year_start and $month_start
    group by county_code
),

cards as (
    select
        cards.*,
        cards.month = $month_start as is_of_month
    from county_scorecard_month as cards
    inner join last_cards on cards.county_code = last_cards.county_code and cards.month = last_cards.month
),

stalled as (
    select
        county_code,
        count(distinct project_id) filter (where light = 'red') as stalled_red,
        count(distinct project_id) as stalled_all
    from stalled_projects
    group by county_code
)

select
    counties.county_code,
    ledgers.ledgers_since,
    ledgers.reported_to,
    coalesce(cards.is_of_month, false) as has_reported,
    case
        when coalesce(names.county_name, counties.county_code) = counties.county_code
            then concat(counties.county_code, '（代码待核）')
        else names.county_name
    end as county_name,
    coalesce(names.county_name, counties.county_code) = counties.county_code as has_no_name,
    case when cards.is_of_month then cards.signed_count end as signed_month,
    case when cards.is_of_month then cards.signed_amount_cny end as signed_month_cny,
    cards.signed_count_ytd as signed_year,
    cards.signed_amount_ytd_cny as signed_year_cny,
    case when cards.is_of_month then cards.funds_arrived_cny end as arrived_month_cny,
    cards.funds_arrived_ytd_cny as arrived_year_cny,
    case when cards.is_of_month then cards.started_count end as started_month,
    cards.started_count_ytd as started_year,
    case when cards.is_of_month then cards.in_production_count end as produced_month,
    cards.in_production_count_ytd as produced_year,
    case when ledgers.ledgers_since is not null then coalesce(stalled.stalled_red, 0) end as stalled_red,
    case when ledgers.ledgers_since is not null then coalesce(stalled.stalled_all, 0) end as stalled_all
from counties
left join dim_county as names on counties.county_code = names.county_code
left join ledgers on counties.county_code = ledgers.county_code
left join cards on counties.county_code = cards.county_code
left join stalled on counties.county_code = stalled.county_code
order by counties.county_code
