-- R12 promised production passed: days since. A date still ahead counts as 0.
select
    project_id,
    as_of_on,
    rule_id,
    case
        when
            planned_production_on is not null
            then cast(greatest({{ days_between('planned_production_on', 'as_of_on') }}, 0) as double)
    end as observed_value,
    case when planned_production_on <= as_of_on then planned_production_on end as since_on,
    {{ add_days('planned_production_on', 'yellow_value') }} as yellow_on,
    {{ add_days('planned_production_on', 'red_value') }} as red_on,
    case
        when planned_production_on is null then '缺承诺投产时间 no date of promised production'
        else concat('承诺投产 ', planned_production_on, ' promised production')
    end as reason
from {{ ref('int_light_scope') }}
where rule_id = 'R12'
