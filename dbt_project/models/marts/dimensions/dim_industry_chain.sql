-- Industry chains: those set up in the seed with their leader (链长), and every other wording that ledgers use.
select
    industry_chain,
    chain_id,
    canonical_chain,
    chain_leader,
    source,
    is_configured
from {{ ref('int_industry_chains') }}
