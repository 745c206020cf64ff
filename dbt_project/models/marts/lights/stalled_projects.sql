-- The yellow and red lights with all a person needs to act: who answers, what to do, until when.
select
    lights.project_id,
    lights.county_code,
    lights.rule_id,
    lights.rule_version,
    lights.light,
    lights.observed_value,
    lights.threshold_value,
    lights.unit,
    lights.since_on,
    lights.light_since_on,
    lights.reason,
    projects.project_name,
    projects.investor_name,
    projects.stage,
    rules.rule_name_zh as rule_name,
    rules.rule_name_en,
    cast({{ days_between('lights.since_on', as_of()) }} as integer) as days_stalled,
    projects.responsible_unit,
    projects.responsible_leader,
    projects.tracking_unit,
    rules.action_zh as action,
    rules.action_en,
    {{ add_days('lights.light_since_on', 'rules.due_days') }} as due_on,
    rules.rule_source,
    lights.is_counted
from {{ ref('fct_project_lights') }} as lights
inner join {{ ref('int_lights') }} as rules
    on lights.project_id = rules.project_id and lights.rule_id = rules.rule_id
inner join {{ ref('dim_project') }} as projects on lights.project_id = projects.project_id
where lights.light in ('yellow', 'red')
