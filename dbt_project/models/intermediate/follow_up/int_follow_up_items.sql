-- Every spell that is followed up, with what the replies claim and whether the next ledger bore it out.
with items as (
    select
        concat('F', substr(sha256(concat_ws('|', project_id, rule_id, began_on)), 1, 16)) as follow_up_id,
        *
    from {{ ref('int_light_spells') }}
),

claimed as (
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
    from items
    left join {{ ref('int_follow_up_replies') }} as replies using (follow_up_id)
),

-- Each claim with the first ledger after it, where the light was still on.
contradictions as (
    select
        items.follow_up_id,
        claims.happened_on as claimed_on,
        min(dates.as_of_on) as contradicted_on
    from items
    inner join {{ ref('stg_follow_up__events') }} as claims
        on items.follow_up_id = claims.follow_up_id and claims.status = 'done'
    inner join {{ ref('int_light_dates') }} as dates
        on
            items.county_code = dates.county_code
            and dates.is_ledger_date
            and claims.happened_on < dates.as_of_on
            and (items.ended_on is null or dates.as_of_on < items.ended_on)
    group by items.follow_up_id, claims.happened_on
),

contradicted as (
    select
        follow_up_id,
        count(*) as contradictions,
        max(claimed_on) as last_claimed_on,
        max(contradicted_on) as contradicted_on
    from contradictions
    group by follow_up_id
)

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
