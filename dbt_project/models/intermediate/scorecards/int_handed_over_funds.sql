-- Funds of projects that others were split into or merged into, by month, with what was handed over to them. Until
-- one of them takes over, what the ledgers show of the project that was split or merged goes on counting as its heir's.
-- When one does, what it takes over is no opening of the heirs and did not arrive again: only what differs from it
-- arrived. What no successor has taken yet goes on counting as the heir's.
with taken as (
    select
        taken.project_id,
        taken.takeover_month,
        taken.taken_cny,
        coalesce(openings.amount_cny, 0) as opening_cny
    from (
        select
            project_id,
            takeover_month,
            sum(taken_cny) as taken_cny
        from {{ ref('int_taken_funds') }}
        where is_handed_over
        group by project_id, takeover_month
    ) as taken
    left join {{ ref('int_handover_funds') }} as openings
        on
            taken.project_id = openings.project_id
            and taken.takeover_month = openings.report_month
            and openings.kind = 'opening'
),

moved as (
    select
        project_id,
        report_month,
        kind,
        amount_cny
    from {{ ref('int_handover_funds') }}
    union all
    select
        project_id,
        takeover_month as report_month,
        'opening' as kind,
        -opening_cny as amount_cny
    from taken
    union all
    select
        project_id,
        takeover_month as report_month,
        'arrival' as kind,
        opening_cny - taken_cny as amount_cny
    from taken
),

counting as (
    select
        coalesce(heirs.heir_id, moved.project_id) as project_id,
        moved.report_month,
        moved.kind,
        moved.amount_cny
    from moved
    left join {{ ref('int_handover_heirs') }} as heirs on moved.project_id = heirs.project_id
    left join {{ ref('int_takeovers') }} as takeovers on moved.project_id = takeovers.project_id
    where takeovers.takeover_month is null or moved.report_month < takeovers.takeover_month
    union all
    select
        heirs.heir_id as project_id,
        taken.takeover_month as report_month,
        'stock' as kind,
        -taken.taken_cumulative_cny as amount_cny
    from {{ ref('int_taken_funds') }} as taken
    inner join {{ ref('int_handover_heirs') }} as heirs on taken.taken_from_id = heirs.project_id
    where taken.taken_cumulative_cny is not null
)

select
    project_id,
    report_month,
    kind,
    cast(sum(amount_cny) as decimal(24, 2)) as amount_cny
from counting
group by project_id, report_month, kind
having kind = 'stock' or sum(amount_cny) <> 0
