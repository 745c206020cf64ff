-- Months in which the month's own column and the difference of the year-to-date column disagree: those that brought
-- something, and those in which the year-to-date alone tells of money. So does the first one of a project entered late,
-- whose year-to-date holds more than its month, where no cumulative ever tells of the rest.
with movements as (
    select
        project_id,
        county_code,
        report_month,
        amount_cny,
        ytd_difference_cny,
        file_sha256,
        sheet,
        row_number
    from {{ ref('fct_fund_arrivals') }}
    where not is_reconciled
),

first_ledgers as (
    select
        county_code,
        min(report_month) as report_month
    from {{ ref('int_ledger_sequence') }}
    group by county_code
),

told_by_the_year_alone as (
    select
        positions.project_id,
        positions.county_code,
        positions.report_month,
        positions.month_cny as amount_cny,
        cast(positions.ytd_difference_cny as decimal(20, 2)) as ytd_difference_cny,
        figures.file_sha256,
        figures.sheet,
        figures.row_number
    from {{ ref('int_fund_positions') }} as positions
    inner join {{ ref('int_fund_figures') }} as figures
        on positions.project_id = figures.project_id and positions.report_month = figures.report_month
    inner join first_ledgers on positions.county_code = first_ledgers.county_code
    inner join {{ ref('dim_project') }} as projects on positions.project_id = projects.project_id
    where
        positions.cumulative_cny is null
        and positions.other_basis = 'month_column'
        and positions.ytd_difference_cny <> positions.month_cny
        and case
            when positions.previous_month is not null or month(positions.report_month) = 1
                then positions.month_cny = 0
            else
                positions.report_month > first_ledgers.report_month
                and projects.funds_arrived_cumulative_cny is null
        end
)

select
    project_id,
    county_code,
    report_month,
    amount_cny,
    ytd_difference_cny,
    cast(ytd_difference_cny - amount_cny as decimal(20, 2)) as difference_cny,
    file_sha256,
    sheet,
    row_number
from (
    select * from movements
    union all
    select * from told_by_the_year_alone
) as found
