-- When the first of those that took over from a project shows its funds, and what had arrived by then: the cumulative,
-- and the year's part of it for those that state the year to date. Phases take over in the first month that shows funds
-- of one that was not there before the whole; a survivor of a merger when it is listed and the other no longer is. From
-- the month of the decision on, in any case.
with figures as (
    select
        project_id,
        report_month,
        report_date
    from {{ ref('int_fund_figures') }}
    where project_id in (select f.project_id from {{ ref('int_handover_funds') }} as f)
),

spans as (
    select
        project_id,
        min(report_month) as first_month,
        max(report_date) as last_figure_on
    from figures
    group by project_id
),

takeovers as (
    select
        handovers.project_id,
        min(figures.report_month) as takeover_month
    from {{ ref('int_handovers') }} as handovers
    inner join spans on handovers.project_id = spans.project_id
    inner join spans as successors on handovers.successor_id = successors.project_id
    inner join figures on handovers.successor_id = figures.project_id
    where
        figures.report_date > spans.last_figure_on
        or figures.report_month >= {{ month_start('handovers.decided_on') }}
        or (handovers.is_split and successors.first_month > spans.first_month)
    group by handovers.project_id
)

select
    takeovers.project_id,
    takeovers.takeover_month,
    sum(case when funds.kind = 'stock' then funds.amount_cny end) as cumulative_cny,
    sum(
        case
            when funds.kind <> 'stock' and funds.report_month >= {{ year_start('takeovers.takeover_month') }}
                then funds.amount_cny
        end
    ) as in_year_cny
from takeovers
left join {{ ref('int_handover_funds') }} as funds
    on takeovers.project_id = funds.project_id and takeovers.takeover_month > funds.report_month
group by takeovers.project_id, takeovers.takeover_month
