{%- set phase = "'[一二三四五六七八九十0-9]+期'" -%}
{%- set shortest_name_within = 4 -%}
-- Pairs of projects that are or may be one. `duplicate` was found by rule, `undecided` waits for people's word, the
-- others are it.
with projects as (
    select
        project_id,
        county_code,
        name_key,
        regexp_replace(name_key, {{ phase }}, '') as name_without_phase,
        {{ investor_key('investor_name') }} as investor_key,
        signed_on,
        signed_on_precision,
        total_investment_cny,
        first_reported_on,
        last_reported_on
    from {{ ref('int_projects') }}
),

claimed as (
    select
        project_id as project_id_a,
        other_project_id as project_id_b,
        reasons,
        coalesce(decision, 'duplicate') as verdict
    from {{ ref('int_claim_pairs') }}
    where project_id < other_project_id
),

renames as (
    select distinct
        least(a.project_id, b.project_id) as project_id_a,
        greatest(a.project_id, b.project_id) as project_id_b,
        'same_investor_date_and_total' as reasons,
        'undecided' as verdict
    from {{ ref('int_identity_renames') }} as renames
    inner join {{ ref('int_project_identity') }} as a on renames.label_id_a = a.label_id
    inner join {{ ref('int_project_identity') }} as b on renames.label_id_b = b.label_id
    where renames.is_ambiguous and a.project_id <> b.project_id
),

superseded as (
    select distinct
        least(a.project_id, b.project_id) as project_id_a,
        greatest(a.project_id, b.project_id) as project_id_b,
        concat('decided_', decisions.decision) as reasons,
        decisions.decision as verdict
    from {{ ref('int_identity_decisions') }} as decisions
    inner join {{ ref('int_project_identity') }} as a on decisions.label_id_a = a.label_id
    inner join {{ ref('int_project_identity') }} as b on decisions.label_id_b = b.label_id
    where decisions.decision in ('split_into', 'merged_into', 'part_of') and a.project_id <> b.project_id
),

-- Names are compared where the county or the investor is the same: two joins on equal keys, not one on either.
compared as (
    select
        a.project_id as project_id_a,
        b.project_id as project_id_b,
        'similar_name_same_investor' as reasons,
        0.88 as least_similarity,
        -- A name with a place or a firm in front (某县某项目) is not alike by its letters.
        (a.signed_on = b.signed_on or a.total_investment_cny = b.total_investment_cny)
        and least(length(a.name_key), length(b.name_key)) >= {{ shortest_name_within }}
        and (contains(a.name_key, b.name_key) or contains(b.name_key, a.name_key)) as is_within,
        a.name_key as name_key_a,
        b.name_key as name_key_b
    from projects as a
    inner join projects as b
        on
            a.investor_key = b.investor_key
            and a.project_id < b.project_id
            -- Phases of one project are told apart on purpose.
            and a.name_without_phase <> b.name_without_phase
    union all
    select
        a.project_id as project_id_a,
        b.project_id as project_id_b,
        'similar_name_same_county' as reasons,
        0.94 as least_similarity,
        false as is_within,
        a.name_key as name_key_a,
        b.name_key as name_key_b
    from projects as a
    inner join projects as b
        on
            a.county_code = b.county_code
            and a.project_id < b.project_id
            and a.name_without_phase <> b.name_without_phase
            and (a.investor_key <> b.investor_key or a.investor_key is null or b.investor_key is null)
),

-- Who says that a project was split into two says that these are two.
sisters as (
    select distinct
        a.project_id as project_id_a,
        b.project_id as project_id_b
    from {{ ref('int_identity_decisions') }} as one
    inner join {{ ref('int_identity_decisions') }} as other
        on one.label_id_a = other.label_id_a and one.label_id_b <> other.label_id_b
    inner join {{ ref('int_project_identity') }} as a on one.label_id_b = a.label_id
    inner join {{ ref('int_project_identity') }} as b on other.label_id_b = b.label_id
    where one.decision = 'split_into' and other.decision = 'split_into'
),

alike as (
    select
        compared.project_id_a,
        compared.project_id_b,
        compared.reasons,
        'undecided' as verdict
    from compared
    left join sisters
        on compared.project_id_a = sisters.project_id_a and compared.project_id_b = sisters.project_id_b
    where
        sisters.project_id_a is null
        and (
            {{ name_similarity('compared.name_key_a', 'compared.name_key_b') }} >= compared.least_similarity
            or compared.is_within
        )
),

-- Gone from the ledgers before the other came, of one day and total, and one of them without an investor (a list of
-- building sites has no column for it): perhaps renamed, but too little for a rule.
followed as (
    select
        least(a.project_id, b.project_id) as project_id_a,
        greatest(a.project_id, b.project_id) as project_id_b,
        'same_date_and_total_one_after_the_other' as reasons,
        'undecided' as verdict
    from projects as a
    inner join projects as b
        on
            a.county_code = b.county_code
            and a.signed_on = b.signed_on
            and a.total_investment_cny = b.total_investment_cny
            and a.last_reported_on < b.first_reported_on
    where
        (a.investor_key is null or b.investor_key is null)
        and a.signed_on_precision = 'day'
        and b.signed_on_precision = 'day'
),

pairs as (
    select * from claimed
    union all
    select * from renames
    union all
    select * from superseded
    union all
    select * from alike
    union all
    select * from followed
),

-- A pair found in several ways stands once; people's word and rules win over likeness.
merged as (
    select
        project_id_a,
        project_id_b,
        string_agg(distinct reasons, ' ' order by reasons) as reasons,
        case
            when bool_or(verdict = 'different') then 'different'
            when bool_or(verdict in ('same', 'renamed')) then 'same'
            when bool_or(verdict not in ('duplicate', 'undecided'))
                then max(verdict) filter (where verdict not in ('duplicate', 'undecided'))
            when bool_or(verdict = 'duplicate') then 'duplicate'
            else 'undecided'
        end as verdict
    from pairs
    group by project_id_a, project_id_b
)

select
    merged.project_id_a,
    merged.project_id_b,
    a.county_code as county_code_a,
    b.county_code as county_code_b,
    a.name_key as name_key_a,
    b.name_key as name_key_b,
    round(
        0.6 * {{ name_similarity('a.name_key', 'b.name_key') }}
        + case when a.investor_key = b.investor_key then 0.2 else 0 end
        + case when a.signed_on = b.signed_on then 0.1 else 0 end
        + case when a.total_investment_cny = b.total_investment_cny then 0.1 else 0 end,
        4
    ) as score,
    merged.reasons,
    merged.verdict
from merged
inner join projects as a on merged.project_id_a = a.project_id
inner join projects as b on merged.project_id_b = b.project_id
