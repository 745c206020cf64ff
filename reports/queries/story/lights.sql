select
    lights.rule_id,
    lights.light,
    lights.observed_value,
    lights.threshold_value,
    lights.yellow_threshold,
    lights.red_threshold,
    lights.unit,
    lights.since_on,
    lights.light_since_on,
    lights.reason,
    stalled.rule_name,
    stalled.action,
    stalled.days_stalled,
    stalled.rule_source
from fct_project_lights as lights
left join stalled_projects as stalled
    on lights.project_id = stalled.project_id and lights.rule_id = stalled.rule_id
where lights.project_id = $project_id
order by
    case lights.light when 'red' then 0 when 'yellow' then 1 when 'exempt' then 2 when 'unknown' then 3 else 4 end,
    lights.rule_id
