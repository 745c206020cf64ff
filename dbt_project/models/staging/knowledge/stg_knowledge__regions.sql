-- GB/T 2260 codes with their history, as shared with the reader.
select
    code as region_code,
    name as region_name,
    short_name,
    level as region_level,
    nullif(parent_code, '') as parent_code,
    cast(nullif(valid_from, '') as date) as valid_from,
    cast(nullif(valid_to, '') as date) as valid_to,
    nullif(successor_code, '') as successor_code
from {{ wording_csv('regions') }}
