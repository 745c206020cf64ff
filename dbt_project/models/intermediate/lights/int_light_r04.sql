-- R04 started: percentage points of the year's plan that should have been done by the plan curve and were not. The
-- curve is a setting: `linear` over the days of the year, or one of the seed `plan_curves` (`quarterly` as published:
-- by the end of Q2 45, Q3 70, Q4 80 %), in steps at month ends or sloped between them. Without a year's plan, the share
-- of the time from start to planned completion against the stated progress.
with months as (
    select cast(unnest(range(0, 13)) as integer) as month_number
),

curves as (
    select distinct
        plan_curve,
        shape
    from {{ ref('plan_curves') }}
),

curve_months as (
    select
        curves.plan_curve,
        curves.shape,
        months.month_number,
        max(case when points.month <= months.month_number then points.due_share end) as reached_share,
        max(case when points.month <= months.month_number then points.month end) as reached_month,
        min(case when points.month >= months.month_number then points.due_share end) as next_share,
        min(case when points.month >= months.month_number then points.month end) as next_month
    from curves
    cross join months
    left join {{ ref('plan_curves') }} as points on curves.plan_curve = points.plan_curve
    group by curves.plan_curve, curves.shape, months.month_number
),

-- The share due at the end of every month; month 0 is the end of the year before.
month_ends as (
    select
        plan_curve,
        shape,
        month_number,
        case
            when shape = 'step' or next_month is null or next_month = coalesce(reached_month, 0)
                then coalesce(reached_share, 0)
            else
                coalesce(reached_share, 0)
                + (next_share - coalesce(reached_share, 0))
                * (month_number - coalesce(reached_month, 0))
                / (next_month - coalesce(reached_month, 0))
        end as due_share
    from curve_months
),

dated as (
    select
        *,
        least(as_of_on, {{ add_days(add_months(year_start('last_reported_on'), 12), -1) }}) as judged_on
    from {{ ref('int_light_scope') }}
    where rule_id = 'R04'
),

curved as (
    select
        dated.*,
        case
            when month_ends.plan_curve is null
                then
                    cast(dayofyear(dated.judged_on) as double)
                    / {{ days_between(year_start('dated.judged_on'), add_months(year_start('dated.judged_on'), 12)) }}
            when dated.judged_on = last_day(dated.judged_on) then month_ends.due_share
            when month_ends.shape = 'step' then month_starts.due_share
            else
                month_starts.due_share
                + (month_ends.due_share - month_starts.due_share)
                * day(dated.judged_on) / day(last_day(dated.judged_on))
        end as year_share,
        case
            when dated.planned_completion_by > dated.started_on
                then least(greatest(
                    cast({{ days_between('dated.started_on', 'dated.as_of_on') }} as double)
                    / {{ days_between('dated.started_on', 'dated.planned_completion_by') }}, 0
                ), 1)
        end as life_share
    from dated
    left join month_ends
        on
            dated.parameter_value = month_ends.plan_curve
            and month(dated.judged_on) = month_ends.month_number
    left join month_ends as month_starts
        on
            dated.parameter_value = month_starts.plan_curve
            and month(dated.judged_on) - 1 = month_starts.month_number
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
        when share_behind is null
            then concat(
                '缺',
                case
                    when investment_plan_year_cny > 0 then '本年完成投资'
                    when investment_done_ytd_cny is not null then '本年计划投资'
                    else '本年计划投资和本年完成投资'
                end,
                '；也缺',
                concat_ws(
                    '、',
                    case when progress_rate is null then '形象进度' end,
                    case when started_on is null then '开工时间' end,
                    case when planned_completion_on is null then '计划竣工时间' end,
                    case when planned_completion_by <= started_on then '晚于开工的计划竣工时间' end
                ),
                ' missing: ',
                case
                    when investment_plan_year_cny > 0 then 'investment done this year'
                    when investment_done_ytd_cny is not null then 'the plan of the year'
                    else 'the plan of the year and investment done'
                end,
                '; and ',
                concat_ws(
                    ', ',
                    case when progress_rate is null then 'progress' end,
                    case when started_on is null then 'start date' end,
                    case when planned_completion_on is null then 'planned completion' end,
                    case when planned_completion_by <= started_on then 'a planned completion after the start' end
                )
            )
        when has_year_plan
            then concat('年度计划应完成 ', round(year_share * 100, 1), '% due of the year''s plan')
        else concat('按工期应完成 ', round(life_share * 100, 1), '% due by the time elapsed')
    end as reason
from judged
