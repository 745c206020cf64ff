-- One row a county that reports: signings, arrivals, starts, productions of the month and of the year to date.
-- Only counted projects; a project claimed twice counts where it was reported first. Openings are stock, not arrivals.
with counties as (
    select county_code from dim_project
    union
    select county_code from ledger_files
),

-- What had arrived before the first ledger is not known as an arrival.
ledgers as (
    select
        county_code,
        min(report_month) as ledgers_since
    from ledger_files
    where status = 'read'
    group by county_code
),

signed as (
    select
        county_code,
        count(*) filter (where signed_on >= $month_start and signed_on_precision <> 'year') as signed_month,
        sum(total_investment_cny)
            filter (where signed_on >= $month_start and signed_on_precision <> 'year') as signed_month_cny,
        count(*) as signed_year,
        sum(total_investment_cny) as signed_year_cny
    from fct_signings
    where is_counted and signed_on between $year_start and $period_end
    group by county_code
),

arrived as (
    select
        arrivals.county_code,
        sum(arrivals.amount_cny) filter (where arrivals.report_month = $month_start) as arrived_month_cny,
        sum(arrivals.amount_cny) as arrived_year_cny
    from fct_fund_arrivals as arrivals
    inner join dim_project as projects on arrivals.project_id = projects.project_id
    where
        projects.is_counted
        and arrivals.kind in ('arrival', 'correction')
        and arrivals.report_month between $year_start and $period_end
    group by arrivals.county_code
),

reached as (
    select
        milestones.county_code,
        count(*) filter (where milestone = 'started' and reached_on >= $month_start) as started_month,
        count(*) filter (where milestone = 'started') as started_year,
        count(*) filter (where milestone = 'in_production' and reached_on >= $month_start) as produced_month,
        count(*) filter (where milestone = 'in_production') as produced_year
    from fct_project_milestones as milestones
    inner join dim_project as projects on milestones.project_id = projects.project_id
    where projects.is_counted and milestones.reached_on between $year_start and $period_end
    group by milestones.county_code
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
    coalesce(names.county_name, counties.county_code) as county_name,
    coalesce(signed.signed_month, 0) as signed_month,
    coalesce(signed.signed_month_cny, 0) as signed_month_cny,
    coalesce(signed.signed_year, 0) as signed_year,
    coalesce(signed.signed_year_cny, 0) as signed_year_cny,
    coalesce(arrived.arrived_month_cny, 0) as arrived_month_cny,
    coalesce(arrived.arrived_year_cny, 0) as arrived_year_cny,
    coalesce(reached.started_month, 0) as started_month,
    coalesce(reached.started_year, 0) as started_year,
    coalesce(reached.produced_month, 0) as produced_month,
    coalesce(reached.produced_year, 0) as produced_year,
    coalesce(stalled.stalled_red, 0) as stalled_red,
    coalesce(stalled.stalled_all, 0) as stalled_all
from counties
left join dim_county as names on counties.county_code = names.county_code
left join ledgers on counties.county_code = ledgers.county_code
left join signed on counties.county_code = signed.county_code
left join arrived on counties.county_code = arrived.county_code
left join reached on counties.county_code = reached.county_code
left join stalled on counties.county_code = stalled.county_code
order by counties.county_code
