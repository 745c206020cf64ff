-- One row a follow-up item: a spell of a project's light, answered for. What people replied and what the ledgers show
-- decide together: a matter is closed by a reply until the next ledger contradicts it, and by the ledger for good.
with judged as (
    select
        items.follow_up_id,
        items.project_id,
        items.county_code,
        items.rule_id,
        items.spell_number,
        items.began_on as opened_on,
        items.light,
        items.worst_light,
        items.repeats,
        levels.level,
        levels.level_since_on,
        levels.due_working_days,
        items.contradicted_on as reopened_on,
        items.ended_on,
        items.ended_by,
        items.replies,
        items.answered_on,
        items.reply_status,
        items.done_on,
        items.cause,
        items.measure,
        items.responsible_person,
        items.new_due_on,
        items.evidence_reference,
        items.received_on,
        items.is_claim_standing,
        items.closed_on,
        -- A later answer than the contradiction speaks again.
        items.answered_on >= items.contradicted_on and not items.is_claim_standing as is_answered_again
    from {{ ref('int_follow_up_items') }} as items
    inner join {{ ref('int_follow_up_levels') }} as levels using (follow_up_id)
    where levels.level <> 'none'
),

-- Asked for once, answered, and no longer found in what has landed (a ledger was replaced): kept, and closed.
orphans as (
    select replies.*
    from {{ ref('int_follow_up_replies') }} as replies
    where replies.follow_up_id not in (select judged.follow_up_id from judged)
),

counted as (
    select
        judged.*,
        judged.reopened_on is null or judged.is_answered_again as is_extension_valid,
        base.working_days_so_far + judged.due_working_days as due_working_day,
        base.date_day as base_on
    from judged
    inner join {{ ref('int_working_days') }} as base
        on base.date_day = greatest(judged.level_since_on, coalesce(judged.reopened_on, judged.level_since_on))
),

due as (
    select
        working_days_so_far,
        min(date_day) as due_on,
        min_by(calendar_basis, date_day) as calendar_basis
    from {{ ref('int_working_days') }}
    where is_working_day
    group by working_days_so_far
),

dated as (
    select
        counted.*,
        due.due_on as first_due_on,
        due.calendar_basis,
        coalesce(counted.new_due_on > due.due_on and counted.is_extension_valid, false) as is_extended
    from counted
    left join due on counted.due_working_day = due.working_days_so_far
)

select
    dated.follow_up_id,
    dated.project_id,
    dated.county_code,
    dated.rule_id,
    dated.spell_number,
    dated.opened_on,
    dated.level,
    dated.level_since_on,
    case
        when dated.closed_on is not null then 'closed'
        when dated.reopened_on is not null and not dated.is_answered_again then 'reopened'
        when dated.reply_status is null then 'open'
        else dated.reply_status
    end as status,
    case
        when dated.is_extended then dated.new_due_on else dated.first_due_on
    end as due_on,
    dated.first_due_on,
    case
        when dated.is_extended then 'extended' else dated.calendar_basis
    end as due_basis,
    dated.closed_on,
    case
        when dated.closed_on is null then null
        when dated.is_claim_standing and dated.closed_on = dated.done_on then 'answered'
        else dated.ended_by
    end as closed_reason,
    dated.reopened_on,
    dated.light,
    dated.worst_light,
    cast(dated.repeats as integer) as repeats,
    cast(coalesce(dated.replies, 0) as integer) as replies,
    dated.answered_on,
    dated.cause,
    dated.measure,
    dated.responsible_person,
    dated.evidence_reference,
    dated.received_on,
    dated.closed_on is null
    and case
        when dated.is_extended then dated.new_due_on else dated.first_due_on
    end < {{ as_of() }} as is_overdue
from dated
union all
select
    follow_up_id,
    project_id,
    county_code,
    rule_id,
    cast(null as integer) as spell_number,
    first_heard_on as opened_on,
    'none' as level,
    first_heard_on as level_since_on,
    'closed' as status,
    cast(null as date) as due_on,
    cast(null as date) as first_due_on,
    cast(null as varchar) as due_basis,
    last_heard_on as closed_on,
    'no_longer_found' as closed_reason,
    cast(null as date) as reopened_on,
    cast(null as varchar) as light,
    cast(null as varchar) as worst_light,
    0 as repeats,
    cast(replies as integer) as replies,
    answered_on,
    cause,
    measure,
    responsible_person,
    evidence_reference,
    received_on,
    false as is_overdue
from orphans
