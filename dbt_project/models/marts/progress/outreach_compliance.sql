-- Every squad (小分队) month by month: journeys, days out, companies visited, and whether it went out often enough. From
-- its first journey to the month of the run. A month that no outreach ledger covers yet is not judged.
with journeys as (
    select
        county_code,
        coalesce(nullif(trim(team_name), ''), '未注明') as team_name,
        journey_id,
        min(start_on) as start_on,
        max(coalesce(days, {{ days_between('start_on', 'end_on') }} + 1)) as days
    from {{ ref('fct_outreach_trips') }}
    where start_on is not null and state = 'done'
    group by all
),

visits as (
    select
        county_code,
        coalesce(nullif(trim(team_name), ''), '未注明') as team_name,
        {{ month_start('start_on') }} as month,
        count(distinct {{ plain_text('visited_company') }}) as companies_visited
    from {{ ref('fct_outreach_trips') }}
    where start_on is not null and state = 'done'
    group by all
),

gone as (
    select
        county_code,
        team_name,
        {{ month_start('start_on') }} as month,
        count(*) as journeys,
        sum(days) as days_out
    from journeys
    group by all
),

reported as (
    select
        county_code,
        max(last_reported_on) as reported_until_on
    from {{ ref('fct_outreach_trips') }}
    group by county_code
),

months as (
    select
        squads.county_code,
        squads.team_name,
        cast(starts.month as date) as month
    from (
        select
            county_code,
            team_name,
            min(month) as first_month
        from gone
        group by county_code, team_name
    ) as squads
    cross join lateral (
        select unnest(generate_series(
            cast(squads.first_month as timestamp), cast({{ month_start(as_of()) }} as timestamp), interval 1 month
        )) as month
    ) as starts
)

select
    months.county_code,
    months.team_name,
    months.month,
    cast(coalesce(gone.journeys, 0) as integer) as journeys,
    coalesce(gone.days_out, 0) as days_out,
    cast(coalesce(visits.companies_visited, 0) as integer) as companies_visited,
    cast({{ var('outreach_journeys_a_month') }} as integer) as journeys_required,
    {{ add_days(add_months('months.month', 1), -1) }} as due_on,
    case
        when coalesce(gone.journeys, 0) >= {{ var('outreach_journeys_a_month') }} then 'met'
        when months.month >= {{ month_start(as_of()) }} then 'open'
        when reported.reported_until_on < {{ add_days(add_months('months.month', 1), -1) }} then 'not_reported'
        else 'missed'
    end as state
from months
inner join reported using (county_code)
left join gone using (county_code, team_name, month)
left join visits using (county_code, team_name, month)
