-- What each successor took over in the month of the takeover: those that state funds in it share what had arrived by
-- what moved in theirs, to the cent.
with takers as (
    select
        takeovers.project_id,
        takeovers.takeover_month,
        handovers.successor_id,
        case
            when figures.cumulative_cny is not null then coalesce(takeovers.cumulative_cny, 0)
            when figures.month_cny is null then coalesce(takeovers.in_year_cny, 0)
            else 0
        end as handed_cny,
        greatest(coalesce((
            select sum(funds.amount_cny)
            from {{ ref('int_handover_funds') }} as funds
            where
                funds.project_id = handovers.successor_id
                and funds.report_month = takeovers.takeover_month
                and funds.kind <> 'stock'
        ), 0), 0) as moved_cny
    from {{ ref('int_takeovers') }} as takeovers
    inner join {{ ref('int_handovers') }} as handovers on takeovers.project_id = handovers.project_id
    inner join {{ ref('int_fund_figures') }} as figures
        on handovers.successor_id = figures.project_id and takeovers.takeover_month = figures.report_month
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
)

select
    successor_id as project_id,
    takeover_month,
    cast(sum(
        round(handed_cny * part_through / whole, 2) - round(handed_cny * (part_through - part) / whole, 2)
    ) as decimal(24, 2)) as taken_cny
from placed
group by successor_id, takeover_month
