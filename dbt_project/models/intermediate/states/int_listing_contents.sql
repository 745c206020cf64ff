{{ config(materialized='view') }}
-- What listings say of a project (`naming_key`, `statement_fingerprint`): what one row says, and what several rows of
-- one ledger say together.
select
    county_code,
    naming_key,
    statement_fingerprint,
    {{ statement_columns() | join(',\n    ') }}
from {{ ref('int_statement_contents') }}
union all by name
select distinct
    county_code,
    naming_key,
    statement_fingerprint,
    {{ statement_columns() | join(',\n    ') }}
from {{ ref('int_repeated_rows') }}
where is_standing and is_put_together
