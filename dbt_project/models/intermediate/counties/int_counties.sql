-- Every county that a code ever stood for, and every code that a ledger came under.
with regions as (
    select *
    from {{ ref('int_regions') }}
    where valid_from is null or valid_from <= {{ as_of() }}
    qualify
        row_number() over (
            partition by region_code
            order by valid_to is null desc, valid_to desc, valid_from desc nulls last, region_name asc
        ) = 1
),

codes as (
    select region_code as county_code from regions where region_level = 'county'
    union
    select county_code from {{ ref('stg_ledgers__files') }}
)

select
    codes.county_code,
    coalesce(county.region_name, codes.county_code) as county_name,
    county.short_name as county_short_name,
    city.region_code as city_code,
    city.region_name as city_name,
    province.region_code as province_code,
    province.region_name as province_name,
    county.valid_from,
    county.valid_to,
    coalesce(current_codes.current_code, codes.county_code) as current_county_code,
    county.region_code is not null as is_known_code,
    codes.county_code in (
        select f.county_code from {{ ref('stg_ledgers__files') }} as f
        where f.reason_code is distinct from 'withdrawn'
    ) as has_ledgers
from codes
left join regions as county on codes.county_code = county.region_code
left join regions as city
    on
        city.region_code = coalesce(county.parent_code, concat(substr(codes.county_code, 1, 4), '00'))
        and city.region_level = 'city'
left join regions as province
    on province.region_code = concat(substr(codes.county_code, 1, 2), '0000')
left join {{ ref('int_county_codes') }} as current_codes on codes.county_code = current_codes.county_code
