-- Which fields a ledger has a column for: an empty cell under a header says something, a missing column nothing.
select distinct
    county_code,
    file_sha256,
    sheet,
    field
from {{ source('lake', 'ledger_columns') }}
where field is not null
