{{ config(pre_hook={'sql': '{{ checkpoint() }}', 'transaction': False}) }}
-- Every project as of the run. What a later ledger leaves blank keeps its last stated value; notes, problems and the
-- year's figures are those of the latest row. Wide rows are joined on equal keys only: what such a join can't hold in
-- memory goes to disk.
with ranked as (
    select
        stated.* exclude (last_stated_on, stage_stated_on),
        latest.* exclude (project_id, county_code, first_cumulative_on, first_ytd_on),
        {{ stage_rank('stated.stage') }} as stage_rank
    from {{ ref('int_project_last_stated') }} as stated
    inner join {{ ref('int_project_last_rows') }} as latest on stated.project_id = latest.project_id
),

-- How many ledgers of its county came after a project's last one.
numbered as (
    select
        county_code,
        report_date,
        count(*) as ledgers_on_day,
        sum(count(*)) over (partition by county_code order by report_date) as ledgers_so_far,
        sum(count(*)) over (partition by county_code) as ledgers_in_all
    from {{ ref('int_ledger_sequence') }}
    group by county_code, report_date
),

amounts as (
    select distinct total_investment_cny from {{ ref('int_project_last_stated') }}
),

amounts_in_tiers as (
    select
        amounts.total_investment_cny,
        tiers.size_tier
    from amounts
    inner join {{ ref('size_tiers') }} as tiers
        on
            amounts.total_investment_cny >= tiers.min_total_investment_cny
            and (
                tiers.below_total_investment_cny is null
                or amounts.total_investment_cny < tiers.below_total_investment_cny
            )
)

select
    ranked.*,
    amounts_in_tiers.size_tier,
    cast(numbered.ledgers_in_all - numbered.ledgers_so_far as bigint) as ledgers_missed
from ranked
inner join numbered
    on ranked.county_code = numbered.county_code and ranked.last_reported_on = numbered.report_date
left join amounts_in_tiers on ranked.total_investment_cny = amounts_in_tiers.total_investment_cny
