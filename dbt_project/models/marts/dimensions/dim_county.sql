-- Every county that a code ever stood for, and every code that a ledger came under, with its city and province.
select
    county_code,
    county_name,
    county_short_name,
    city_code,
    city_name,
    province_code,
    province_name,
    valid_from,
    valid_to,
    current_county_code,
    is_known_code,
    has_ledgers
from {{ ref('int_counties') }}
