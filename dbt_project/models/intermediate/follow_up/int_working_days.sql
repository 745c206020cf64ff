-- Every day with the number of working days up to it, by the official calendar. A year whose calendar isn't published
-- yet (the State Council does so each November) counts Monday to Friday, and says so in `calendar_basis`.
with known_years as (
    select distinct year(date_day) as known_year
    from {{ ref('working_day_exceptions') }}
),

days as (
    select
        calendar.date_day,
        coalesce(exceptions.is_working_day, isodow(calendar.date_day) <= 5) as is_working_day,
        case when known_years.known_year is null then 'weekdays' else 'official' end as calendar_basis
    from (
        select cast(day as date) as date_day
        from generate_series(
            timestamp '2000-01-01', {{ add_months(year_start(as_of()), 36) }} - interval 1 day, interval 1 day
        ) as series (day)
    ) as calendar
    left join {{ ref('working_day_exceptions') }} as exceptions using (date_day)
    left join known_years on year(calendar.date_day) = known_years.known_year
)

select
    *,
    sum(cast(is_working_day as integer)) over (order by date_day) as working_days_so_far
from days
