-- R02 planned start passed, not started: whole months since. A date still ahead counts as 0.
select
    project_id,
    as_of_on,
    rule_id,
    case
        when
            planned_start_by is not null
            then cast(greatest({{ whole_months_between('planned_start_by', 'as_of_on') }}, 0) as double)
    end as observed_value,
    case when planned_start_by <= as_of_on then planned_start_by end as since_on,
    {{ breached_by_months_on('planned_start_by', 'yellow') }} as yellow_on,
    {{ breached_by_months_on('planned_start_by', 'red') }} as red_on,
    case
        when planned_start_on is null then '缺计划开工时间 no date of planned start'
        when planned_start_by > planned_start_on
            then concat('计划开工 ', year(planned_start_on), ' 年内 planned start within the year')
        else concat('计划开工 ', {{ date_as_stated('planned_start_on', 'planned_start_on_precision') }}, ' planned start')
    end as reason
from {{ ref('int_light_scope') }}
where rule_id = 'R02' and start_reached_on is null
