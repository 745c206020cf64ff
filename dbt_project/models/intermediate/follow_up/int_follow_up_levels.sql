-- How far each item has been escalated, since when, and how many working days it gives.
with own_rules as (
    select distinct rule_id from {{ ref('escalation') }}
    where rule_id is not null
),

reached as (
    select
        items.follow_up_id,
        steps.level,
        steps.due_working_days,
        {{ add_days("case when steps.light = 'red' then coalesce(items.red_on, items.began_on) else items.began_on end",
            'steps.min_days') }} as level_since_on,
        case steps.level
            when 'reminder' then 1
            when 'supervision' then 2
            when 'interview' then 3
            when 'exit_review' then 4
            else 0
        end as level_order
    from {{ ref('int_follow_up_items') }} as items
    left join own_rules on items.rule_id = own_rules.rule_id
    inner join {{ ref('escalation') }} as steps
        on
            (steps.rule_id = items.rule_id or (steps.rule_id is null and own_rules.rule_id is null))
            and items.light = steps.light
            and items.repeats >= steps.min_repeats
)

select
    reached.follow_up_id,
    reached.level,
    reached.level_order,
    reached.due_working_days,
    reached.level_since_on
from reached
inner join {{ ref('int_follow_up_items') }} as items using (follow_up_id)
where reached.level_since_on <= coalesce(items.ended_on, {{ as_of() }})
qualify
    row_number() over (
        partition by reached.follow_up_id
        order by reached.level_order desc, reached.level_since_on asc, reached.due_working_days asc
    ) = 1
