-- The five rates of every county and month on every basis, side by side.
{{ scorecard_rates('county_code', ref('int_county_months')) }}
