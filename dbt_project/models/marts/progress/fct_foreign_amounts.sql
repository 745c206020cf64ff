-- Amounts that ledgers state in dollars, with what they are worth in yuan beside them: by the last rate published on or
-- before the day, if not older than `exchange_rate_max_age_days`. Without one there is no equivalent, but a reason.
with stated as (
    select
        project_id,
        county_code,
        'contract' as amount_kind,
        foreign_contract_usd as amount_usd,
        contract_amount_cny as stated_cny,
        coalesce(signed_on, first_reported_on) as valued_on,
        case when signed_on is null then 'first_reported_on' else 'signed_on' end as valued_on_basis,
        is_counted,
        file_sha256,
        sheet,
        row_number
    from {{ ref('dim_project') }}
    where foreign_contract_usd is not null
    union all
    select
        project_id,
        county_code,
        'arrived' as amount_kind,
        foreign_arrived_usd as amount_usd,
        funds_arrived_cumulative_cny as stated_cny,
        last_reported_on as valued_on,
        'last_reported_on' as valued_on_basis,
        is_counted,
        file_sha256,
        sheet,
        row_number
    from {{ ref('dim_project') }}
    where foreign_arrived_usd is not null
),

valued as (
    select
        stated.*,
        rates.rate_on as exchange_rate_on,
        rates.cny_per_unit,
        coalesce(
            {{ days_between('rates.rate_on', 'stated.valued_on') }} <= {{ var('exchange_rate_max_age_days') }}, false
        ) as has_rate
    from stated
    asof left join (
        select
            rate_on,
            cny_per_unit
        from {{ ref('exchange_rates') }}
        where currency = 'USD' and rate_on <= {{ as_of() }}
    ) as rates
        on stated.valued_on >= rates.rate_on
)

select
    project_id,
    county_code,
    amount_kind,
    amount_usd,
    stated_cny,
    valued_on,
    valued_on_basis,
    case when has_rate then cny_per_unit end as exchange_rate,
    exchange_rate_on,
    case when has_rate then cast(round(amount_usd * cny_per_unit, 2) as decimal(24, 2)) end as equivalent_cny,
    case
        when exchange_rate_on is null then 'no_rate_before'
        when not has_rate then 'rate_too_old'
    end as no_equivalent_reason,
    is_counted,
    file_sha256,
    sheet,
    row_number
from valued
