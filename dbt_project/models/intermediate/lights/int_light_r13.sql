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
        when total_investment_cny is null or total_investment_cny <= 0 then '缺总投资 no total investment'
        when funds_arrived_cumulative_cny is null then '缺累计到位资金 no cumulative funds'
        when works_rate is null then '缺形象进度和累计完成投资 no progress and no investment done'
        else concat(
            '到位率 ', round(funds_rate * 100, 2), '%，进度 ', round(works_rate * 100, 2), '% funds against progress'
        )
    end as reason
from judged
