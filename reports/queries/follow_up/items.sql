-- Open follow-up items with all a unit needs to answer: what, why, since when, until when, what was said before.
with file_names as (
    select
        file_sha256,
        min(file_name) as file_name
    from ledger_files
    where status = 'read'
    group by file_sha256
),

earlier_spells as (
    select
        spells.project_id,
        spells.rule_id,
        list(
            concat(spells.began_on, ' 亮灯，', coalesce(spells.ended_on::varchar, ''), ' 灭灯')
            order by spells.began_on
        ) as lines
    from fct_light_spells as spells
    where not spells.is_open
    group by spells.project_id, spells.rule_id
),

said as (
    select
        follow_up_id,
        list(
            concat_ws(
                '；',
                concat(
                    happened_on, case when happened_on_basis = 'issued' then '（派发日）' end, ' 回复：',
                    coalesce(status_label, '未填状态')
                ),
                cause,
                measure,
                case when new_due_on is not null then concat('新时限 ', new_due_on) end,
                evidence_reference
            )
            order by happened_on, event_id
        ) as lines
    from follow_up_replies
    group by follow_up_id
)

select
    items.follow_up_id,
    items.project_id,
    items.rule_id,
    items.county_code,
    coalesce(counties.county_name, items.county_code) as county_name,
    projects.project_name,
    projects.investor_name,
    projects.stage,
    projects.total_investment_cny,
    lights.rule_name,
    items.light,
    items.level,
    items.level_since_on,
    items.status,
    items.opened_on,
    items.due_on,
    items.is_overdue,
    items.reopened_on,
    -- An item stays open until a ledger shows it green: of one whose light data now fail to tell, what is missing.
    coalesce(
        lights.reason, concat('原为', case items.light when 'red' then '红' else '黄' end, '灯，现缺数据判不了：', judged.reason)
    ) as reason,
    coalesce(
        lights.action,
        case when judged.light = 'unknown' then '在台账中补报所缺数据，下一期据此判定；已解决的，请回复办结并附佐证' end
    ) as action,
    coalesce(projects.responsible_unit, projects.tracking_unit) as responsible_unit,
    projects.responsible_leader,
    concat_ws(' / ', file_names.file_name, projects.sheet, concat('第', projects.row_number, '行')) as evidence,
    array_to_string(
        list_concat(
            coalesce(earlier_spells.lines, []),
            [concat(items.opened_on, ' 立项')],
            coalesce(said.lines, []),
            case when items.reopened_on is not null then [concat(items.reopened_on, ' 台账未变，重新立项')] else [] end
        ),
        chr(10)
    ) as history
from fct_follow_ups as items
inner join dim_project as projects using (project_id)
left join dim_county as counties on items.county_code = counties.county_code
left join stalled_projects as lights on items.project_id = lights.project_id and items.rule_id = lights.rule_id
left join fct_project_lights as judged on items.project_id = judged.project_id and items.rule_id = judged.rule_id
left join file_names on projects.file_sha256 = file_names.file_sha256
left join earlier_spells on items.project_id = earlier_spells.project_id and items.rule_id = earlier_spells.rule_id
left join said on items.follow_up_id = said.follow_up_id
where items.closed_on is null
order by
    items.county_code,
    case items.level when 'exit_review' then 0 when 'archive' then 0 when 'interview' then 1 when 'supervision' then 2 else 3 end,
    items.due_on,
    projects.project_name,
    items.rule_id
