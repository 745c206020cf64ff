-- Days from 2000 to five years after `as_of`, as people in China count them; the one that the publication is as of is
-- marked.
with days as (
    select cast(day as date) as date_day
    from generate_series(
        timestamp '2000-01-01',
        {{ add_months(year_start(as_of()), 72) }} - interval 1 day,
        interval 1 day
    ) as calendar (day)
)

select
    date_day,
    {{ month_start('date_day') }} as month_start_on,
    {{ year_start('date_day') }} as year_start_on,
    cast(date_trunc('quarter', date_day) as date) as quarter_start_on,
    cast(date_trunc('week', date_day) as date) as week_start_on,
    cast(year(date_day) as integer) as calendar_year,
    cast(quarter(date_day) as integer) as calendar_quarter,
    cast(month(date_day) as integer) as calendar_month,
    cast(day(date_day) as integer) as day_of_month,
    cast(isodow(date_day) as integer) as iso_weekday,
    cast(isoyear(date_day) as integer) as iso_year,
    cast(weekofyear(date_day) as integer) as iso_week,
    concat(year(date_day), '年', month(date_day), '月') as month_name_zh,
    date_day = {{ as_of() }} as is_business_date
from days
