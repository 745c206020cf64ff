-- Industry chains: those set up in the seed with their leader (链长), and every other wording that ledgers use.
with stated as (
    select distinct trim(industry_chain) as industry_chain
    from {{ ref('int_project_statements') }}
    where industry_chain is not null
),

wordings as (
    select
        chain_id,
        chain_name,
        leader,
        source,
        {{ split_words("concat_ws(' ', chain_name, aliases)") }} as wording
    from {{ ref('industry_chains') }}
),

names as (
    select industry_chain from stated
    union
    select chain_name as industry_chain from wordings
)

select
    names.industry_chain,
    wordings.chain_id,
    coalesce(wordings.chain_name, names.industry_chain) as canonical_chain,
    wordings.leader as chain_leader,
    wordings.source,
    wordings.chain_id is not null as is_configured
from names
left join wordings on names.industry_chain = wordings.wording
