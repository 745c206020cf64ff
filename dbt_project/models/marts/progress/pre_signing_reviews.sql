-- Projects in talks, for the joint review before signing (会审): what is known of the project, what is missing, and what
-- became of the investor's other projects.
with investors as (
    select
        {{ investor_key('investor_name') }} as investor_key,
        project_id,
        stage,
        {{ stage_rank('stage') }} as stage_rank
    from {{ ref('dim_project') }}
    where is_counted and investor_name is not null
),

talks as (
    select
        *,
        {{ investor_key('investor_name') }} as investor_key
    from {{ ref('dim_project') }}
    where stage in ('lead', 'talks')
),

others as (
    select
        talks.project_id,
        count(case when other.stage_rank >= 2 or other.stage = 'terminated' then 1 end) as signed_count,
        count(case when other.stage_rank in (2, 3) then 1 end) as not_started_count,
        count(case when other.stage = 'terminated' then 1 end) as terminated_count
    from talks
    inner join investors as other
        on talks.investor_key = other.investor_key and talks.project_id <> other.project_id
    group by talks.project_id
)

select
    talks.project_id,
    talks.county_code,
    talks.project_name,
    talks.investor_name,
    talks.stage,
    talks.total_investment_cny,
    talks.size_tier,
    talks.industry_chain,
    talks.park_name,
    talks.responsible_unit,
    talks.responsible_leader,
    talks.first_reported_on,
    talks.last_reported_on,
    cast({{ days_between('talks.first_reported_on', as_of()) }} as integer) as days_known,
    talks.progress_note,
    nullif(concat_ws(
        '、',
        case when talks.investor_name is null then '投资方' end,
        case when talks.total_investment_cny is null then '总投资' end,
        case when talks.industry_chain is null and talks.industry is null then '产业' end,
        case when talks.park_name is null and talks.town_name is null then '落地位置' end,
        case when talks.responsible_unit is null then '责任单位' end,
        case when talks.planned_start_on is null then '计划开工' end
    ), '') as missing_facts,
    cast(coalesce(others.signed_count, 0) as integer) as investor_signed_count,
    cast(coalesce(others.not_started_count, 0) as integer) as investor_not_started_count,
    cast(coalesce(others.terminated_count, 0) as integer) as investor_terminated_count,
    talks.duplicate_of,
    talks.file_sha256,
    talks.sheet,
    talks.row_number
from talks
left join others using (project_id)
