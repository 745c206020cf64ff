-- Funds of projects that others were split into or merged into, by month, with what was handed over to them. Until
-- one of them takes over, what the ledgers show of the project that was split or merged goes on counting as its heir's.
-- When one does, what that project had is no opening of the heirs and did not arrive again: only what differs from it
-- arrived. Complete for the heirs, which are few. A successor in another county takes over nothing.
with recursive handovers as (
    select distinct
        before.project_id,
        after.project_id as successor_id,
        decisions.decision = 'split_into' as is_split,
        min(decisions.decided_on) over (partition by before.project_id, after.project_id) as decided_on
    from {{ ref('int_decisions_said') }} as decisions
    inner join {{ ref('int_project_identity') }} as before_label on decisions.label_id_a = before_label.label_id
    inner join {{ ref('int_project_identity') }} as after_label on decisions.label_id_b = after_label.label_id
    inner join {{ ref('int_projects') }} as before on before_label.project_id = before.project_id
    inner join {{ ref('int_projects') }} as after on after_label.project_id = after.project_id
    where
        decisions.status = 'standing'
        and decisions.decision in ('split_into', 'merged_into')
        and before.county_code = after.county_code
        and before.project_id <> after.project_id
),

-- Successors may have been split or merged in their turn: the heir is the one that counts today.
lines as (
    select
        project_id,
        successor_id
    from handovers
    union
    select
        lines.project_id,
        handovers.successor_id
    from lines
    inner join handovers on lines.successor_id = handovers.project_id
),

heirs as (
    select
        lines.project_id,
        min_by(projects.project_id, (projects.first_reported_on, projects.project_id)) as heir_id
    from lines
    inner join {{ ref('int_projects') }} as projects on lines.successor_id = projects.project_id
    where lines.successor_id not in (select d.project_id from {{ ref('int_project_duplicates') }} as d)
    group by lines.project_id
),

involved as (
    select project_id from handovers
    union
    select successor_id as project_id from handovers
),

figures as (
    select *
    from {{ ref('int_fund_figures') }}
    where project_id in (select i.project_id from involved as i)
),

movements as (
    select *
    from {{ ref('int_fund_movements') }}
    where project_id in (select i.project_id from involved as i)
),

known as (
    select
        project_id,
        report_month,
        cumulative_cny
    from figures
    where cumulative_cny is not null
    union all
    select
        project_id,
        report_month,
        cumulative_cny
    from {{ ref('int_fund_cumulatives') }}
    where project_id in (select i.project_id from involved as i)
),

spans as (
    select
        project_id,
        min(report_month) as first_month,
        max(report_date) as last_figure_on
    from figures
    group by project_id
),

-- Phases take over in the first month that shows funds of one that was not there before the whole; a survivor of a
-- merger when it is listed and the other no longer is. From the month of the decision on, in any case.
takeovers as (
    select
        handovers.project_id,
        min(figures.report_month) as takeover_month
    from handovers
    inner join spans on handovers.project_id = spans.project_id
    inner join spans as successors on handovers.successor_id = successors.project_id
    inner join figures on handovers.successor_id = figures.project_id
    where
        figures.report_date > spans.last_figure_on
        or figures.report_month >= {{ month_start('handovers.decided_on') }}
        or (handovers.is_split and successors.first_month > spans.first_month)
    group by handovers.project_id
),

-- What had arrived by then: the cumulative, or, for successors that state the year to date, the year's part of it.
handed as (
    select
        takeovers.project_id,
        takeovers.takeover_month,
        (
            select max_by(known.cumulative_cny, known.report_month)
            from known
            where known.project_id = takeovers.project_id and known.report_month < takeovers.takeover_month
        ) as cumulative_cny,
        (
            select sum(movements.amount_cny)
            from movements
            where
                movements.project_id = takeovers.project_id
                and movements.report_month < takeovers.takeover_month
                and movements.report_month >= {{ year_start('takeovers.takeover_month') }}
        ) as in_year_cny
    from takeovers
),

-- Those that state funds in that month share it by what moved in theirs.
takers as (
    select
        handed.project_id,
        handed.takeover_month,
        figures.project_id as successor_id,
        case
            when figures.cumulative_cny is not null then coalesce(handed.cumulative_cny, 0)
            when figures.month_cny is null then coalesce(handed.in_year_cny, 0)
            else 0
        end as handed_cny,
        greatest(coalesce((
            select sum(movements.amount_cny)
            from movements
            where movements.project_id = figures.project_id and movements.report_month = handed.takeover_month
        ), 0), 0) as moved_cny
    from handed
    inner join handovers on handed.project_id = handovers.project_id
    inner join figures
        on handovers.successor_id = figures.project_id and handed.takeover_month = figures.report_month
),

parts as (
    select
        *,
        case when sum(moved_cny) over (partition by project_id) > 0 then moved_cny else 1 end as part
    from takers
),

placed as (
    select
        *,
        sum(part) over (
            partition by project_id order by successor_id rows between unbounded preceding and current row
        ) as part_through,
        sum(part) over (partition by project_id) as whole
    from parts
),

taken as (
    select
        successor_id as project_id,
        takeover_month,
        cast(sum(
            round(handed_cny * part_through / whole, 2) - round(handed_cny * (part_through - part) / whole, 2)
        ) as decimal(24, 2)) as taken_cny
    from placed
    group by successor_id, takeover_month
),

moved as (
    select
        project_id,
        report_month,
        kind,
        amount_cny
    from movements
    union all
    select
        project_id,
        report_month,
        'stock' as kind,
        cumulative_cny - lag(cumulative_cny, 1, 0) over (partition by project_id order by report_month) as amount_cny
    from known
    union all
    -- What was no opening, and what had arrived before.
    select
        taken.project_id,
        taken.takeover_month as report_month,
        'opening' as kind,
        -movements.amount_cny as amount_cny
    from taken
    inner join movements on taken.project_id = movements.project_id and taken.takeover_month = movements.report_month
    where movements.kind = 'opening' and taken.taken_cny <> 0
    union all
    select
        taken.project_id,
        taken.takeover_month as report_month,
        'arrival' as kind,
        coalesce(openings.amount_cny, 0) - taken.taken_cny as amount_cny
    from taken
    left join movements as openings
        on
            taken.project_id = openings.project_id
            and taken.takeover_month = openings.report_month
            and openings.kind = 'opening'
    where taken.taken_cny <> 0
),

counting as (
    select
        coalesce(heirs.heir_id, moved.project_id) as project_id,
        moved.report_month,
        moved.kind,
        moved.amount_cny
    from moved
    left join heirs on moved.project_id = heirs.project_id
    left join takeovers on moved.project_id = takeovers.project_id
    where takeovers.takeover_month is null or moved.report_month < takeovers.takeover_month
    union all
    select
        heirs.heir_id as project_id,
        handed.takeover_month as report_month,
        'stock' as kind,
        -handed.cumulative_cny as amount_cny
    from handed
    inner join heirs on handed.project_id = heirs.project_id
    where handed.cumulative_cny is not null
)

select
    project_id,
    report_month,
    kind,
    cast(sum(amount_cny) as decimal(24, 2)) as amount_cny
from counting
group by project_id, report_month, kind
having kind = 'stock' or sum(amount_cny) <> 0
