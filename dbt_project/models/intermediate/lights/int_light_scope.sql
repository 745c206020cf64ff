-- Every project with each rule that applies to its county, stage, size and industry, and what the rules look at, on
-- every day the lights are looked at. Rules compare with `as_of_on`, so the same SQL lights the past and the day of the
-- run. A project that people split or merged is asked for nothing from the day of their decision on: its successors
-- are.
with standing as (
    select
        dates.as_of_on,
        states.*
    from {{ ref('int_light_states') }} as states
    inner join {{ ref('int_light_dates') }} as dates
        on
            states.county_code = dates.county_code
            and states.last_reported_on <= dates.as_of_on
            and (states.next_reported_on is null or dates.as_of_on < states.next_reported_on)
),

-- The start, as `int_milestones` has it: stated up to that day, else the first ledger that showed it.
started as (
    select
        *,
        case when started_on <= as_of_on then 'stated' else 'first_reported' end as start_basis,
        case
            when started_on <= as_of_on then started_on
            when stage_rank >= 4 or stage = 'terminated' then started_seen_on
        end as start_reached_on
    from standing
)

select
    started.* exclude (start_basis),
    case when started.start_reached_on is not null then started.start_basis end as start_basis,
    case
        when started.start_reached_on is not null
            then coalesce(started.short_of_started_on < started.started_seen_on, false)
    end as start_was_seen,
    rules.* exclude (county_code, stage, as_of_on, rule_tier, rule_industry)
from started
inner join {{ ref('int_rules_in_force') }} as rules
    on
        started.county_code = rules.county_code
        and started.stage = rules.stage
        and started.as_of_on = rules.as_of_on
        and started.rule_tier = rules.rule_tier
        and started.rule_industry = rules.rule_industry
left join {{ ref('int_superseded_projects') }} as superseded on started.project_id = superseded.project_id
where superseded.superseded_on is null or started.as_of_on < superseded.superseded_on
