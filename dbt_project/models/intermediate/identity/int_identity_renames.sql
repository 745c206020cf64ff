-- Pairs of labels of one county that never stand in one ledger and share investor, signing date and total: a project
-- under a new name, or filed anew under a new code. Two different codes under two different names are two projects.
with facts as (
    select distinct
        namings.county_code,
        namings.label_id,
        namings.label_code,
        namings.name_key,
        namings.investor_key,
        stated.signed_on,
        stated.total_investment_cny
    from {{ ref('int_project_facts') }} as stated
    inner join {{ ref('int_identity_namings') }} as namings on stated.naming_key = namings.naming_key
    where
        namings.investor_key is not null
        and stated.signed_on is not null
        and stated.total_investment_cny is not null
),

pairs as (
    select distinct
        a.county_code,
        a.label_id as label_id_a,
        b.label_id as label_id_b
    from facts as a
    inner join facts as b
        on
            a.county_code = b.county_code
            and a.investor_key = b.investor_key
            and a.signed_on = b.signed_on
            and a.total_investment_cny = b.total_investment_cny
            and a.label_id < b.label_id
    where a.name_key = b.name_key or a.label_code = b.label_code or a.label_code = '' or b.label_code = ''
),

paired as (
    select
        label_id_a as label_id,
        label_id_b as other_label_id
    from pairs
    union all
    select
        label_id_b as label_id,
        label_id_a as other_label_id
    from pairs
),

-- Who must not stand beside whom in one ledger: the two of a pair, and two labels paired with the same third.
asked as (
    select
        label_id_a,
        label_id_b
    from pairs
    union
    select
        least(one.other_label_id, two.other_label_id) as label_id_a,
        greatest(one.other_label_id, two.other_label_id) as label_id_b
    from paired as one
    inner join paired as two on one.label_id = two.label_id and one.other_label_id < two.other_label_id
),

-- Labels whose times don't overlap never stood together: their rows need not be looked at.
overlapping as (
    select
        asked.label_id_a,
        asked.label_id_b
    from asked
    inner join {{ ref('int_identity_labels') }} as a on asked.label_id_a = a.label_id
    inner join {{ ref('int_identity_labels') }} as b on asked.label_id_b = b.label_id
    where a.first_reported_on <= b.last_reported_on and b.first_reported_on <= a.last_reported_on
),

days_of_labels as (
    select distinct
        suspected.label_id,
        rows.report_date
    from {{ ref('int_project_rows') }} as rows
    inner join (
        select
            naming_key,
            label_id
        from {{ ref('int_identity_namings') }}
        where
            label_id in (select o.label_id_a from overlapping as o)
            or label_id in (select o.label_id_b from overlapping as o)
    ) as suspected on rows.naming_key = suspected.naming_key
),

-- Both listed in one ledger: two projects.
together as (
    select distinct
        overlapping.label_id_a,
        overlapping.label_id_b
    from overlapping
    inner join days_of_labels as a on overlapping.label_id_a = a.label_id
    inner join days_of_labels as b on overlapping.label_id_b = b.label_id and a.report_date = b.report_date
),

candidates as (
    select
        label_id_a,
        label_id_b
    from pairs
    where (label_id_a, label_id_b) not in (select (t.label_id_a, t.label_id_b) from together as t)
),

directed as (
    select
        label_id_a as label_id,
        label_id_b as other_label_id
    from candidates
    union all
    select
        label_id_b as label_id,
        label_id_a as other_label_id
    from candidates
),

-- One label that could be either of two projects standing side by side: nobody but a person can tell.
ambiguous as (
    select distinct
        one.label_id,
        one.other_label_id
    from directed as one
    inner join directed as two on one.label_id = two.label_id and one.other_label_id <> two.other_label_id
    inner join together
        on
            least(one.other_label_id, two.other_label_id) = together.label_id_a
            and greatest(one.other_label_id, two.other_label_id) = together.label_id_b
)

select
    candidates.label_id_a,
    candidates.label_id_b,
    coalesce(bool_or(ambiguous.label_id is not null), false) as is_ambiguous
from candidates
left join ambiguous
    on
        (candidates.label_id_a = ambiguous.label_id and candidates.label_id_b = ambiguous.other_label_id)
        or (candidates.label_id_b = ambiguous.label_id and candidates.label_id_a = ambiguous.other_label_id)
group by candidates.label_id_a, candidates.label_id_b
