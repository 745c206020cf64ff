-- Everything dated that is known of a project, each with where it stands. `source_*` are empty where no one row says
-- it, `precision` where the day is known.
with file_names as (
    select
        file_sha256,
        min(file_name) as file_name
    from ledger_files
    where status = 'read'
    group by file_sha256
),

first_rows as (
    select
        project_id,
        min_by(valid_from, version) as first_on,
        min_by(file_sha256, version) as file_sha256,
        min_by(sheet, version) as sheet,
        min_by(row_number, version) as row_number
    from dim_project_history
    where project_id = $project_id
    group by project_id
),

stages as (
    select
        valid_from,
        stage,
        lag(stage) over (order by version) as stage_before,
        project_name,
        lag(project_name) over (order by version) as name_before,
        file_sha256,
        sheet,
        row_number
    from dim_project_history
    where project_id = $project_id
),

-- The row that first stated each planned date.
plans as (
    select
        milestone,
        planned_on,
        min_by(file_sha256, version) as file_sha256,
        min_by(sheet, version) as sheet,
        min_by(row_number, version) as row_number
    from (
        select
            version,
            file_sha256,
            sheet,
            row_number,
            unnest(['started', 'completed', 'in_production']) as milestone,
            unnest([planned_start_on, planned_completion_on, planned_production_on]) as planned_on
        from dim_project_history
        where project_id = $project_id
    )
    where planned_on is not null
    group by milestone, planned_on
),

articles as (
    select
        article_id,
        any_value(url) as url,
        min(published_on) as published_on
    from fct_published_figures
    group by article_id
),

-- How exactly the dates planned now are known; of earlier ones nothing says it.
plan_precisions as (
    select
        unnest(['started', 'completed', 'in_production']) as milestone,
        unnest([planned_start_on, planned_completion_on, planned_production_on]) as planned_on,
        unnest([
            planned_start_on_precision, planned_completion_on_precision, planned_production_on_precision
        ]) as precision
    from dim_project
    where project_id = $project_id
),

precisions as (
    select
        'reached' as kind,
        milestone as name,
        reached_on as happened_on,
        reached_on_precision as precision
    from fct_project_milestones
    where project_id = $project_id
    union all
    select 'planned', milestone, planned_on, precision
    from plan_precisions
),

events as (
    select
        first_on as happened_on,
        'first_reported' as kind,
        null as name,
        null::decimal(20, 2) as amount_cny,
        null as note,
        file_sha256,
        sheet,
        row_number
    from first_rows
    union all
    select valid_from, 'stage', stage, null, null, file_sha256, sheet, row_number
    from stages
    where stage_before is not null and stage is distinct from stage_before
    union all
    select valid_from, 'renamed', project_name, null, name_before, file_sha256, sheet, row_number
    from stages
    where name_before is not null and project_name is distinct from name_before
    union all
    select reached_on, 'reached', milestone, null, basis, file_sha256, sheet, row_number
    from fct_project_milestones
    where project_id = $project_id
    union all
    select
        milestones.planned_on,
        'planned',
        milestones.milestone,
        null,
        null,
        plans.file_sha256,
        plans.sheet,
        plans.row_number
    from fct_project_milestones as milestones
    left join plans on milestones.milestone = plans.milestone and milestones.planned_on = plans.planned_on
    where milestones.project_id = $project_id and milestones.planned_on is not null
    union all
    select report_month, 'funds_' || kind, basis, amount_cny, cumulative_cny::varchar, file_sha256, sheet, row_number
    from fct_fund_arrivals
    where project_id = $project_id
    union all
    select began_on, 'lit', rule_id, null, case when red_on = began_on then 'red' else 'yellow' end, null, null, null
    from fct_light_spells
    where project_id = $project_id
    union all
    select red_on, 'lit', rule_id, null, 'red', null, null, null
    from fct_light_spells
    where project_id = $project_id and red_on > began_on
    union all
    select ended_on, 'unlit', rule_id, null, ended_by, null, null, null
    from fct_light_spells
    where project_id = $project_id and ended_on is not null
    union all
    select
        happened_on,
        'reply',
        rule_id,
        null,
        concat_ws(
            '；',
            status_label,
            cause,
            measure,
            '新时限 ' || new_due_on,
            '佐证 ' || evidence_reference,
            '签收 ' || received_on
        ),
        file_sha256,
        sheet,
        row_number
    from follow_up_replies
    where project_id = $project_id
    union all
    select reopened_on, 'reopened', rule_id, null, null, null, null, null
    from fct_follow_ups
    where project_id = $project_id and reopened_on is not null
    union all
    select
        articles.published_on,
        'news',
        news.event,
        null,
        concat_ws(' ', news.evidence, articles.url),
        null,
        null,
        null
    from fct_project_news as news
    left join articles on news.article_id = articles.article_id
    where news.project_id = $project_id
)

select
    events.happened_on,
    precisions.precision,
    events.kind,
    events.name,
    events.amount_cny,
    events.note,
    coalesce(file_names.file_name, replies.file_name) as file_name,
    events.sheet,
    events.row_number
from events
left join file_names on events.file_sha256 = file_names.file_sha256
left join precisions
    on
        events.kind = precisions.kind
        and events.name = precisions.name
        and events.happened_on = precisions.happened_on
left join follow_up_files as replies on events.file_sha256 = replies.file_sha256
order by events.happened_on nulls last, events.kind, events.name, events.note
