-- R09 no update: days since the last ledger in which anything of the project's row changed.
select
    project_id,
    as_of_on,
    rule_id,
    cast({{ days_between('last_changed_on', 'as_of_on') }} as double) as observed_value,
    last_changed_on as since_on,
    {{ breached_by_days_on('last_changed_on', 'yellow') }} as yellow_on,
    {{ breached_by_days_on('last_changed_on', 'red') }} as red_on,
    concat('最近更新 ', last_changed_on, ' last update') as reason
from {{ ref('int_light_scope') }}
where rule_id = 'R09'
