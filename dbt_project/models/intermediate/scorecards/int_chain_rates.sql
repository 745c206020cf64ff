{{ scorecard_rates('industry_chain', ref('int_chain_months')) }}
