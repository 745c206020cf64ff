-- depends_on: {{ ref('int_fund_changes') }}
-- The openings that the fund movements are computed with; `int_fund_changes` of the next build compares with them.
select * from {{ ref('int_fund_openings') }}
