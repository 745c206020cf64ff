-- Every claim that a matter is done which the county's next ledger did not bear out: the light was still on. Numbered
-- in the order in which the ledgers showed it.
with contradictions as (
    select
        spells.follow_up_id,
        claims.happened_on as claimed_on,
        min(dates.as_of_on) as contradicted_on
    from {{ ref('int_follow_up_spells') }} as spells
    inner join {{ ref('int_follow_up_answers') }} as claims
        on spells.follow_up_id = claims.follow_up_id and claims.status = 'done'
    inner join {{ ref('int_light_dates') }} as dates
        on
            spells.county_code = dates.county_code
            and dates.is_ledger_date
            and claims.happened_on < dates.as_of_on
            and (spells.ended_on is null or dates.as_of_on < spells.ended_on)
    group by spells.follow_up_id, claims.happened_on
)

select
    *,
    row_number() over (partition by follow_up_id order by contradicted_on, claimed_on) as contradiction_number
from contradictions
