-- Every project and every rule that applies to its stage: no row where a rule does not apply.
select
    lights.project_id,
    lights.county_code,
    lights.rule_id,
    lights.rule_version,
    lights.light,
    lights.judged_light,
    lights.observed_value,
    lights.threshold_value,
    lights.unit,
    case when lights.judged_light in ('yellow', 'red') then lights.since_on end as since_on,
    case lights.judged_light
        when 'red' then coalesce(lights.red_on, lights.since_on)
        when 'yellow' then coalesce(lights.yellow_on, lights.since_on)
    end as light_since_on,
    lights.reason,
    lights.stage,
    lights.exempt_until,
    duplicates.duplicate_of is null as is_counted
from {{ ref('int_lights') }} as lights
left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
