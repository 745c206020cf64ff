-- Every spell that is followed up, with what the replies claim and whether the next ledger bore it out.
with claimed as (
    select
        items.*,
        replies.replies,
        replies.answered_on,
        replies.reply_status,
        case when replies.reply_status = 'done' then replies.done_on end as done_on,
        replies.cause,
        replies.measure,
        replies.responsible_person,
        replies.new_due_on,
        replies.evidence_reference,
        replies.received_on
    from {{ ref('int_follow_up_spells') }} as items
    left join {{ ref('int_follow_up_replies') }} as replies using (follow_up_id)
),

contradicted as (
    select
        follow_up_id,
        count(*) as contradictions,
        max(claimed_on) as last_claimed_on,
        max(contradicted_on) as contradicted_on
    from {{ ref('int_follow_up_contradictions') }}
    group by follow_up_id
),

counted as (
    select
        claimed.*,
        contradicted.contradicted_on,
        contradicted.last_claimed_on as contradicted_claim_on,
        (
            claimed.done_on is not null
            and (contradicted.last_claimed_on is null or claimed.done_on <> contradicted.last_claimed_on)
        ) as is_claim_standing,
        claimed.spell_number - 1 + coalesce(contradicted.contradictions, 0) as repeats
    from claimed
    left join contradicted using (follow_up_id)
)

select
    *,
    case when is_claim_standing then least(done_on, ended_on) else ended_on end as closed_on
from counted
