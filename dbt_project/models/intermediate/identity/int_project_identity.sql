-- Which project every label stands for. Labels are joined by a shared code, by the name where a code came later, by
-- a rename, by people's decisions; the project's id is made from the label it was first reported under, so files
-- that report later never change it.
with recursive labels as (
    select * from {{ ref('int_identity_labels') }}
),

same_code as (
    select
        label_id as label_id_a,
        min(label_id) over (partition by county_code, label_code) as label_id_b
    from labels
    where label_code <> ''
),

-- A bare name belongs to the coded project of that name; among several, to the first reported.
same_name as (
    select
        bare.label_id as label_id_a,
        min_by(coded.label_id, (coded.first_reported_on, coded.label_id)) as label_id_b
    from labels as bare
    inner join labels as coded
        on
            bare.county_code = coded.county_code
            and bare.name_key = coded.name_key
            and coded.label_code <> ''
            and (bare.label_investor = coded.label_investor or bare.label_investor = '')
    where bare.label_code = ''
    group by bare.label_id
),

-- A row without investor, where the name alone is shared by two: the first reported.
same_name_no_investor as (
    select
        bare.label_id as label_id_a,
        min_by(named.label_id, (named.first_reported_on, named.label_id)) as label_id_b
    from labels as bare
    inner join labels as named
        on
            bare.county_code = named.county_code
            and bare.name_key = named.name_key
            and bare.label_code = named.label_code
            and named.label_investor <> ''
    where bare.label_investor = ''
    group by bare.label_id
),

derived as (
    select * from same_code
    union all
    select * from same_name
    union all
    select * from same_name_no_investor
    union all
    select
        label_id_a,
        label_id_b
    from {{ ref('int_identity_renames') }}
    where not is_ambiguous
),

kept_apart as (
    select
        label_id_a,
        label_id_b
    from {{ ref('int_identity_decisions') }}
    where decision = 'different'
),

edges as (
    select
        label_id_a,
        label_id_b
    from derived
    where
        label_id_a <> label_id_b
        and (label_id_a, label_id_b) not in (select (k.label_id_a, k.label_id_b) from kept_apart as k)
        and (label_id_b, label_id_a) not in (select (k.label_id_a, k.label_id_b) from kept_apart as k)
    union
    select
        label_id_a,
        label_id_b
    from {{ ref('int_identity_decisions') }}
    where decision in ('same', 'renamed') and is_same_county
),

both_ways as (
    select
        label_id_a as label_id,
        label_id_b as reached_id
    from edges
    union
    select
        label_id_b as label_id,
        label_id_a as reached_id
    from edges
),

reached as (
    select
        label_id,
        reached_id
    from both_ways
    union
    select
        reached.label_id,
        both_ways.reached_id
    from reached
    inner join both_ways on reached.reached_id = both_ways.label_id
),

members as (
    select
        label_id,
        label_id as reached_id
    from labels
    union
    select
        label_id,
        reached_id
    from reached
)

select
    members.label_id,
    concat('P', substr(min_by(first_label.identity_key, (first_label.first_reported_on, first_label.label_id)), 1, 16))
        as project_id
from members
inner join labels as first_label on members.reached_id = first_label.label_id
group by members.label_id
