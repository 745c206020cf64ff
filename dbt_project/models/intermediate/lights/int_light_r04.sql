-- R04 started: percentage points of the year's plan that should have been done by the plan curve and were not. The
-- curve is a setting: `linear` over the days of the year, or one of the seed `plan_curves` (`quarterly` as published:
-- by the end of Q2 45, Q3 70, Q4 80 %), in steps at month ends or sloped between them. Without a year's plan, the share
-- of the time from start to planned completion against the stated progress. What is due grows by days, so a threshold
-- is crossed on a day of its own: `yellow_on` and `red_on`, where that lies in the month looked at. December's ledger
-- speaks of its own year, also where it is filed in January.
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
        least(as_of_on, {{ add_days(add_months(year_start('last_reported_month'), 12), -1) }}) as judged_on
    from {{ ref('int_light_scope') }}
    where rule_id = 'R04'
),

curved as (
    select
        dated.*,
        case
            when month_ends.plan_curve is null
                then
                    cast(dayofyear({{ month_start('dated.judged_on') }}) - 1 as double)
                    / {{ days_between(year_start('dated.judged_on'), add_months(year_start('dated.judged_on'), 12)) }}
            else month_starts.due_share
        end as month_start_share,
        case
            when month_ends.plan_curve is null
                then
                    cast(dayofyear(last_day(dated.judged_on)) as double)
                    / {{ days_between(year_start('dated.judged_on'), add_months(year_start('dated.judged_on'), 12)) }}
            else month_ends.due_share
        end as month_end_share,
        coalesce(month_ends.shape = 'step', false) as is_in_steps,
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

shared as (
    select
        *,
        case
            when judged_on = last_day(judged_on) then month_end_share
            when is_in_steps then month_start_share
            else month_start_share + (month_end_share - month_start_share) * day(judged_on) / day(last_day(judged_on))
        end as year_share,
        coalesce(investment_plan_year_cny > 0 and investment_done_ytd_cny is not null, false) as has_year_plan
    from curved
),

-- What is due grows evenly from `grows_from_on` over so many days, in steps on the last of them.
judged as (
    select
        *,
        case
            when has_year_plan then cast(investment_done_ytd_cny as double) / cast(investment_plan_year_cny as double)
            else progress_rate
        end as done_share,
        case when has_year_plan then year_share else life_share end as due_share,
        case
            when has_year_plan then {{ add_days(month_start('judged_on'), -1) }} else started_on
        end as grows_from_on,
        case
            when has_year_plan then day(last_day(judged_on))
            else {{ days_between('started_on', 'planned_completion_by') }}
        end as grows_over_days,
        case when has_year_plan then month_start_share else 0 end as grows_from_share,
        case when has_year_plan then month_end_share else 1 end as grows_to_share,
        has_year_plan and is_in_steps as is_stepping
    from shared
),

-- On which of these days each threshold is crossed: null where that is before the first or after the last.
crossed as (
    select
        *,
        due_share - done_share as share_behind,
        {{ day_crossed('yellow_operator', 'yellow_value') }} as yellow_day,
        {{ day_crossed('red_operator', 'red_value') }} as red_day
    from judged
)

select
    project_id,
    as_of_on,
    rule_id,
    round(share_behind * 100, 10) as observed_value,
    case when share_behind is not null then coalesce(start_reached_on, first_reported_on) end as since_on,
    case
        when yellow_day between 1 and grows_over_days then {{ add_days('grows_from_on', 'yellow_day') }}
    end as yellow_on,
    case
        when red_day between 1 and grows_over_days then {{ add_days('grows_from_on', 'red_day') }}
    end as red_on,
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
from crossed
