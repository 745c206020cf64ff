-- Published figures beside the same indicator, region, period and scope out of the ledgers.
with figures as (
    select
        *,
        -- The words beside the figure, to the next comma or stop.
        regexp_extract(
            evidence,
            concat('(?:^|[，。；])((?:[^，。；]*[^0-9.，。；])?', regexp_escape(value_raw), '[^，。；]*)'),
            1
        ) as clause
    from {{ ref('fct_published_figures') }}
    where kind = 'aggregate'
),

covered as (
    select
        county_code,
        min(period) as first_month,
        max(period) as last_month
    from {{ ref('ledger_submissions') }}
    where status <> 'missing'
    group by county_code
),

-- The window a figure is about; open ends close with the article.
windows as (
    select
        figures.* exclude (event, clause),
        coalesce(figures.period_end, figures.published_on) as window_end,
        case
            when figures.indicator in ('signed_projects', 'signed_amount') then 'signed'
            when figures.indicator in ('started_projects', 'started_amount') then 'started'
            -- News figures of 竣工 and of 投产 are one indicator; ledgers have both.
            when
                figures.indicator in ('completed_projects', 'completed_amount')
                and regexp_matches(figures.clause, '投[产產]')
                and not regexp_matches(figures.clause, '竣工|完工|建成')
                then 'in_production'
            when figures.indicator in ('completed_projects', 'completed_amount') then 'completed'
            when figures.indicator in ('production_projects', 'production_amount') then 'in_production'
            when figures.indicator in ('landed_projects', 'landed_amount') then 'landed'
            when figures.indicator = 'funds_arrived' then 'funds_arrived'
        end as event,
        figures.indicator like '%amount' as is_amount,
        covered.first_month,
        covered.last_month
    from figures
    left join covered on figures.region_code = covered.county_code
),

reasons as (
    select
        *,
        case
            -- Ledgers have the five rates; of what, and of which signings, an article's is a share it does not say.
            when ends_with(indicator, '_rate') then 'rate_basis_unknown'
            when event is null then 'indicator_not_in_ledgers'
            when region_code is null then 'region_unknown'
            when first_month is null then 'region_without_ledgers'
            when period_start is null or window_end is null then 'period_unknown'
            when unit not in ('CNY', 'count') then 'unit_differs'
            when origin is not null or qualifier is not null then 'scope_differs'
            when window_end >= {{ add_months('last_month', 1) }} then 'ledgers_not_yet_there'
            when event = 'funds_arrived' and period_start < first_month then 'before_first_ledger'
            when
                event = 'funds_arrived'
                and (day(period_start) > 1 or window_end < {{ add_days(add_months(month_start('window_end'), 1), -1) }})
                then 'not_whole_months'
        end as not_comparable_reason,
        cast(json_extract_string(threshold, '$.min_cny') as double) as min_cny
    from windows
),

from_events as (
    select
        reasons.fact_id,
        count(case when events.is_own and events.event = reasons.event then 1 end) as projects,
        sum(events.total_investment_cny) as amount_cny
    from reasons
    left join {{ ref('int_events') }} as events
        on
            reasons.region_code = events.county_code
            -- A capital increase adds to the money signed.
            and reasons.event = case events.event when 'increased' then 'signed' else events.event end
            and events.is_dated
            and events.reached_on between reasons.period_start and reasons.window_end
            and (reasons.min_cny is null or events.project_total_cny >= reasons.min_cny)
    where reasons.not_comparable_reason is null and reasons.event <> 'funds_arrived'
    group by reasons.fact_id
),

from_arrivals as (
    select
        reasons.fact_id,
        coalesce(sum(arrivals.amount_cny), 0) as amount_cny
    from reasons
    left join {{ ref('int_credited_funds') }} as arrivals
        on
            reasons.region_code = arrivals.county_code
            and arrivals.kind in ('arrival', 'correction')
            and arrivals.report_month between reasons.period_start and reasons.window_end
    where reasons.not_comparable_reason is null and reasons.event = 'funds_arrived'
    group by reasons.fact_id
),

compared as (
    select
        reasons.*,
        case
            when reasons.event = 'funds_arrived' then cast(from_arrivals.amount_cny as decimal(24, 2))
            when reasons.is_amount then cast(coalesce(from_events.amount_cny, 0) as decimal(24, 2))
            else cast(from_events.projects as decimal(24, 2))
        end as ledger_value
    from reasons
    left join from_events on reasons.fact_id = from_events.fact_id
    left join from_arrivals on reasons.fact_id = from_arrivals.fact_id
)

select
    fact_id,
    article_id,
    indicator,
    region_code,
    region_name,
    period_start,
    window_end as period_end,
    cast(value as decimal(24, 2)) as published_value,
    case when not_comparable_reason is null then ledger_value end as ledger_value,
    unit,
    case
        when not_comparable_reason is null and value <> 0
            then round(cast(ledger_value as double) / cast(value as double) - 1, 8)
    end as difference_rate,
    case
        when not_comparable_reason is not null then 'not_comparable'
        -- News round to three digits or so.
        when abs(cast(ledger_value - value as double)) <= 0.01 * abs(cast(value as double)) then 'agreed'
        when ledger_value > value then 'ledger_higher'
        else 'published_higher'
    end as verdict,
    not_comparable_reason,
    evidence
from compared
