-- Replies by the item they answer today. A ledger that arrives late may let a spell begin on another day, and its
-- item has another number then: an answer to the old number goes to the spell of its project and rule that was lit on
-- the day its workbook was issued. Where there is none, the answer keeps its number.
select events.* replace (coalesce(named.follow_up_id, lit.follow_up_id, events.follow_up_id) as follow_up_id)
from {{ ref('stg_follow_up__events') }} as events
left join {{ ref('int_follow_up_spells') }} as named on events.follow_up_id = named.follow_up_id
left join {{ ref('int_follow_up_spells') }} as lit
    on
        named.follow_up_id is null
        and events.project_id = lit.project_id
        and events.rule_id = lit.rule_id
        and lit.began_on <= events.issued_on
        and (lit.ended_on is null or events.issued_on < lit.ended_on)
