-- R06 started for more than half a year: cumulative funds over total investment. Without either it is unknown from the
-- first day.
with judged as (
    select
        *,
        cast(coalesce(parameter_value, '180') as integer) as grace_days,
        {{ days_between('start_reached_on', 'as_of_on') }} as days_since_start,
        case
            when total_investment_cny > 0
                then cast(funds_arrived_cumulative_cny as double) / cast(total_investment_cny as double)
        end as funds_rate
    from {{ ref('int_light_scope') }}
    where rule_id = 'R06'
),

timed as (
    select
        *,
        days_since_start <= grace_days and (start_basis = 'stated' or start_was_seen) as is_too_early,
        days_since_start <= grace_days and not (start_basis = 'stated' or start_was_seen) as is_start_unknown
    from judged
)

select
    project_id,
    as_of_on,
    rule_id,
    case
        when days_since_start > grace_days then round(funds_rate, 12)
    end as observed_value,
    case when days_since_start > grace_days and funds_rate is not null then start_reached_on end as since_on,
    cast(null as date) as yellow_on,
    {{ add_days('start_reached_on', 'grace_days + 1') }} as red_on,
    case
        when start_reached_on is null or is_start_unknown then '缺开工时间 no start date'
        when total_investment_cny is null or total_investment_cny <= 0 then '缺总投资 no total investment'
        when funds_arrived_cumulative_cny is null then '缺累计到位资金 no cumulative funds'
        when is_too_early then concat('开工 ', days_since_start, ' 天 started so many days ago')
        else concat('开工 ', days_since_start, ' 天，到位率 ', round(funds_rate * 100, 2), '% of the total investment')
    end as reason,
    coalesce(is_too_early and funds_rate is not null, false) as is_too_early
from timed
