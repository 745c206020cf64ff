-- What happened, project by project: milestones, the first landing, capital increases and upgrades of agreements, each in
-- the month it happened, for every county that may count of it. Only projects that count. `is_dated`: the month is known
-- (stated, or seen to happen between two ledgers), so it may count as an event of that month; others only count as
-- reached. The number of projects is counted where `is_own`; amounts are the county's part. `reached_month`: from when it
-- counts as reached, which is when it or anything further on was; never without a signing.
--
-- Funds that a later ledger takes back to nothing have not come: first funds are the first of those that stayed.
with funds as (
    select
        project_id,
        min(case when greatest(cumulative_cny, ytd_cny, month_cny) > 0 then report_month end) as first_funds_month,
        max(
            case when cumulative_cny is not null and greatest(cumulative_cny, ytd_cny, month_cny) <= 0 then report_month end
        ) as last_nothing_month
    from {{ ref('int_fund_figures') }}
    group by project_id
),

taken_back as (
    select
        funds.project_id,
        min(figures.report_month) as first_funds_month
    from funds
    left join {{ ref('int_fund_figures') }} as figures
        on
            funds.project_id = figures.project_id
            and funds.last_nothing_month < figures.report_month
            and greatest(figures.cumulative_cny, figures.ytd_cny, figures.month_cny) > 0
    where funds.last_nothing_month > funds.first_funds_month
    group by funds.project_id
),

first_funds as (
    select
        funds.project_id,
        case when taken_back.project_id is null then funds.first_funds_month else taken_back.first_funds_month end
            as first_funds_month
    from funds
    left join taken_back on funds.project_id = taken_back.project_id
),

ranked as (
    select
        project_id,
        milestone,
        {{ stage_rank('milestone') }} as milestone_rank,
        reached_on,
        basis = 'stated' or was_seen_before as is_dated
    from {{ ref('int_milestones') }}
),

-- What a stage further on implies (started in a ledger that calls the project signed): it counts as reached from then,
-- and as no event of a month.
implied as (
    select
        further.project_id,
        stages.milestone,
        stages.milestone_rank,
        min(further.reached_on) as reached_on,
        false as is_dated
    from ranked as further
    inner join (values ('performed', 3), ('started', 4), ('completed', 5)) as stages (milestone, milestone_rank)
        on further.milestone_rank > stages.milestone_rank
    left join ranked as known
        on further.project_id = known.project_id and stages.milestone = known.milestone
    where known.project_id is null
    group by further.project_id, stages.milestone, stages.milestone_rank
),

milestones as (
    select
        project_id,
        milestone,
        reached_on,
        is_dated,
        case
            when max(case when milestone = 'signed' then 1 end) over (partition by project_id) = 1
                then min(reached_on) over (partition by project_id, milestone_rank is null order by milestone_rank desc)
        end as counts_from
    from (
        select * from ranked
        union all by name
        select * from implied
    )
),

landed as (
    select
        counted.project_id,
        'landed' as milestone,
        least(started.reached_on, greatest_known.landed_on) as reached_on,
        coalesce(started.is_dated, true) as is_dated,
        case
            when signed.counts_from > least(started.counts_from, greatest_known.landed_on) then signed.counts_from
            when signed.counts_from is not null then least(started.counts_from, greatest_known.landed_on)
        end as counts_from
    from (select distinct project_id from {{ ref('int_project_credits') }}) as counted
    left join milestones as started on counted.project_id = started.project_id and started.milestone = 'started'
    left join milestones as signed on counted.project_id = signed.project_id and signed.milestone = 'signed'
    left join (
        select
            registered.project_id,
            case
                when registered.reached_on > first_funds.first_funds_month then registered.reached_on
                else first_funds.first_funds_month
            end as landed_on
        from milestones as registered
        inner join first_funds on registered.project_id = first_funds.project_id
        where registered.milestone = 'registered' and first_funds.first_funds_month is not null
    ) as greatest_known on counted.project_id = greatest_known.project_id
    where started.reached_on is not null or greatest_known.landed_on is not null
),

increments as (
    select
        project_id,
        sum(increment_cny) as increment_cny,
        sum(contract_increment_cny) as contract_increment_cny
    from {{ ref('int_signing_changes') }}
    where change = 'increased'
    group by project_id
),

events as (
    select * from milestones
    union all
    select * from landed
    union all
    select
        project_id,
        change as milestone,
        changed_on as reached_on,
        true as is_dated,
        changed_on as counts_from
    from {{ ref('int_signing_changes') }}
    -- Nothing is added to a signing that is none.
    where project_id in (select m.project_id from milestones as m where m.milestone = 'signed')
),

-- What was added later is counted then, not at the signing.
amounts as (
    select
        events.project_id,
        events.milestone as event,
        events.reached_on,
        events.is_dated,
        events.counts_from,
        case
            when events.milestone = 'increased' then changes.increment_cny
            when events.milestone = 'signed' then -coalesce(increments.increment_cny, 0)
            when events.milestone = 'upgraded' then 0
        end as investment_change_cny,
        case
            when events.milestone = 'increased' then changes.contract_increment_cny
            when events.milestone = 'signed' then -coalesce(increments.contract_increment_cny, 0)
            when events.milestone = 'upgraded' then 0
        end as contract_change_cny
    from events
    left join increments using (project_id)
    left join {{ ref('int_signing_changes') }} as changes
        on
            events.project_id = changes.project_id
            and events.milestone = changes.change
            and events.reached_on = changes.changed_on
    where events.reached_on is not null
)

select
    amounts.project_id,
    credits.county_code,
    credits.is_own,
    amounts.event,
    amounts.reached_on,
    {{ month_start('amounts.reached_on') }} as event_month,
    {{ month_start('amounts.counts_from') }} as reached_month,
    amounts.is_dated,
    credits.total_investment_cny as project_total_cny,
    {%- for column, change in [('total_investment_cny', 'investment_change_cny'), ('contract_amount_cny', 'contract_change_cny')] %}
    {{ credited(
        "case when amounts.event in ('increased', 'upgraded') then amounts." ~ change
        ~ " else credits." ~ column ~ " + coalesce(amounts." ~ change ~ ", 0) end", 'credits'
    ) }} as {{ column }},
    {%- endfor %}
    {%- for column in credit_attributes() %}
    credits.{{ column }}{{ "," if not loop.last }}
    {%- endfor %}
from amounts
inner join {{ ref('int_project_credits') }} as credits
    on amounts.project_id = credits.project_id and {{ in_force('credits', 'amounts.reached_on') }}
