-- What happened, project by project: milestones and the first landing, each in the month it happened. Only projects
-- that count. `is_dated`: the month is known (stated, or seen to happen between two ledgers), so it may count as an
-- event of that month; others only count as reached.
with counted as (
    select
        projects.project_id,
        projects.county_code,
        coalesce(chains.canonical_chain, '未分链') as industry_chain,
        projects.total_investment_cny,
        projects.contract_amount_cny
    from {{ ref('int_projects') }} as projects
    left join {{ ref('int_industry_chains') }} as chains on trim(projects.industry_chain) = chains.industry_chain
    where
        (projects.stage_rank >= 2 or projects.stage = 'terminated')
        and projects.project_id not in (select d.project_id from {{ ref('int_project_duplicates') }} as d)
),

first_funds as (
    select
        project_id,
        min(report_month) as first_funds_month
    from {{ ref('int_fund_figures') }}
    where greatest(cumulative_cny, ytd_cny, month_cny) > 0
    group by project_id
),

milestones as (
    select
        project_id,
        milestone,
        reached_on,
        basis = 'stated' or was_seen_before as is_dated
    from {{ ref('int_milestones') }}
),

landed as (
    select
        counted.project_id,
        'landed' as milestone,
        least(started.reached_on, greatest_known.landed_on) as reached_on,
        coalesce(started.is_dated, true) as is_dated
    from counted
    left join milestones as started on counted.project_id = started.project_id and started.milestone = 'started'
    left join (
        select
            registered.project_id,
            case
                when registered.reached_on > first_funds.first_funds_month then registered.reached_on
                else first_funds.first_funds_month
            end as landed_on
        from milestones as registered
        inner join first_funds on registered.project_id = first_funds.project_id
        where registered.milestone = 'registered'
    ) as greatest_known on counted.project_id = greatest_known.project_id
    where started.reached_on is not null or greatest_known.landed_on is not null
),

events as (
    select * from milestones
    union all
    select * from landed
)

select
    events.project_id,
    counted.county_code,
    counted.industry_chain,
    events.milestone as event,
    events.reached_on,
    {{ month_start('events.reached_on') }} as event_month,
    events.is_dated,
    counted.total_investment_cny,
    counted.contract_amount_cny
from events
inner join counted using (project_id)
where events.reached_on is not null
