{%- set last_stated = [
    'signed_on', 'signed_by', 'registered_on', 'planned_start_on', 'planned_start_by', 'started_on',
    'planned_completion_on', 'planned_completion_by', 'planned_production_on', 'planned_production_by',
    'statistics_entered_on', 'total_investment_cny', 'funds_arrived_cumulative_cny', 'investment_done_cumulative_cny',
    'progress_rate', 'industry', 'industry_chain', 'signed_on_precision', 'planned_start_on_precision',
    'planned_production_on_precision',
] -%}
-- What the rules look at of every project, as it stood after each of its county's ledgers that lists it: what a later
-- ledger leaves blank keeps its last stated value, as in `int_projects`; a cumulative goes on with what other columns say.
-- Investment done this year, where only the cumulative is stated, is what came to last December's; all of it where the
-- project was signed this year.
with done_before as (
    select
        project_id,
        {{ add_months('report_month', 1) }} as report_year,
        {{ last_known('investment_done_cumulative_cny', 'report_date') }} as cumulative_cny
    from {{ ref('int_project_versions') }}
    where month(report_month) = 12 and investment_done_cumulative_cny is not null
    group by project_id, report_month
),

beside_previous as (
    select
        versions.* replace (
            coalesce(versions.funds_arrived_cumulative_cny, since.cumulative_cny) as funds_arrived_cumulative_cny,
            coalesce(
                versions.investment_done_ytd_cny,
                case
                    when versions.investment_done_cumulative_cny >= done_before.cumulative_cny
                        then versions.investment_done_cumulative_cny - done_before.cumulative_cny
                    when done_before.cumulative_cny is null and year(versions.signed_on) = year(versions.report_month)
                        then versions.investment_done_cumulative_cny
                end
            ) as investment_done_ytd_cny
        ),
        lag(versions.content_fingerprint) over (
            partition by versions.project_id order by versions.report_date
        ) as previous_content,
        progress_dates.report_date as progressed_on
    from {{ ref('int_project_versions') }} as versions
    left join {{ ref('int_progress_dates') }} as progress_dates
        on versions.project_id = progress_dates.project_id and versions.report_date = progress_dates.report_date
    left join {{ ref('int_fund_cumulatives') }} as since
        on versions.project_id = since.project_id and versions.report_month = since.report_month
    left join done_before
        on
            versions.project_id = done_before.project_id
            and {{ year_start('versions.report_month') }} = done_before.report_year
),

compared as (
    select
        *,
        (content_fingerprint is distinct from previous_content) as is_changed,
        {{ certainly_by('signed_on', 'signed_on_precision') }} as signed_by,
        {{ certainly_by('planned_start_on', 'planned_start_on_precision') }} as planned_start_by,
        {{ certainly_by('planned_completion_on', 'planned_completion_on_precision') }} as planned_completion_by,
        {{ certainly_by('planned_production_on', 'planned_production_on_precision') }} as planned_production_by,
        {{ stage_key(
            'stage',
            'max(case when stage_stated is not null then report_date end) over (partition by project_id order by report_date)'
        ) }} as stage_key
    from beside_previous
),

running as (
    select
        project_id,
        county_code,
        name_key,
        report_date as last_reported_on,
        report_month as last_reported_month,
        lead(report_date) over (partition by project_id order by report_date) as next_reported_on,
        min(report_date) over so_far as first_reported_on,
        file_sha256,
        sheet,
        row_number,
        investment_plan_year_cny,
        investment_done_ytd_cny,
        {%- for column in last_stated %}
        {{ unless_taken_back(column, '(last_value(' ~ stated_or_taken_back(column) ~ ' ignore nulls) over so_far)') }}
            as {{ column }},
        {%- endfor %}
        {{ stage_in_force('(max(stage_key) over so_far)') }} as stage,
        max(case when is_changed then report_date end) over so_far as last_changed_on,
        max(progressed_on) over so_far as last_progressed_on,
        min(case when stage_rank >= 4 then report_date end) over so_far as started_seen_on,
        min(case when stage_rank < 4 then report_date end) over so_far as short_of_started_on
    from compared
    window so_far as (partition by project_id order by report_date)
),

-- Of the few projects whose start was taken back: from which ledger on one showed it, or took it back.
start_changes as (
    select
        *,
        lag(shows_start) over (partition by project_id order by report_date) as showed_start
    from (
        select
            project_id,
            report_date,
            case
                when stage_rank >= 4 then true
                when stage_stated is not null and stage_rank < 4 and started_on is null then false
            end as shows_start
        from {{ ref('int_project_statements') }}
        where project_id in (select anew.project_id from {{ ref('int_reached_anew') }} as anew)
    ) as shown
    where shows_start is not null
),

start_spells as (
    select
        project_id,
        case when shows_start then report_date end as started_seen_on,
        report_date as begins_on,
        lead(report_date, 1, date '9999-12-31') over (partition by project_id order by report_date) as ends_on
    from start_changes
    where shows_start is distinct from showed_start
),

-- Only the size tiers, chains and industries that some rule names are told apart; a chain is asked before an industry.
named_tiers as (
    select * from {{ ref('size_tiers') }}
    where size_tier in (select rules.size_tier from {{ ref('stall_rules') }} as rules)
),

named_industries as (
    select distinct industry as rule_industry
    from {{ ref('stall_rules') }}
    where industry is not null
),

named_chains as (
    select
        chains.industry_chain,
        min(named.rule_industry) as rule_industry
    from {{ ref('int_industry_chains') }} as chains
    inner join named_industries as named
        on named.rule_industry in (chains.industry_chain, chains.canonical_chain)
    group by chains.industry_chain
)

select
    running.* exclude (industry, industry_chain) replace (
        case when start_spells.project_id is null then running.started_seen_on else start_spells.started_seen_on end
            as started_seen_on
    ),
    {{ stage_rank('running.stage') }} as stage_rank,
    coalesce(named_tiers.size_tier, '') as rule_tier,
    coalesce(named_chains.rule_industry, named_industries.rule_industry, '') as rule_industry
from running
left join start_spells
    on
        running.project_id = start_spells.project_id
        and running.last_reported_on >= start_spells.begins_on
        and running.last_reported_on < start_spells.ends_on
left join named_tiers
    on
        running.total_investment_cny >= named_tiers.min_total_investment_cny
        and (
            named_tiers.below_total_investment_cny is null
            or running.total_investment_cny < named_tiers.below_total_investment_cny
        )
left join named_chains on trim(running.industry_chain) = named_chains.industry_chain
left join named_industries on trim(running.industry) = named_industries.rule_industry
