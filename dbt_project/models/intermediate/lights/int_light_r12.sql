-- R12 promised production passed: days since. A date still ahead counts as 0.
select
    project_id,
    as_of_on,
    rule_id,
    case
        when
            planned_production_by is not null
            then cast(greatest({{ days_between('planned_production_by', 'as_of_on') }}, 0) as double)
    end as observed_value,
    case when planned_production_by <= as_of_on then planned_production_by end as since_on,
    {{ breached_by_days_on('planned_production_by', 'yellow') }} as yellow_on,
    {{ breached_by_days_on('planned_production_by', 'red') }} as red_on,
    case
        when planned_production_on is null then '缺承诺投产时间 no date of promised production'
        when planned_production_by > planned_production_on
            then concat('承诺投产 ', year(planned_production_on), ' 年内 promised production within the year')
        else concat(
            '承诺投产 ',
            {{ date_as_stated('planned_production_on', 'planned_production_on_precision') }},
            ' promised production'
        )
    end as reason
from {{ ref('int_light_scope') }}
where rule_id = 'R12'
