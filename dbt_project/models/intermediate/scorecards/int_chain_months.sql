{{ scorecard_components('industry_chain', ref('int_chain_month_list')) }}
