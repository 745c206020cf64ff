-- What arrived: openings (there before luodi could see it arrive), arrivals, corrections downwards.
select
    movements.project_id,
    projects.county_code,
    movements.report_month,
    movements.kind,
    movements.amount_cny,
    movements.cumulative_cny,
    movements.basis,
    movements.stated_month_cny,
    movements.ytd_difference_cny,
    movements.basis <> 'month_column'
    or movements.ytd_difference_cny is null
    or movements.ytd_difference_cny = movements.amount_cny as is_reconciled,
    duplicates.duplicate_of is null as is_counted,
    movements.file_sha256,
    movements.sheet,
    movements.row_number
from {{ ref('int_fund_movements') }} as movements
inner join {{ ref('int_projects') }} as projects using (project_id)
left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
