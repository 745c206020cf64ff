-- One row a project, rule and time during which the light was yellow or red without a break. A light that is unknown
-- for a while neither ends nor begins a spell: nothing shows that the matter was settled.
with observed as (
    select
        history.project_id,
        history.rule_id,
        history.county_code,
        history.as_of_on,
        history.light,
        history.since_on,
        dates.date_number,
        history.yellow_on,
        history.red_on,
        case
            when history.light in ('yellow', 'red') then true
            when history.light <> 'unknown' then false
        end as is_lit,
        -- The project's own first day has no day before it.
        case
            when dates.previous_as_of_on >= projects.first_reported_on then dates.previous_as_of_on
        end as looked_before_on
    from {{ ref('int_light_history') }} as history
    inner join {{ ref('int_light_dates') }} as dates
        on history.county_code = dates.county_code and history.as_of_on = dates.as_of_on
    inner join {{ ref('int_projects') }} as projects on history.project_id = projects.project_id
),

-- The day a colour began: the day its threshold was crossed, where that lies since the day looked at before; else what
-- was learned since then showed it.
coloured as (
    select
        *,
        case
            when looked_before_on is null then as_of_on
            when
                light = 'red' and red_on > looked_before_on and red_on <= as_of_on
                then red_on
            when
                light = 'yellow' and yellow_on > looked_before_on and yellow_on <= as_of_on
                then yellow_on
            else {{ add_days('looked_before_on', 1) }}
        end as colour_began_on,
        case
            when looked_before_on is null then as_of_on
            when yellow_on > looked_before_on and yellow_on <= as_of_on then yellow_on
            when red_on > looked_before_on and red_on <= as_of_on then red_on
            else {{ add_days('looked_before_on', 1) }}
        end as lit_began_on,
        coalesce(
            is_lit,
            last_value(is_lit ignore nulls) over (partition by project_id, rule_id order by as_of_on),
            false
        ) as is_in_spell
    from observed
),

islands as (
    select
        *,
        date_number - row_number() over (partition by project_id, rule_id order by as_of_on) as island,
        lag(light) over (partition by project_id, rule_id order by as_of_on) as light_before
    from coloured
    where is_in_spell
),

spells as (
    select
        project_id,
        rule_id,
        max(county_code) as county_code,
        min_by(lit_began_on, as_of_on) as began_on,
        max(date_number) as last_date_number,
        max(as_of_on) as last_lit_on,
        max_by(light, case when light <> 'unknown' then as_of_on end) as light,
        {{ last_known('since_on', 'as_of_on') }} as since_on,
        min(case when light = 'red' then colour_began_on end) as red_on,
        bool_or(light = 'red') as was_red
    from islands
    where is_lit or is_lit is null
    group by project_id, rule_id, island
    having bool_or(is_lit)
),

ended as (
    select
        spells.*,
        next_days.as_of_on as ended_on,
        next_lights.light as light_after,
        states.stage as stage_after,
        superseded.superseded_on
    from spells
    left join {{ ref('int_light_dates') }} as next_days
        on
            spells.county_code = next_days.county_code
            and spells.last_date_number + 1 = next_days.date_number
    left join {{ ref('int_light_history') }} as next_lights
        on
            spells.project_id = next_lights.project_id
            and spells.rule_id = next_lights.rule_id
            and next_days.as_of_on = next_lights.as_of_on
    left join {{ ref('int_light_states') }} as states
        on
            spells.project_id = states.project_id
            and next_days.as_of_on >= states.last_reported_on
            and (states.next_reported_on is null or next_days.as_of_on < states.next_reported_on)
    left join {{ ref('int_superseded_projects') }} as superseded on spells.project_id = superseded.project_id
)

select
    project_id,
    rule_id,
    cast(row_number() over (partition by project_id, rule_id order by began_on) as integer) as spell_number,
    county_code,
    began_on,
    since_on,
    red_on,
    light,
    case when was_red then 'red' else 'yellow' end as worst_light,
    ended_on,
    case
        when ended_on is null then null
        when ended_on >= superseded_on then 'superseded'
        when light_after = 'green' then 'resolved'
        when light_after = 'exempt' then 'exempted'
        when stage_after = 'terminated' then 'terminated'
        when light_after is null then 'stage_moved'
        else light_after
    end as ended_by,
    ended_on is null as is_open,
    cast({{ days_between('began_on', 'coalesce(ended_on, ' ~ as_of() ~ ')') }} as integer) as days_lit
from ended
