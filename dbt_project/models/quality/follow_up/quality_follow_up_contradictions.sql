-- What does not fit together in the replies to an item: closed in the reply but unchanged in the ledger (the first
-- ledger after the claim still shows the light), or answered differently on one day in two places.
with answered as (
    select
        events.follow_up_id,
        events.happened_on,
        events.sheet,
        events.row_number,
        unnest([
            { 'field': '办理状态', 'said': events.status, 'shown': states.status_label },
            { 'field': '滞后原因', 'said': events.cause, 'shown': events.cause },
            { 'field': '整改措施', 'said': events.measure, 'shown': events.measure },
            { 'field': '责任人', 'said': events.person, 'shown': '另一人' },
            {
                'field': '新的办结时限',
                'said': cast(events.new_due_on as varchar),
                'shown': cast(events.new_due_on as varchar)
            },
            { 'field': '佐证材料', 'said': events.evidence_reference, 'shown': events.evidence_reference }
        ]) as answer
    from {{ ref('int_follow_up_answers') }} as events
    left join {{ ref('stg_knowledge__reply_states') }} as states using (status)
),

differing as (
    select
        follow_up_id,
        happened_on,
        answer.field,
        concat(
            answer.field,
            '：',
            string_agg(
                concat(sheet, ' 第', row_number, '行 ', answer.shown), '；' order by sheet, row_number, answer.said
            )
        ) as answers
    from answered
    where answer.said is not null
    group by follow_up_id, happened_on, answer.field
    having count(distinct answer.said) > 1
),

conflicts as (
    select
        follow_up_id,
        max(happened_on) as claimed_on,
        string_agg(answers, '。' order by happened_on, field) as answers
    from differing
    group by follow_up_id
)

select
    items.follow_up_id,
    'closed_but_unchanged' as finding,
    items.project_id,
    items.county_code,
    items.rule_id,
    projects.project_name,
    items.contradicted_claim_on as claimed_on,
    items.contradicted_on,
    items.light,
    items.evidence_reference,
    projects.responsible_unit,
    cast(null as varchar) as answers
from {{ ref('int_follow_up_items') }} as items
inner join {{ ref('dim_project') }} as projects using (project_id)
where items.contradicted_on is not null
union all
select
    conflicts.follow_up_id,
    'answers_differ' as finding,
    items.project_id,
    items.county_code,
    items.rule_id,
    projects.project_name,
    conflicts.claimed_on,
    cast(null as date) as contradicted_on,
    items.light,
    items.evidence_reference,
    projects.responsible_unit,
    conflicts.answers
from conflicts
inner join {{ ref('int_follow_up_items') }} as items using (follow_up_id)
inner join {{ ref('dim_project') }} as projects using (project_id)
