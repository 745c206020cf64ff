-- Every part of every county's score: the value, what it is worth, its weight. A rate counts as it is, a completion
-- against the target of the year so far, an efficacy as (x − min) ÷ (max − min) × 40 + 60; each from 0 up to its cap.
-- Where a value or target is missing the part is not assessed, not 0. Deductions are points taken off the whole score.
-- Weights and deductions are those in force on the period's last day (of one under way, on the day of the run): a
-- change from a day on leaves what was ranked before as it was.
with period_ends as (
    select
        county_code,
        period_kind,
        period_start,
        max(month) as last_month
    from (
        select county_code, month, 'month' as period_kind, month as period_start
        from {{ ref('county_scorecard_month') }}
        union all
        select county_code, month, 'quarter' as period_kind, cast(date_trunc('quarter', month) as date) as period_start
        from {{ ref('county_scorecard_month') }}
        union all
        select county_code, month, 'year' as period_kind, {{ year_start('month') }} as period_start
        from {{ ref('county_scorecard_month') }}
    ) as periods
    group by county_code, period_kind, period_start
),

stated as (
    select
        period_ends.period_kind,
        period_ends.period_start,
        least(
            {{ as_of() }},
            case period_ends.period_kind
                when 'month' then {{ add_days(add_months('period_ends.period_start', 1), -1) }}
                when 'quarter' then {{ add_days(add_months('period_ends.period_start', 3), -1) }}
                else {{ add_days(add_months('period_ends.period_start', 12), -1) }}
            end
        ) as weighed_on,
        cards.county_code,
        cards.month,
        cards.performance_rate,
        cards.start_rate,
        cards.funds_arrival_rate,
        cards.production_rate,
        cards.landing_rate,
        {%- for indicator, column in target_indicators().items() %}
        -- The year's target in proportion to the months gone by.
        cast(cards.{{ column }} as double)
        / nullif(cast(cards.{{ indicator }}_target as double) * month(cards.month) / 12, 0) as {{ indicator }}{{ "," if not loop.last }}
        {%- endfor %}
    from period_ends
    inner join {{ ref('county_scorecard_month') }} as cards
        on period_ends.county_code = cards.county_code and period_ends.last_month = cards.month
),

parts as (
    unpivot stated
    on
        performance_rate, start_rate, funds_arrival_rate, production_rate, landing_rate
        {%- for indicator in target_indicators() %}, {{ indicator }}{% endfor %}
    into name part value part_value
),

assessed as (
    select
        stated.county_code,
        stated.period_kind,
        stated.period_start,
        stated.month as last_month,
        weights.scheme,
        weights.part,
        weights.part_name_zh,
        weights.method,
        weights.weight,
        weights.cap,
        parts.part_value
    from stated
    inner join {{ ref('score_weights') }} as weights
        on
            stated.weighed_on >= weights.valid_from
            and (weights.valid_to is null or stated.weighed_on <= weights.valid_to)
    left join parts
        on
            stated.county_code = parts.county_code
            and stated.period_kind = parts.period_kind
            and stated.period_start = parts.period_start
            and weights.part = parts.part
),

scored as (
    select
        *,
        round(
            100 * greatest(0, least(
                cap,
                case method
                    when 'efficacy'
                        then (
                            case
                                when max(part_value) over same_part > min(part_value) over same_part
                                    then
                                        (part_value - min(part_value) over same_part)
                                        / (max(part_value) over same_part - min(part_value) over same_part) * 40 + 60
                                when part_value is not null then 100
                            end
                        ) / 100
                    else part_value
                end
            )) * case when part_value is not null then 1 end,
            6
        ) as part_score
    from assessed
    window same_part as (partition by scheme, part, period_kind, period_start)
),

-- Red lights as they stood at the end of the period; ledgers month by month.
red_lights as (
    select
        history.county_code,
        history.as_of_on,
        history.rule_id,
        count(*) as found
    from {{ ref('int_light_history') }} as history
    inner join {{ ref('dim_project') }} as projects on history.project_id = projects.project_id and projects.is_counted
    where history.light = 'red' and history.rule_id in (select d.rule_id from {{ ref('score_deductions') }} as d)
    group by history.county_code, history.as_of_on, history.rule_id
),

deducted as (
    select
        stated.county_code,
        stated.period_kind,
        stated.period_start,
        stated.month as last_month,
        deductions.scheme,
        deductions.deduction,
        deductions.rule_id,
        deductions.part_name_zh,
        deductions.points_each,
        deductions.max_points,
        -- Of the two only that of the deduction's own kind is joined.
        coalesce(max(red_lights.found), 0) + count(submissions.report_month) as found
    from stated
    inner join {{ ref('score_deductions') }} as deductions
        on
            stated.weighed_on >= deductions.valid_from
            and (deductions.valid_to is null or stated.weighed_on <= deductions.valid_to)
    left join red_lights
        on
            stated.county_code = red_lights.county_code
            and deductions.rule_id = red_lights.rule_id
            and red_lights.as_of_on
            = least({{ add_days(add_months('stated.month', 1), -1) }}, {{ as_of() }})
    left join {{ ref('int_submissions') }} as submissions
        on
            stated.county_code = submissions.county_code
            and submissions.report_month between stated.period_start and stated.month
            and deductions.deduction = concat(submissions.status, '_ledger')
    group by all
)

select * from scored
union all
select
    county_code,
    period_kind,
    period_start,
    last_month,
    scheme,
    concat_ws('_', deduction, rule_id) as part,
    part_name_zh,
    'deduction' as method,
    cast(null as decimal(6, 4)) as weight,
    max_points as cap,
    cast(found as double) as part_value,
    0 - least(found * points_each, coalesce(max_points, found * points_each)) as part_score
from deducted
