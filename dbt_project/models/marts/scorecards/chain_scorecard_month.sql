-- One row an industry chain and month, like the county's scorecard, with the chain's leader (链长). Growth only where
-- every county that has projects in the chain reported. What stands in no chain (未分链) is shown and not ranked.
with counties as (
    select distinct
        industry_chain,
        county_code
    from {{ ref('int_events') }}
),

{{ county_months() }},

months as (
    select
        counties.industry_chain,
        calendar.report_month,
        bool_and(coalesce(county_months.is_reported, false)) as is_reported,
        bool_and(coalesce(county_months.is_reported_before, false)) as is_reported_before,
        coalesce(bool_or(county_months.first_month = calendar.report_month), false) as is_first_month,
        bool_and(coalesce(county_months.first_month <= {{ year_start('calendar.report_month') }}, false)) as covers_year,
        bool_and(coalesce(county_months.has_whole_year, false)) as has_whole_year
    from counties
    cross join (select distinct report_month from county_months) as calendar
    left join county_months
        on counties.county_code = county_months.county_code and calendar.report_month = county_months.report_month
    group by counties.industry_chain, calendar.report_month
),

{{ scorecard_components(['industry_chain']) }},

{{ default_rates('components') }},

leaders as (
    select
        canonical_chain as industry_chain,
        max(chain_leader) as chain_leader
    from {{ ref('dim_industry_chain') }}
    group by canonical_chain
)

select
    rated.industry_chain,
    rated.report_month as month,
    leaders.chain_leader,
    rated.* exclude (industry_chain, report_month),
    {%- for indicator, column in target_indicators().items() %}
    case
        when rated.industry_chain <> '未分链'
            then cast(
                rank() over (
                    partition by rated.report_month, rated.industry_chain = '未分链' order by rated.{{ column }} desc
                ) as integer
            )
    end as {{ indicator }}_rank{{ "," if not loop.last }}
    {%- endfor %}
from rated
left join leaders using (industry_chain)
