{# Scorecards: counts, sums, stocks, rates and growth by month, for any way of cutting the projects. #}

{# What is counted in a month, and the events it is counted by. A capital increase adds to the money signed, not to the
   number of projects. #}
{% macro scorecard_events() -%}
    {{ return(['signed', 'performed', 'started', 'completed', 'in_production']) }}
{%- endmacro %}

{# Growth is shown for these: name in the column → the flow it is of. #}
{% macro growth_measures() -%}
    {{ return({
        'signed_count': 'signed_count', 'signed_amount': 'signed_amount_cny', 'started_count': 'started_count',
        'completed_count': 'completed_count', 'in_production_count': 'in_production_count',
        'funds_arrived': 'funds_arrived_cny',
    }) }}
{%- endmacro %}

{# The year-to-date column of a flow: `signed_amount_cny` → `signed_amount_ytd_cny`. #}
{% macro ytd_of(column) -%}
    {{ return(column[:-4] ~ '_ytd_cny' if column.endswith('_cny') else column ~ '_ytd') }}
{%- endmacro %}

{# The month's growth over the same month of last year (同比); empty where either was not reported or there was nothing. #}
{% macro growth_rate(now, last_year, is_comparable) -%}
    case
        when {{ is_comparable }} and {{ last_year }} > 0
            then round(cast({{ now }} as double) / cast({{ last_year }} as double) - 1, 12)
    end
{%- endmacro %}

{# The CTE `county_months`: every month a county should have reported, whether it did, also in the month before, its
   first one, and whether the money of the year so far is all of it and nothing else. A cumulative after a turn of the
   year without December's ledger brings what arrived in the year before; where the month's column alone is stated, the
   money of the months skipped is in no ledger. #}
{% macro county_months() -%}
submitted as (
    select
        county_code,
        report_month,
        status <> 'missing' as is_reported,
        coalesce(lag(status <> 'missing') over (partition by county_code order by report_month), false)
            as is_reported_before,
        min(report_month) over (partition by county_code) as first_month,
        max(case when status <> 'missing' then report_month end) over (
            partition by county_code order by report_month rows between unbounded preceding and 1 preceding
        ) as reported_before
    from {{ ref('int_submissions') }}
),

mixed_up as (
    select
        submitted.county_code,
        submitted.report_month
    from submitted
    inner join {{ ref('int_fund_movements') }} as moved
        on submitted.county_code = moved.county_code and submitted.report_month = moved.report_month
    where not submitted.is_reported_before and submitted.reported_before is not null and moved.kind <> 'opening'
    group by submitted.county_code, submitted.report_month
    having
        bool_or(
            moved.basis = 'cumulative_difference'
            and submitted.reported_before < {{ add_months(year_start('submitted.report_month'), -1) }}
        )
        or (
            bool_or(moved.basis = 'month_column' and month(submitted.report_month) > 1)
            and count(moved.ytd_difference_cny) = 0
            and count(moved.cumulative_cny) = 0
        )
),

county_months as (
    select
        submitted.* exclude (reported_before),
        count(mixed_up.report_month) over (
            partition by submitted.county_code, year(submitted.report_month) order by submitted.report_month
        ) = 0 as has_whole_year
    from submitted
    left join mixed_up
        on submitted.county_code = mixed_up.county_code and submitted.report_month = mixed_up.report_month
)
{%- endmacro %}

{# CTEs that end in `components`, one row each of `keys` and month. Before them must stand a CTE `months` with the keys,
   `report_month`, `is_reported` (a ledger came for every county in it), `is_reported_before`, `is_first_month` (a
   county's first ledger), `covers_year` (ledgers since January) and `has_whole_year` (of `county_months`); and, where
   `has_members`, a CTE `members` that gives the keys by `project_id` and `county_code`. #}
{% macro scorecard_components(keys, has_members=false) -%}
{%- set key_list = keys | join(', ') -%}
{%- set members = 'inner join members using (project_id, county_code)' if has_members else '' -%}
flows as (
    select
        {{ key_list }},
        event_month as report_month,
        {%- for event in scorecard_events() %}
        count(case when event = '{{ event }}' and is_dated and is_own then 1 end) as {{ event }}_count,
        sum(
            case
                when event {{ "in ('signed', 'increased')" if event == 'signed' else "= '" ~ event ~ "'" }} and is_dated
                    then total_investment_cny
            end
        ) as {{ event }}_amount_cny,
        {%- endfor %}
        count(case when event = 'upgraded' and is_own then 1 end) as upgraded_count,
        sum(case when event in ('signed', 'increased') and is_dated then contract_amount_cny end) as signed_contract_cny
    from {{ ref('int_events') }}
    {{ members }}
    group by {{ key_list }}, event_month
),

-- A stage further on reaches those before it, so that no project is in a rate's numerator and not in its denominator.
reached as (
    select
        {{ key_list }},
        reached_month as report_month,
        {%- for event in scorecard_events() + ['landed'] %}
        count(case when event = '{{ event }}' and is_own then 1 end) as {{ event }}_reached,
        {%- endfor %}
        sum(case when event in ('signed', 'increased') then total_investment_cny end) as total_investment_reached,
        sum(case when event in ('signed', 'increased') then contract_amount_cny end) as contract_amount_reached
    from {{ ref('int_events') }}
    {{ members }}
    where reached_month is not null
    group by {{ key_list }}, reached_month
),

arrived as (
    select
        {{ key_list }},
        report_month,
        sum(case when kind in ('arrival', 'correction') then amount_cny end) as funds_arrived_cny,
        sum(case when kind = 'opening' then amount_cny end) as funds_opening_cny,
        sum(case when kind = 'stock' then amount_cny end) as funds_reached_cny,
        count(case when kind = 'stock' and is_own then 1 end) as own_stocks
    from {{ ref('int_credited_funds') }}
    {{ members }}
    group by {{ key_list }}, report_month
),

-- What happened before the first ledger counts in the stocks.
grid as (
    select {{ key_list }}, report_month from months
    union
    select {{ key_list }}, report_month from flows
    union
    select {{ key_list }}, report_month from reached
    union
    select {{ key_list }}, report_month from arrived
),

summed as (
    select
        {{ key_list }},
        report_month,
        {%- for event in scorecard_events() %}
        cast(coalesce({{ event }}_count, 0) as integer) as {{ event }}_count,
        cast(coalesce(sum({{ event }}_count) over in_year, 0) as integer) as {{ event }}_count_ytd,
        cast(coalesce({{ event }}_amount_cny, 0) as decimal(24, 2)) as {{ event }}_amount_cny,
        cast(coalesce(sum({{ event }}_amount_cny) over in_year, 0) as decimal(24, 2)) as {{ event }}_amount_ytd_cny,
        {%- endfor %}
        cast(coalesce(upgraded_count, 0) as integer) as upgraded_count,
        cast(coalesce(sum(upgraded_count) over in_year, 0) as integer) as upgraded_count_ytd,
        cast(coalesce(signed_contract_cny, 0) as decimal(24, 2)) as signed_contract_cny,
        cast(coalesce(sum(signed_contract_cny) over in_year, 0) as decimal(24, 2)) as signed_contract_ytd_cny,
        cast(coalesce(funds_arrived_cny, 0) as decimal(24, 2)) as funds_arrived_cny,
        cast(coalesce(sum(funds_arrived_cny) over in_year, 0) as decimal(24, 2)) as funds_arrived_ytd_cny,
        cast(coalesce(funds_opening_cny, 0) as decimal(24, 2)) as funds_opening_cny,
        {%- for event in scorecard_events() + ['landed'] %}
        cast(coalesce(sum({{ event }}_reached) over so_far, 0) as decimal(24, 2)) as {{ event }}_stock,
        {%- endfor %}
        cast(sum(total_investment_reached) over so_far as decimal(24, 2)) as total_investment_stock,
        cast(sum(contract_amount_reached) over so_far as decimal(24, 2)) as contract_amount_stock,
        -- Unknown where ledgers of its own projects state no cumulative: its part of another county's project is not all.
        case
            when sum(own_stocks) over so_far > 0 or coalesce(sum(signed_reached) over so_far, 0) = 0
                then cast(sum(funds_reached_cny) over so_far as decimal(24, 2))
        end as funds_stock
    from grid
    left join flows using ({{ key_list }}, report_month)
    left join reached using ({{ key_list }}, report_month)
    left join arrived using ({{ key_list }}, report_month)
    window
        in_year as (partition by {{ key_list }}, year(report_month) order by report_month),
        so_far as (partition by {{ key_list }} order by report_month)
),

-- Which months can be compared: funds of a first ledger are mostly an opening, and what follows a missing ledger is
-- two months' worth.
reported as (
    select
        summed.*,
        months.is_reported as has_month,
        months.is_reported and months.covers_year as has_year,
        months.is_reported and case
            when months.is_first_month then summed.funds_opening_cny = 0
            else months.is_reported_before
        end as has_funds_month,
        months.is_reported
        and months.covers_year
        and months.has_whole_year
        and max(case when months.is_first_month and summed.funds_opening_cny <> 0 then 1 else 0 end) over in_year = 0
            as has_funds_year
    from summed
    inner join months using ({{ key_list }}, report_month)
    window
        in_year as (partition by {{ key_list }}, year(report_month) order by report_month)
),

components as (
    select
        reported.* exclude (has_month, has_year, has_funds_month, has_funds_year)
        {%- for name, column in growth_measures().items() %}
        {%- set funds = 'funds_' if name == 'funds_arrived' else '' %},
        {{ growth_rate(
            'reported.' ~ column, 'last_year.' ~ column,
            'reported.has_' ~ funds ~ 'month and last_year.has_' ~ funds ~ 'month'
        ) }} as {{ name }}_yoy_rate,
        {{ growth_rate(
            'reported.' ~ ytd_of(column), 'last_year.' ~ ytd_of(column),
            'reported.has_' ~ funds ~ 'year and last_year.has_' ~ funds ~ 'year'
        ) }} as {{ name }}_ytd_yoy_rate
        {%- endfor %}
    from reported
    left join reported as last_year
        on
            {%- for key in keys %}
            reported.{{ key }} = last_year.{{ key }} and
            {%- endfor %}
            {{ add_months('reported.report_month', -12) }} = last_year.report_month
)
{%- endmacro %}

{# Stocks that rates are made of, by the names of `rate_bases`. #}
{% macro rate_stocks() -%}
    {{ return(['signed', 'performed', 'started', 'in_production', 'landed', 'total_investment', 'contract_amount', 'funds']) }}
{%- endmacro %}

{# The five rates of a month, every basis of `rate_bases`, out of the stocks of `components`. #}
{% macro scorecard_rates(key, components) -%}
with stocks as (
    unpivot (
        select
            {{ key }},
            report_month,
            {%- for stock in rate_stocks() %}
            {{ stock }}_stock as {{ stock }}{{ "," if not loop.last }}
            {%- endfor %}
        from {{ components }}
    )
    on {{ rate_stocks() | join(', ') }}
    into name component value amount
)

select
    months.{{ key }},
    months.report_month,
    bases.rate,
    bases.rate_basis,
    bases.is_default,
    numerators.amount as numerator,
    denominators.amount as denominator,
    case
        when denominators.amount > 0
            then round(cast(numerators.amount as double) / cast(denominators.amount as double), 12)
    end as rate_value
from {{ components }} as months
cross join {{ ref('rate_bases') }} as bases
left join stocks as numerators
    on
        months.{{ key }} = numerators.{{ key }}
        and months.report_month = numerators.report_month
        and bases.numerator = numerators.component
left join stocks as denominators
    on
        months.{{ key }} = denominators.{{ key }}
        and months.report_month = denominators.report_month
        and bases.denominator = denominators.component
{%- endmacro %}

{# CTEs that end in `rated`: `components` with the default basis of each of the five rates. #}
{% macro default_rates(components) -%}
{%- set rates = ['performance', 'start', 'funds_arrival', 'production', 'landing'] -%}
bases as (
    select
        {%- for rate in rates %}
        max(case when rate = '{{ rate }}' then rate_basis end) as {{ rate }}_rate_basis,
        max(case when rate = '{{ rate }}' then numerator end) as {{ rate }}_numerator_name,
        max(case when rate = '{{ rate }}' then denominator end) as {{ rate }}_denominator_name{{ "," if not loop.last }}
        {%- endfor %}
    from {{ ref('rate_bases') }}
    where is_default
),

rate_parts as (
    select
        components.*,
        {%- for rate in rates %}
        {%- for part in ['numerator', 'denominator'] %}
        case bases.{{ rate }}_{{ part }}_name
            {%- for stock in rate_stocks() %}
            when '{{ stock }}' then components.{{ stock }}_stock
            {%- endfor %}
        end as {{ rate }}_{{ part }},
        {%- endfor %}
        bases.{{ rate }}_rate_basis{{ "," if not loop.last }}
        {%- endfor %}
    from {{ components }} as components
    cross join bases
),

rated as (
    select
        *,
        {%- for rate in rates %}
        case
            when {{ rate }}_denominator > 0
                then round(cast({{ rate }}_numerator as double) / cast({{ rate }}_denominator as double), 12)
        end as {{ rate }}_rate,
        {%- endfor %}
        concat_ws(
            ' ', {% for rate in rates | sort %}{{ rate }}_rate_basis{{ ", " if not loop.last }}{% endfor %}
        ) as rate_basis
    from rate_parts
)
{%- endmacro %}

{# Indicators that targets are set for, and the year-to-date column each is measured by. #}
{% macro target_indicators() -%}
    {{ return({
        'signed_projects': 'signed_count_ytd', 'signed_amount': 'signed_amount_ytd_cny',
        'started_projects': 'started_count_ytd', 'completed_projects': 'completed_count_ytd',
        'production_projects': 'in_production_count_ytd', 'funds_arrived': 'funds_arrived_ytd_cny',
    }) }}
{%- endmacro %}
