-- Every county code ever used and the code that stands for it at `as_of`: abolished and merged counties lead to
-- their successor (people's crosswalk first, then GB/T 2260), so that totals over counties conserve.
with recursive history as (
    select
        region_code,
        successor_code,
        valid_to,
        row_number() over (
            partition by region_code
            order by valid_to is null desc, valid_to desc, valid_from desc nulls last, region_name asc
        ) as recency
    from {{ ref('int_regions') }}
    where region_level = 'county' and (valid_from is null or valid_from <= {{ as_of() }})
),

steps as (
    select
        old_code,
        new_code
    from {{ ref('county_crosswalk') }}
    where valid_from <= {{ as_of() }}
    union all
    select
        region_code as old_code,
        successor_code as new_code
    from history
    where
        recency = 1
        and valid_to <= {{ as_of() }}
        and successor_code is not null
        and region_code not in (
            select c.old_code from {{ ref('county_crosswalk') }} as c where c.valid_from <= {{ as_of() }}
        )
),

followed as (
    select
        old_code as county_code,
        new_code as current_code,
        1 as steps_taken
    from steps
    union all
    select
        followed.county_code,
        steps.new_code as current_code,
        followed.steps_taken + 1 as steps_taken
    from followed
    inner join steps on followed.current_code = steps.old_code
    where followed.steps_taken < 10
)

select
    county_code,
    max_by(current_code, steps_taken) as current_code
from followed
group by county_code
