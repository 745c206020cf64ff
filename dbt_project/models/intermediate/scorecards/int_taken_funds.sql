-- What each successor took over from a project, in the month it first shows funds since the takeover. Those of one
-- month share what is left of it by what moved in theirs, to the cent. A phase takes no more than moved in its own
-- while another has not shown its funds yet: what is left waits for that one. The last takes the rest. Of a year to
-- date nothing is left when the year turns.
with takers as (
    select
        handovers.project_id,
        handovers.successor_id,
        min(figures.report_month) as taken_month
    from {{ ref('int_takeovers') }} as takeovers
    inner join {{ ref('int_handovers') }} as handovers on takeovers.project_id = handovers.project_id
    inner join {{ ref('int_fund_figures') }} as figures
        on
            handovers.successor_id = figures.project_id
            and (
                takeovers.takeover_month = figures.report_month
                or (handovers.is_split and takeovers.takeover_month < figures.report_month)
            )
    group by handovers.project_id, handovers.successor_id
),

taking as (
    select
        takers.*,
        takeovers.cumulative_cny as handed_cumulative_cny,
        case
            when {{ year_start('takeovers.takeover_month') }} = {{ year_start('takers.taken_month') }}
                then takeovers.in_year_cny
        end as handed_in_year_cny,
        case
            when figures.cumulative_cny is not null then 'cumulative'
            when figures.month_cny is null then 'in_year'
        end as handed_figure,
        case
            when figures.cumulative_cny is not null then coalesce(takeovers.cumulative_cny <> 0, false)
            else figures.month_cny is null and coalesce(takeovers.in_year_cny <> 0, false)
        end as is_handed_over,
        greatest(coalesce((
            select sum(funds.amount_cny)
            from {{ ref('int_handover_funds') }} as funds
            where
                funds.project_id = takers.successor_id
                and funds.report_month = takers.taken_month
                and funds.kind <> 'stock'
        ), 0), 0) as moved_cny
    from takers
    inner join {{ ref('int_takeovers') }} as takeovers on takers.project_id = takeovers.project_id
    inner join {{ ref('int_fund_figures') }} as figures
        on takers.successor_id = figures.project_id and takers.taken_month = figures.report_month
),

waiting as (
    select
        project_id,
        bool_or(is_split) as is_split,
        count(*) as successors
    from {{ ref('int_handovers') }}
    group by project_id
),

months as (
    select
        taking.project_id,
        taking.taken_month,
        sum(taking.moved_cny) as moved_cny,
        sum(sum(taking.moved_cny)) over so_far - sum(taking.moved_cny) as moved_before_cny,
        sum(count(*)) over so_far = any_value(waiting.successors) or not any_value(waiting.is_split) as is_last
    from taking
    inner join waiting on taking.project_id = waiting.project_id
    group by taking.project_id, taking.taken_month
    window so_far as (partition by taking.project_id order by taking.taken_month)
),

parts as (
    select
        taking.*,
        {%- for figure in ['cumulative', 'in_year'] %}
        case
            when taking.handed_{{ figure }}_cny is not null
                then
                    greatest(taking.handed_{{ figure }}_cny - months.moved_before_cny, 0)
                    - case
                        when months.is_last then 0
                        else greatest(taking.handed_{{ figure }}_cny - months.moved_before_cny - months.moved_cny, 0)
                    end
        end as taken_{{ figure }}_cny,
        {%- endfor %}
        case when months.moved_cny > 0 then taking.moved_cny else 1 end as part
    from taking
    inner join months on taking.project_id = months.project_id and taking.taken_month = months.taken_month
),

placed as (
    select
        *,
        coalesce(
            case handed_figure when 'cumulative' then taken_cumulative_cny when 'in_year' then taken_in_year_cny end, 0
        ) as taken_cny,
        sum(part) over (
            partition by project_id, taken_month
            order by successor_id rows between unbounded preceding and current row
        ) as part_through,
        sum(part) over (partition by project_id, taken_month) as whole
    from parts
)

select
    project_id as taken_from_id,
    successor_id as project_id,
    is_handed_over,
    {%- for amount in ['taken_cny', 'taken_cumulative_cny'] %}
    cast(
        round({{ amount }} * part_through / whole, 2) - round({{ amount }} * (part_through - part) / whole, 2)
        as decimal(24, 2)
    ) as {{ amount }},
    {%- endfor %}
    taken_month as takeover_month
from placed
