-- What became of the projects signed at one fair or ceremony, or in one half-year: not performed, not started, not in
-- production. A signing whose day no ledger states, but which one ledger shows and the one before did not, is of the
-- half-year of that ledger, as it is of its month in the scorecards.
with signings as (
    select
        signings.project_id,
        coalesce(signings.signed_on, seen.reached_on) as signed_on,
        case when signings.signed_on is null then 'day' else signings.signed_on_precision end as signed_on_precision,
        signings.signing_event,
        signings.total_investment_cny,
        signings.contract_amount_cny,
        projects.stage,
        projects.funds_arrived_cumulative_cny,
        {{ stage_rank('projects.stage') }} as stage_rank
    from {{ ref('fct_signings') }} as signings
    inner join {{ ref('dim_project') }} as projects using (project_id)
    left join {{ ref('fct_project_milestones') }} as seen
        on signings.project_id = seen.project_id and seen.milestone = 'signed' and seen.was_seen_before
    where signings.is_counted
),

reached as (
    select
        project_id,
        -- A stage further on reaches those before it, as in the scorecards.
        max({{ stage_rank('milestone') }}) >= 3 as is_performed,
        max({{ stage_rank('milestone') }}) >= 4 as is_started,
        bool_or(milestone = 'in_production') as is_in_production
    from {{ ref('fct_project_milestones') }}
    group by project_id
),

landed as (
    select distinct project_id from {{ ref('int_events') }} where event = 'landed'
),

members as (
    select
        'signing_event' as cohort_kind,
        trim(signing_event) as cohort,
        signings.*
    from signings
    where signing_event is not null
    union all
    select
        'half_year' as cohort_kind,
        -- 2025年签约 is stored as 1 January and belongs to neither half.
        concat(
            year(signed_on),
            case when signed_on_precision = 'year' then '年' when month(signed_on) <= 6 then '上半年' else '下半年' end
        ) as cohort,
        signings.*
    from signings
    where signed_on is not null
)

select
    members.cohort_kind,
    members.cohort,
    min(members.signed_on) as first_signed_on,
    max(members.signed_on) as last_signed_on,
    cast(count(*) as integer) as signed_count,
    cast(coalesce(sum(members.total_investment_cny), 0) as decimal(24, 2)) as signed_amount_cny,
    cast(coalesce(sum(members.contract_amount_cny), 0) as decimal(24, 2)) as contract_amount_cny,
    cast(sum(members.funds_arrived_cumulative_cny) as decimal(24, 2)) as funds_arrived_cumulative_cny,
    cast(count(case when reached.is_performed then 1 end) as integer) as performed_count,
    cast(count(case when reached.is_started then 1 end) as integer) as started_count,
    cast(count(case when reached.is_in_production then 1 end) as integer) as in_production_count,
    cast(count(landed.project_id) as integer) as landed_count,
    cast(count(case when members.stage = 'terminated' then 1 end) as integer) as terminated_count,
    cast(count(case when not coalesce(reached.is_performed, false) then 1 end) as integer) as not_performed_count,
    cast(count(case when not coalesce(reached.is_started, false) then 1 end) as integer) as not_started_count,
    cast(count(case when not coalesce(reached.is_in_production, false) then 1 end) as integer)
        as not_in_production_count,
    round(cast(count(landed.project_id) as double) / count(*), 12) as landing_rate
from members
left join reached on members.project_id = reached.project_id
left join landed on members.project_id = landed.project_id
group by members.cohort_kind, members.cohort
