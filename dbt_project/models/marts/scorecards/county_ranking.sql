-- Counties by score for every month, quarter and year so far. The score is over the weights that could be assessed,
-- less the deductions; below half of all weights a county is not assessed and has no rank. Equal scores share a rank.
with summed as (
    select
        scheme,
        county_code,
        period_kind,
        period_start,
        max(last_month) as last_month,
        sum(part_score * cast(weight as double)) as weighted_score,
        sum(cast(weight as double)) as all_weight,
        coalesce(sum(case when part_score is not null then cast(weight as double) end), 0) as assessed_weight,
        0 - coalesce(sum(case when method = 'deduction' then part_score end), 0) as deducted_points,
        count(case when method <> 'deduction' then part_score end) as parts_assessed,
        count(case when method <> 'deduction' then 1 end) as parts,
        cast(to_json(list(
            {
                'part': part,
                'name': part_name_zh,
                'weight': cast(weight as double),
                'value': part_value,
                'score': part_score
            }
            order by part
        )) as varchar) as score_parts
    from {{ ref('county_ranking_parts') }}
    group by scheme, county_code, period_kind, period_start
),

scored as (
    select
        *,
        case
            when assessed_weight >= all_weight / 2
                then greatest(0, round(weighted_score / assessed_weight - deducted_points, 4))
        end as score
    from summed
)

select
    scheme,
    county_code,
    period_kind as period,
    period_kind,
    period_start,
    last_month,
    score,
    case when score is not null then cast(rank() over (same_period order by score desc nulls last) as integer) end
        as rank,
    case
        when score is not null
            then cast(count(*) over (partition by scheme, period_kind, period_start, score) as integer)
    end as counties_on_rank,
    cast(count(*) over (partition by scheme, period_kind, period_start) as integer) as counties,
    round(assessed_weight, 4) as assessed_weight,
    round(deducted_points, 4) as deducted_points,
    cast(parts_assessed as integer) as parts_assessed,
    cast(parts as integer) as parts,
    case
        when score is null then 'not_assessed'
        when parts_assessed = parts then 'assessed'
        else 'partly_assessed'
    end as status,
    score_parts
from scored
window same_period as (partition by scheme, period_kind, period_start)
