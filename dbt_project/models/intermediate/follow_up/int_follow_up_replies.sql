-- What stands of the replies to one item: later answers win; of one day, the workbook issued last, then the answer that
-- goes furthest. Signing for an assignment is heard, but answers nothing. An earlier cause or measure stands until a
-- later answer states another.
{%- set ordered = "(happened_on, issued_on, state_order, event_id)" %}
with answered as (
    select
        *,
        case status
            when 'not_accepted' then 0
            when 'in_progress' then 1
            when 'impossible' then 2
            when 'done' then 3
        end as state_order
    from {{ ref('int_follow_up_answers') }}
)

select
    follow_up_id,
    any_value(project_id) as project_id,
    any_value(rule_id) as rule_id,
    any_value(county_code) as county_code,
    count(*) filter (where event <> 'received') as replies,
    min(happened_on) as first_heard_on,
    max(happened_on) as last_heard_on,
    max(case when event <> 'received' then happened_on end) as answered_on,
    {{ last_known('status', ordered) }} as reply_status,
    max(case when status = 'done' then happened_on end) as done_on,
    {{ last_known('cause', ordered) }} as cause,
    {{ last_known('measure', ordered) }} as measure,
    {{ last_known('person', ordered) }} as responsible_person,
    {{ last_known('new_due_on', ordered) }} as new_due_on,
    {{ last_known('evidence_reference', ordered) }} as evidence_reference,
    {{ last_known('received_on', ordered) }} as received_on
from answered
group by follow_up_id
