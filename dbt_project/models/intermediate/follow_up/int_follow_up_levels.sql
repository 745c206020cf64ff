-- How far each item has been escalated, since when, and how many working days it gives. A reply that a matter is
-- impossible, with its reason, goes to the exit review whatever the rule. Nothing is escalated once it is closed, and a
-- repetition counts from the day it was seen.
with own_rules as (
    select distinct rule_id from {{ ref('escalation') }}
    where rule_id is not null and reply_status is null
),

items as (
    select
        *,
        case when reply_status <> 'impossible' or cause is not null then reply_status end as reasoned_status,
        coalesce(red_on, began_on) as turned_red_on,
        case when closed_on <= red_on and began_on < red_on then 'yellow' else light end as light_while_open
    from {{ ref('int_follow_up_items') }}
),

reached as (
    select
        items.follow_up_id,
        items.began_on,
        items.closed_on,
        steps.level,
        steps.due_working_days,
        greatest(
            case steps.light
                when 'red' then {{ add_days('items.turned_red_on', 'steps.min_days') }}
                else {{ add_days('items.began_on', 'steps.min_days') }}
            end,
            case when steps.min_months_since > 0 then {{ add_months('items.since_on', 'steps.min_months_since') }} end,
            case when steps.reply_status is not null then items.answered_on end,
            contradictions.contradicted_on
        ) as level_since_on,
        case steps.level
            when 'reminder' then 1
            when 'supervision' then 2
            when 'interview' then 3
            when 'archive' then 4
            when 'exit_review' then 5
            else 0
        end as level_order
    from items
    left join own_rules on items.rule_id = own_rules.rule_id
    inner join {{ ref('escalation') }} as steps
        on
            (
                steps.rule_id = items.rule_id
                or (steps.rule_id is null and (own_rules.rule_id is null or steps.reply_status is not null))
            )
            and (steps.reply_status is null or steps.reply_status = items.reasoned_status)
            and items.light_while_open = steps.light
            and items.repeats >= steps.min_repeats
            and (steps.min_months_since = 0 or items.since_on is not null)
    left join {{ ref('int_follow_up_contradictions') }} as contradictions
        on
            items.follow_up_id = contradictions.follow_up_id
            and steps.min_repeats - (items.spell_number - 1) = contradictions.contradiction_number
)

select
    follow_up_id,
    level,
    level_order,
    due_working_days,
    level_since_on
from reached
where
    level_since_on = began_on
    or level_since_on < coalesce(closed_on, {{ add_days(as_of(), 1) }})
qualify
    row_number() over (
        partition by follow_up_id
        order by level_order desc, level_since_on asc, due_working_days asc
    ) = 1
