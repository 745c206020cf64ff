-- Closed in the reply, unchanged in the ledger: the first ledger after the claim still shows the light.
select
    items.follow_up_id,
    items.project_id,
    items.county_code,
    items.rule_id,
    projects.project_name,
    items.contradicted_claim_on as claimed_on,
    items.contradicted_on,
    items.light,
    items.evidence_reference,
    projects.responsible_unit
from {{ ref('int_follow_up_items') }} as items
inner join {{ ref('dim_project') }} as projects using (project_id)
where items.contradicted_on is not null
