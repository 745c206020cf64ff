-- Projects with more funds arrived, or more contracted, than their total investment.
select
    project_id,
    county_code,
    project_name,
    total_investment_cny,
    funds_arrived_cumulative_cny,
    contract_amount_cny,
    case
        when funds_arrived_cumulative_cny > total_investment_cny then 'funds_over_total'
        else 'contract_over_total'
    end as finding,
    file_sha256,
    sheet,
    row_number
from {{ ref('dim_project') }}
where funds_arrived_cumulative_cny > total_investment_cny or contract_amount_cny > total_investment_cny
