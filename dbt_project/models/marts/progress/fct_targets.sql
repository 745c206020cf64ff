-- Targets by region (county, city, province), unit, period, indicator, cohort and size: those set in the seed, then
-- those that counties' summary ledgers state for the year of their report date (their latest ledger; the seed wins).
-- What has been done about each so far stands beside it: within the period for what is counted, as a stock for rates.
with seeded as (
    select
        region_code,
        coalesce(unit_name, '') as unit_name,
        coalesce(signing_cohort, '') as signing_cohort,
        coalesce(size_tier_from, '') as size_tier_from,
        period_kind,
        period_start,
        period_end,
        indicator,
        cast(target_value * units.factor as decimal(24, 6)) as target_value,
        units.unit,
        'seed' as stated_in,
        source,
        responsible_leader,
        cast(null as varchar) as file_sha256,
        cast(null as varchar) as sheet,
        cast(null as integer) as row_number
    from {{ ref('targets') }} as targets
    inner join (
        values
        ('CNY', 'CNY', 1), ('元', 'CNY', 1), ('万元', 'CNY', 10000), ('亿元', 'CNY', 100000000), ('USD', 'USD', 1),
        ('美元', 'USD', 1), ('count', 'count', 1), ('个', 'count', 1), ('rate', 'rate', 1), ('%', 'rate', 0.01)
    ) as units (written, unit, factor) on targets.unit = units.written
),

stated as (
    select
        summary.county_code,
        trim(summary.region_name) as region_name,
        {{ year_start('summary.report_date') }} as period_start,
        case summary.indicator
            when 'signings' then 'signed_projects'
            when 'starts' then 'started_projects'
            when 'completions' then 'completed_projects'
            when 'productions' then 'production_projects'
            else summary.indicator
        end as indicator,
        summary.value,
        summary.unit,
        summary.report_date,
        summary.file_sha256,
        summary.sheet,
        summary.row_number,
        summary.header
    from {{ source('lake', 'ledger_summary_values') }} as summary
    where
        summary.measure = 'target'
        and summary.value is not null
        and summary.report_date <= {{ as_of() }}
        and coalesce(summary.funds_origin, '') = ''
        and coalesce(summary.scope, 'year') in ('year', 'ytd')
),

placed as (
    select
        coalesce(counties.county_code, stated.county_code) as region_code,
        case when counties.county_code is null then stated.region_name else '' end as unit_name,
        stated.* exclude (county_code, region_name)
    from stated
    left join {{ ref('dim_county') }} as own on stated.county_code = own.county_code
    -- A summary of a city names its counties, a summary of a county its towns and units.
    left join {{ ref('dim_county') }} as counties
        on
            stated.region_name in (counties.county_name, counties.county_short_name)
            and counties.city_code = own.city_code
            and counties.valid_to is null
),

latest as (
    select *
    from placed
    qualify
        row_number() over (
            partition by region_code, unit_name, period_start, indicator
            order by report_date desc, file_sha256 asc, sheet asc, row_number asc, header asc
        ) = 1
),

targets as (
    select * from seeded
    union all
    select
        latest.region_code,
        coalesce(latest.unit_name, '') as unit_name,
        '' as signing_cohort,
        '' as size_tier_from,
        'year' as period_kind,
        latest.period_start,
        {{ add_days(add_months('latest.period_start', 12), -1) }} as period_end,
        latest.indicator,
        cast(latest.value as decimal(24, 6)) as target_value,
        latest.unit,
        'ledger' as stated_in,
        latest.header as source,
        cast(null as varchar) as responsible_leader,
        latest.file_sha256,
        latest.sheet,
        latest.row_number
    from latest
    where
        latest.indicator is not null
        and not exists (
            select 1 from seeded
            where
                seeded.region_code = latest.region_code
                and seeded.unit_name = coalesce(latest.unit_name, '')
                and seeded.signing_cohort = ''
                and seeded.size_tier_from = ''
                and seeded.period_start = latest.period_start
                and seeded.period_kind = 'year'
                and seeded.indicator = latest.indicator
        )
),

numbered as (
    select
        targets.*,
        concat('G', substr(md5(concat_ws(
            '|', targets.region_code, targets.unit_name, targets.signing_cohort, targets.size_tier_from,
            targets.period_kind, targets.period_start, targets.indicator
        )), 1, 16)) as target_id,
        tiers.min_total_investment_cny,
        least(targets.period_end, {{ as_of() }}) as measured_on
    from targets
    left join {{ ref('size_tiers') }} as tiers on targets.size_tier_from = tiers.size_tier
),

-- A city's or province's target is one of all its counties.
regions as (
    select distinct
        asked.region_code,
        counties.current_county_code as county_code
    from (select distinct region_code from targets) as asked
    inner join {{ ref('dim_county') }} as counties
        on asked.region_code in (counties.county_code, counties.city_code, counties.province_code)
    where counties.current_county_code in (select s.county_code from {{ ref('int_submissions') }} as s)
),

-- Units, towns and parks that ledgers name: a target of one they never name cannot be counted.
named_units as (
    select distinct
        regions.region_code,
        unnest([projects.responsible_unit, projects.town_name, projects.park_name]) as unit_name
    from {{ ref('dim_project') }} as projects
    inner join regions using (county_code)
),

-- The cohorts a project was signed in: the fair or ceremony, the year, the half-year.
cohorts as (
    select
        project_id,
        [
            trim(signing_event),
            concat(year(signed_on), '年'),
            concat(year(signed_on), case when month(signed_on) <= 6 then '上半年' else '下半年' end)
        ] as cohorts
    from {{ ref('fct_signings') }}
),

-- What happened, by the names of the parts of rates (`rate_bases`).
parts as (
    select
        project_id,
        county_code,
        reached_on as happened_on,
        event as component,
        is_dated,
        cast(is_own as integer) as value,
        project_total_cny,
        [responsible_unit, town_name, park_name] as units
    from {{ ref('int_events') }}
    where event in ('signed', 'performed', 'started', 'completed', 'in_production', 'landed')
    union all
    select
        project_id,
        county_code,
        reached_on as happened_on,
        'total_investment' as component,
        is_dated,
        total_investment_cny as value,
        project_total_cny,
        [responsible_unit, town_name, park_name] as units
    from {{ ref('int_events') }}
    where event in ('signed', 'increased')
    union all
    select
        project_id,
        county_code,
        reached_on as happened_on,
        'contract_amount' as component,
        is_dated,
        contract_amount_cny as value,
        project_total_cny,
        [responsible_unit, town_name, park_name] as units
    from {{ ref('int_events') }}
    where event in ('signed', 'increased')
    union all
    select
        project_id,
        county_code,
        least({{ add_days(add_months('report_month', 1), -1) }}, {{ as_of() }}) as happened_on,
        case kind when 'stock' then 'funds' else 'arrived' end as component,
        true as is_dated,
        amount_cny as value,
        project_total_cny,
        [responsible_unit, town_name, park_name] as units
    from {{ ref('int_credited_funds') }}
    where kind <> 'opening'
),

happened as (
    select
        parts.*,
        cohorts.cohorts
    from parts
    left join cohorts using (project_id)
),

-- Which part each indicator is measured by; a rate is measured by two.
measures as (
    select
        numbered.*,
        case indicator
            when 'signed_projects' then 'signed'
            when 'signed_amount' then 'total_investment'
            when 'started_projects' then 'started'
            when 'completed_projects' then 'completed'
            when 'production_projects' then 'in_production'
            when 'landed_projects' then 'landed'
            when 'funds_arrived' then 'arrived'
            else bases.numerator
        end as component,
        bases.denominator,
        bases.rate is not null as is_rate
    from numbered
    left join {{ ref('rate_bases') }} as bases
        on numbered.indicator = concat(bases.rate, '_rate') and bases.is_default
),

counted as (
    select
        measures.target_id,
        happened.happened_on,
        sum(case when happened.component = measures.component then happened.value end) as value,
        sum(case when happened.component = measures.denominator then happened.value end) as denominator
    from measures
    inner join regions on measures.region_code = regions.region_code
    inner join happened
        on
            regions.county_code = happened.county_code
            and happened.component in (measures.component, coalesce(measures.denominator, measures.component))
            and happened.happened_on <= measures.measured_on
            and (measures.is_rate or (happened.is_dated and happened.happened_on >= measures.period_start))
            and (measures.unit_name = '' or list_contains(happened.units, measures.unit_name))
            and (
                measures.size_tier_from = '' or happened.project_total_cny >= measures.min_total_investment_cny
            )
            and (measures.signing_cohort = '' or list_contains(happened.cohorts, measures.signing_cohort))
    group by measures.target_id, happened.happened_on
),

running as (
    select
        target_id,
        happened_on,
        sum(value) over by_day as value,
        sum(denominator) over by_day as denominator
    from counted
    window by_day as (partition by target_id order by happened_on)
),

reached as (
    select
        measures.target_id,
        max_by(coalesce(running.value, 0), running.happened_on) as value,
        max_by(running.denominator, running.happened_on) as denominator,
        min(case when running.value >= measures.target_value then running.happened_on end) as done_on
    from measures
    inner join running using (target_id)
    group by measures.target_id
),

compared as (
    select
        measures.*,
        case
            when measures.is_rate
                then round(cast(reached.value as double) / nullif(cast(reached.denominator as double), 0), 12)
            -- Nothing counted is nothing done; what luodi cannot count is not assessed.
            when
                measures.component is not null
                and measures.region_code in (select r.region_code from regions as r)
                and (measures.unit_name = '' or named_units.unit_name is not null)
                then coalesce(reached.value, 0)
        end as actual_value,
        case when not measures.is_rate then reached.done_on end as done_on,
        greatest(
            0, cast({{ days_between('measures.period_start', 'measures.measured_on') }} + 1 as double)
            / ({{ days_between('measures.period_start', 'measures.period_end') }} + 1)
        ) as elapsed_rate
    from measures
    left join reached using (target_id)
    left join named_units
        on measures.region_code = named_units.region_code and measures.unit_name = named_units.unit_name
),

judged as (
    select
        *,
        case when target_value > 0 then round(cast(actual_value as double) / cast(target_value as double), 12) end
            as completion_rate
    from compared
)

select
    target_id,
    region_code,
    unit_name,
    signing_cohort,
    size_tier_from,
    period_kind,
    period_start,
    period_end,
    indicator,
    target_value,
    unit,
    cast(actual_value as decimal(24, 6)) as actual_value,
    completion_rate,
    round(elapsed_rate, 8) as elapsed_rate,
    case when not is_rate then round(completion_rate - elapsed_rate, 8) end as time_gap_rate,
    case
        when actual_value is null then 'not_assessed'
        when actual_value >= target_value then 'reached'
        when period_start > {{ as_of() }} then 'not_begun'
        when period_end < {{ as_of() }} then 'missed'
        when not is_rate and completion_rate >= elapsed_rate then 'on_track'
        else 'behind'
    end as state,
    period_end as due_on,
    case when actual_value >= target_value then done_on end as done_on,
    nullif(unit_name, '') as responsible_unit,
    responsible_leader,
    stated_in,
    source,
    file_sha256,
    sheet,
    row_number
from judged
