-- Industry chains: those set up in the seed with their leader (链长), and every other wording that ledgers use.
with stated as (
    select distinct trim(industry_chain) as chain_name
    from {{ ref('int_project_versions') }}
    where industry_chain is not null
),

configured as (
    select
        chain_id,
        chain_name,
        leader,
        source,
        unnest(string_split(concat_ws(' ', chain_name, aliases), ' ')) as alias
    from {{ ref('industry_chains') }}
),

listed as (
    select distinct chain_name, chain_id, chain_name as canonical_name, leader, source, true as is_configured from configured
    union
    select stated.chain_name, configured.chain_id, configured.chain_name, configured.leader, configured.source, true
    from stated inner join configured on stated.chain_name = configured.alias
)

select
    coalesce(listed.chain_name, stated.chain_name) as industry_chain,
    listed.chain_id,
    coalesce(listed.canonical_name, stated.chain_name) as canonical_chain,
    listed.leader as chain_leader,
    listed.source,
    coalesce(listed.is_configured, false) as is_configured
from stated
full join listed on stated.chain_name = listed.chain_name
