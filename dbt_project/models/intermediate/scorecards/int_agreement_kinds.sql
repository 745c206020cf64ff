-- What every agreement type that ledgers state means: the first wording of the seed that it contains.
with stated as (
    select distinct agreement_type
    from {{ ref('int_project_statements') }}
    where agreement_type is not null
)

select
    stated.agreement_type,
    coalesce(min_by(kinds.agreement_kind, kinds.match_order), 'other') as agreement_kind
from stated
left join {{ ref('agreement_kinds') }} as kinds on contains(stated.agreement_type, kinds.wording)
group by stated.agreement_type
