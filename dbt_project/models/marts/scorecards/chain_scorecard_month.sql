-- One row an industry chain and month, like the county's scorecard, with the chain's leader (链长).
with rates as (
    select
        industry_chain,
        report_month,
        {{ rate_columns('rates') }}
    from {{ ref('int_chain_rates') }} as rates
    where rates.is_default
    group by industry_chain, report_month
),

leaders as (
    select
        canonical_chain,
        max(chain_leader) as chain_leader
    from {{ ref('dim_industry_chain') }}
    group by canonical_chain
)

select
    components.industry_chain,
    components.report_month as month,
    leaders.chain_leader,
    components.* exclude (industry_chain, report_month),
    rates.* exclude (industry_chain, report_month),
    {%- for indicator, column in target_indicators().items() %}
    cast(rank() over (partition by components.report_month order by components.{{ column }} desc) as integer)
        as {{ indicator }}_rank{{ "," if not loop.last }}
    {%- endfor %}
from {{ ref('int_chain_months') }} as components
inner join rates on components.industry_chain = rates.industry_chain and components.report_month = rates.report_month
left join leaders on components.industry_chain = leaders.canonical_chain
