-- GB/T 2260 codes with their history. Its lists are dated by year ends, while changes took effect within the year:
-- a code that ledgers come under in the year at whose end it begins (撤县设区) begins with the first of them, and the code
-- it follows ends then. Before, it would still be whatever it stood for last.
with listed as (
    select * from {{ ref('stg_knowledge__regions') }}
),

begun_early as (
    select
        listed.region_code,
        listed.valid_from,
        min(files.report_date) as begins_on
    from listed
    inner join {{ ref('stg_ledgers__files') }} as files
        on
            listed.region_code = files.county_code
            and files.report_date between {{ year_start('listed.valid_from') }} and listed.valid_from
    where
        listed.valid_from > {{ as_of() }}
        and listed.region_code not in (
            select standing.region_code
            from listed as standing
            where
                (standing.valid_from is null or standing.valid_from <= {{ as_of() }})
                and (standing.valid_to is null or standing.valid_to > {{ as_of() }})
        )
    group by listed.region_code, listed.valid_from
)

select
    listed.* replace (
        coalesce(begun.begins_on, listed.valid_from) as valid_from,
        coalesce(followed.begins_on, listed.valid_to) as valid_to
    )
from listed
left join begun_early as begun
    on listed.region_code = begun.region_code and listed.valid_from = begun.valid_from
left join begun_early as followed
    on
        listed.successor_code = followed.region_code
        and listed.valid_to = followed.valid_from
        and listed.region_code <> followed.region_code
