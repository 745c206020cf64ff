-- What a digest counts, for one county or all ($county_code empty).
select
    (
        select count(*) from fct_follow_ups
        where closed_on is null and county_code = coalesce($county_code, county_code)
    ) as open_items,
    (
        select count(*) from fct_follow_ups
        where is_overdue and county_code = coalesce($county_code, county_code)
    ) as overdue,
    (
        select count(*) from fct_follow_ups
        where status = 'reopened' and county_code = coalesce($county_code, county_code)
    ) as reopened,
    count(*) filter (where change = 'new') as new_lights,
    count(*) filter (where change = 'worse') as worse,
    count(*) filter (where change = 'better') as better,
    count(*) filter (where change = 'gone') as gone
from light_changes
where county_code = coalesce($county_code, county_code)
