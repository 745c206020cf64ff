{{ config(materialized='view') }}
-- One row a project and report date: all that its county's standing ledger said of it.
select
    listings.*,
    namings.code_key,
    namings.name_key,
    namings.investor_key,
    {{ stage_rank('contents.stage') }} as stage_rank,
    contents.* exclude (naming_key, statement_fingerprint, county_code)
from {{ ref('int_project_listings') }} as listings
inner join {{ ref('int_project_namings') }} as namings on listings.naming_key = namings.naming_key
inner join {{ ref('int_listing_contents') }} as contents
    on
        listings.naming_key = contents.naming_key
        and listings.statement_fingerprint = contents.statement_fingerprint
