-- R04 started: percentage points of the year's plan that should have been done by the plan curve and were not. The
-- curve (`linear` over the year, or `quarterly` as published: Q2 45, Q3 70, Q4 80 %) is a setting. Without a year's
-- plan, the share of the time from start to planned completion against the stated progress.
with dated as (
    select
        *,
        least(as_of_on, {{ add_days(add_months(year_start('last_reported_on'), 12), -1) }}) as judged_on
    from {{ ref('int_light_scope') }}
    where rule_id = 'R04'
),

curved as (
    select
        *,
        case
            when coalesce(parameter_value, 'linear') = 'quarterly'
                then case quarter(judged_on) when 1 then 0.0 when 2 then 0.45 when 3 then 0.70 else 0.80 end
            else
                cast(dayofyear(judged_on) as double)
                / {{ days_between(year_start('judged_on'), add_months(year_start('judged_on'), 12)) }}
        end as year_share,
        case
            when planned_completion_on > started_on
                then least(greatest(
                    cast({{ days_between('started_on', 'as_of_on') }} as double)
                    / {{ days_between('started_on', 'planned_completion_on') }}, 0
                ), 1)
        end as life_share
    from dated
),

judged as (
    select
        *,
        case
            when investment_plan_year_cny > 0 and investment_done_ytd_cny is not null
                then year_share - cast(investment_done_ytd_cny as double) / cast(investment_plan_year_cny as double)
            when progress_rate is not null then life_share - progress_rate
        end as share_behind,
        investment_plan_year_cny > 0 and investment_done_ytd_cny is not null as has_year_plan
    from curved
)

select
    project_id,
    as_of_on,
    rule_id,
    round(share_behind * 100, 10) as observed_value,
    case when share_behind is not null then coalesce(start_reached_on, first_reported_on) end as since_on,
    cast(null as date) as yellow_on,
    cast(null as date) as red_on,
    case
        when share_behind is null then '缺年度计划、本年完成，也缺形象进度或计划竣工 no plan and no progress to compare'
        when has_year_plan
            then concat('年度计划应完成 ', round(year_share * 100, 1), '% due of the year''s plan')
        else concat('按工期应完成 ', round(life_share * 100, 1), '% due by the time elapsed')
    end as reason
from judged
