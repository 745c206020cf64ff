{{ config(materialized='view') }}
-- Every chain with every month that any county reported.
select
    chains.industry_chain,
    months.report_month
from (select distinct industry_chain from {{ ref('int_events') }}) as chains
cross join (select distinct report_month from {{ ref('int_submissions') }}) as months
