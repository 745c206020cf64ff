-- What has been done about each target so far: within its period for what is counted, as a stock for rates. A city's or
-- province's target is one of all its counties.
with regions as (
    select distinct
        asked.region_code,
        counties.current_county_code as county_code
    from (select distinct region_code from {{ ref('int_targets') }}) as asked
    inner join {{ ref('int_counties') }} as counties
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

-- The day a signing is of: as stated, else of the ledger that shows it where the one before did not.
signing_days as (
    select
        signings.project_id,
        signings.signing_event,
        coalesce(signings.signed_on, seen.reached_on) as signed_on,
        signings.signed_on_precision
    from {{ ref('fct_signings') }} as signings
    left join {{ ref('fct_project_milestones') }} as seen
        on signings.project_id = seen.project_id and seen.milestone = 'signed' and seen.was_seen_before
),

-- The cohorts a project was signed in: the fair or ceremony, the year, the half-year.
cohorts as (
    select
        project_id,
        [
            trim(signing_event),
            concat(year(signed_on), '年'),
            -- A signing known to its year only belongs to neither half.
            case
                when signed_on_precision is distinct from 'year'
                    then concat(year(signed_on), case when month(signed_on) <= 6 then '上半年' else '下半年' end)
            end
        ] as cohorts
    from signing_days
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
    {%- for component in ['total_investment', 'contract_amount'] %}
    union all
    select
        project_id,
        county_code,
        reached_on as happened_on,
        '{{ component }}' as component,
        is_dated,
        {{ component }}_cny as value,
        project_total_cny,
        [responsible_unit, town_name, park_name] as units
    from {{ ref('int_events') }}
    where event in ('signed', 'increased')
    {%- endfor %}
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
        targets.*,
        case targets.indicator
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
    from {{ ref('int_targets') }} as targets
    left join {{ ref('rate_bases') }} as bases
        on targets.indicator = concat(bases.rate, '_rate') and bases.is_default
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
            as completion_rate,
        case when target_value > 0 then round(cast(stated_done_value as double) / cast(target_value as double), 12) end
            as stated_completion_rate
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
    stated_done_value,
    stated_completion_rate,
    round(elapsed_rate, 8) as elapsed_rate,
    case when not is_rate then round(completion_rate - elapsed_rate, 8) end as time_gap_rate,
    case
        -- What luodi cannot count (a town's part, funds of one origin) the ledger itself may say.
        when coalesce(actual_value, stated_done_value) is null then 'not_assessed'
        when coalesce(actual_value, stated_done_value) >= target_value then 'reached'
        when period_start > {{ as_of() }} then 'not_begun'
        when period_end < {{ as_of() }} then 'missed'
        when not is_rate and coalesce(completion_rate, stated_completion_rate) >= elapsed_rate then 'on_track'
        else 'behind'
    end as state,
    period_end as due_on,
    case
        when actual_value >= target_value then done_on
        when actual_value is null and stated_done_value >= target_value then stated_on
    end as done_on,
    nullif(unit_name, '') as responsible_unit,
    responsible_leader,
    stated_in,
    source,
    file_sha256,
    sheet,
    row_number
from judged
