{%- set pairs = [
    ('talks', 'signed'), ('signed', 'performed'), ('performed', 'started'), ('signed', 'started'), ('started', 'completed'),
    ('completed', 'in_production'), ('started', 'in_production'), ('signed', 'in_production'),
] -%}
-- How many projects of a county went on from one stage to the next, and in how many days (median, where both days are
-- stated; a year alone is no day). In talks are those that a ledger showed as a lead or in talks: one first listed as
-- signed is no talk that succeeded. Every county has a row for every pair: 0 where nobody came so far, and no rate.
with talks as (
    select
        statements.project_id,
        statements.county_code,
        min(statements.report_date) as talked_on
    from {{ ref('int_project_statements') }} as statements
    inner join {{ ref('dim_project') }} as projects using (project_id)
    where statements.stage in ('lead', 'talks') and projects.is_counted
    group by statements.project_id, statements.county_code
),

milestones as (
    select
        project_id,
        county_code,
        milestone,
        {{ stage_rank('milestone') }} as milestone_rank,
        reached_on,
        case when reached_on_precision = 'year' then 'year_alone' else basis end as basis
    from {{ ref('fct_project_milestones') }}
    where is_counted
),

-- A stage further on reaches those before it, as in the scorecards: started in a ledger that names no performance.
reached as (
    select
        project_id,
        county_code,
        milestone,
        reached_on,
        basis
    from milestones
    union all
    select
        further.project_id,
        further.county_code,
        stages.milestone,
        min(further.reached_on) as reached_on,
        'implied' as basis
    from milestones as further
    inner join (values ('performed', 3), ('started', 4), ('completed', 5)) as stages (milestone, milestone_rank)
        on further.milestone_rank > stages.milestone_rank
    left join milestones as known
        on further.project_id = known.project_id and stages.milestone = known.milestone
    where known.project_id is null
    group by further.project_id, further.county_code, stages.milestone
    union all
    select
        project_id,
        county_code,
        'talks' as milestone,
        min(talked_on) as reached_on,
        'first_reported' as basis
    from talks
    group by project_id, county_code
),

pairs as (
    {%- for from_stage, to_stage in pairs %}
    select
        '{{ from_stage }}' as from_stage,
        '{{ to_stage }}' as to_stage,
        {{ loop.index }} as pair_order
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

counties as (
    select distinct county_code from {{ ref('dim_project') }} where is_counted
)

select
    counties.county_code,
    pairs.from_stage,
    pairs.to_stage,
    pairs.pair_order,
    cast(count(came.project_id) as integer) as from_count,
    cast(count(went.project_id) as integer) as to_count,
    cast(coalesce(sum(projects.total_investment_cny), 0) as decimal(24, 2)) as from_amount_cny,
    cast(
        coalesce(sum(case when went.project_id is not null then projects.total_investment_cny end), 0) as decimal(24, 2)
    ) as to_amount_cny,
    case
        when count(came.project_id) > 0
            then round(cast(count(went.project_id) as double) / count(came.project_id), 12)
    end as conversion_rate,
    median(
        case
            when came.basis = 'stated' and went.basis = 'stated'
                then {{ days_between('came.reached_on', 'went.reached_on') }}
        end
    ) as median_days
from counties
cross join pairs
left join reached as came on counties.county_code = came.county_code and pairs.from_stage = came.milestone
left join reached as went on came.project_id = went.project_id and pairs.to_stage = went.milestone
left join {{ ref('dim_project') }} as projects on came.project_id = projects.project_id
group by counties.county_code, pairs.from_stage, pairs.to_stage, pairs.pair_order
