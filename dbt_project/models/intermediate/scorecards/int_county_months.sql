{{ scorecard_components('county_code', ref('int_submissions')) }}
