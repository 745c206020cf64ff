{%- set dimensions = {
    'responsible_unit': 'responsible_unit', 'responsible_leader': 'responsible_leader', 'park': 'park_name',
    'capital_origin': 'capital_origin', 'size_tier': 'size_tier', 'industry_chain': 'industry_chain',
} -%}
-- The county's scorecard cut by who answers, where, whose money and how large: one row a county, dimension, member and
-- month since the member's first project. Members are those of today: a project counts with the unit that answers for
-- it now. Over each dimension the members of a county add up to `county_scorecard_month`.
with cuts as (
    {%- for dimension, column in dimensions.items() %}
    select
        project_id,
        county_code,
        '{{ dimension }}' as dimension,
        coalesce(any_value({{ column }}), '未注明') as member
    from {{ ref('int_project_credits') }}
    group by project_id, county_code
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

-- A leader's name is personal data and is masked when published: the id tells leaders with the same mask apart.
members as (
    select
        project_id,
        county_code,
        dimension,
        case
            when dimension = 'responsible_leader' and member <> '未注明'
                then concat('L', substr(min(project_id) over (partition by county_code, dimension, member), 2))
            else member
        end as member_id,
        member
    from cuts
),

{{ county_months() }},

first_months as (
    select
        project_id,
        county_code,
        min(first_month) as first_month
    from (
        select project_id, county_code, event_month as first_month from {{ ref('int_events') }}
        union all
        select project_id, county_code, report_month as first_month from {{ ref('int_credited_funds') }}
    ) as seen
    group by project_id, county_code
),

named as (
    select
        county_code,
        dimension,
        member_id,
        any_value(member) as member,
        min(first_months.first_month) as first_month
    from members
    inner join first_months using (project_id, county_code)
    group by county_code, dimension, member_id
),

months as (
    select
        named.county_code,
        named.dimension,
        named.member_id,
        county_months.report_month,
        county_months.is_reported,
        county_months.is_reported_before,
        county_months.report_month = county_months.first_month as is_first_month,
        county_months.first_month <= {{ year_start('county_months.report_month') }} as covers_year,
        county_months.has_whole_year
    from named
    inner join county_months
        on named.county_code = county_months.county_code and named.first_month <= county_months.report_month
),

{{ scorecard_components(['county_code', 'dimension', 'member_id'], has_members=true) }},

{{ default_rates('components') }}

select
    rated.county_code,
    rated.report_month as month,
    rated.dimension,
    rated.member_id,
    case when rated.dimension <> 'responsible_leader' then named.member end as member,
    case when rated.dimension = 'responsible_leader' and named.member <> '未注明' then named.member end
        as responsible_leader,
    rated.* exclude (county_code, report_month, dimension, member_id)
from rated
inner join named using (county_code, dimension, member_id)
