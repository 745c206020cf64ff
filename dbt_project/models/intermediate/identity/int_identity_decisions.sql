-- People's decisions on pairs of labels: `same` and `renamed` join them, `different` keeps them apart.
with decisions as (
    select
        decision,
        coalesce(codes_a.current_code, d.county_code_a) as county_code_a,
        {{ project_name_key('d.project_name_a') }} as name_key_a,
        {{ project_code_key('d.project_code_a') }} as code_key_a,
        coalesce(codes_b.current_code, d.county_code_b) as county_code_b,
        {{ project_name_key('d.project_name_b') }} as name_key_b,
        {{ project_code_key('d.project_code_b') }} as code_key_b
    from {{ ref('identity_decisions') }} as d
    left join {{ ref('int_county_codes') }} as codes_a on d.county_code_a = codes_a.county_code
    left join {{ ref('int_county_codes') }} as codes_b on d.county_code_b = codes_b.county_code
)

select distinct
    decisions.decision,
    a.label_id as label_id_a,
    b.label_id as label_id_b,
    a.county_code = b.county_code as is_same_county
from decisions
inner join {{ ref('int_identity_labels') }} as a
    on
        decisions.county_code_a = a.county_code
        and decisions.name_key_a = a.name_key
        and coalesce(decisions.code_key_a, a.label_code) = a.label_code
inner join {{ ref('int_identity_labels') }} as b
    on
        decisions.county_code_b = b.county_code
        and decisions.name_key_b = b.name_key
        and coalesce(decisions.code_key_b, b.label_code) = b.label_code
where a.label_id <> b.label_id
