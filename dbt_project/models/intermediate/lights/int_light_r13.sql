-- R13 funds over total investment against stated progress (or investment done over total): how far apart.
with judged as (
    select
        *,
        case
            when total_investment_cny > 0
                then cast(funds_arrived_cumulative_cny as double) / cast(total_investment_cny as double)
        end as funds_rate,
        coalesce(
            progress_rate,
            case
                when total_investment_cny > 0
                    then cast(investment_done_cumulative_cny as double) / cast(total_investment_cny as double)
            end
        ) as works_rate
    from {{ ref('int_light_scope') }}
    where rule_id = 'R13'
)

select
    project_id,
    as_of_on,
    rule_id,
    round(abs(funds_rate - works_rate), 12) as observed_value,
    case when abs(funds_rate - works_rate) is not null then last_reported_on end as since_on,
    last_reported_on as yellow_on,
    cast(null as date) as red_on,
    case
        when funds_rate is null then '缺到位资金或总投资 no funds or no total'
        when works_rate is null then '缺形象进度 no progress'
        else concat(
            '到位率 ', round(funds_rate * 100, 1), '%，进度 ', round(works_rate * 100, 1), '% funds against progress'
        )
    end as reason
from judged
