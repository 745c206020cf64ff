{%- set indicators = target_indicators() -%}
-- One row a county and month: what was signed, arrived, started, completed and went into production in the month and
-- the year so far, the five rates on their default basis, targets, completion and rank. Without a target there is
-- no completion: not assessed, not 0 %.
with {{ default_rates(ref('int_county_months')) }},

year_targets as (
    select
        region_code,
        period_start,
        {%- for indicator in indicators %}
        cast(max(case when indicator = '{{ indicator }}' then target_value end) as decimal(24, 2)) as {{ indicator }}_target,
        {%- endfor %}
    from {{ ref('int_targets') }}
    where period_kind = 'year' and unit_name = '' and signing_cohort = '' and size_tier_from = ''
    group by region_code, period_start
)

select
    components.county_code,
    components.report_month as month,
    components.* exclude (county_code, report_month),
    {%- for indicator, column in indicators.items() %}
    year_targets.{{ indicator }}_target,
    case
        when year_targets.{{ indicator }}_target > 0
            then round(cast(components.{{ column }} as double) / cast(year_targets.{{ indicator }}_target as double), 12)
    end as {{ indicator }}_completion_rate,
    case
        when year_targets.{{ indicator }}_target > 0
            then round(
                cast(components.{{ column }} as double) / cast(year_targets.{{ indicator }}_target as double)
                - month(components.report_month) / 12.0, 8
            )
    end as {{ indicator }}_time_gap_rate,
    cast(rank() over (partition by components.report_month order by components.{{ column }} desc) as integer)
        as {{ indicator }}_rank{{ "," if not loop.last }}
    {%- endfor %}
from rated as components
left join year_targets
    on
        components.county_code = year_targets.region_code
        and {{ year_start('components.report_month') }} = year_targets.period_start
