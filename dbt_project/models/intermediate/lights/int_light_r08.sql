-- R08 leads and talks: whole months since the last ledger that showed progress (stage, progress note or rate,
-- agreement, signing date told otherwise than before), or since they were first reported.
select
    project_id,
    as_of_on,
    rule_id,
    cast({{ whole_months_between('last_progressed_on', 'as_of_on') }} as double) as observed_value,
    last_progressed_on as since_on,
    {{ breached_by_months_on('last_progressed_on', 'yellow') }} as yellow_on,
    {{ breached_by_months_on('last_progressed_on', 'red') }} as red_on,
    case
        when
            {{ whole_months_between('last_progressed_on', 'as_of_on') }}
            >= cast(coalesce(parameter_value, '6') as integer)
            then concat('自 ', last_progressed_on, ' 无进展，建议转入档案 no progress since; archive')
        else concat('自 ', last_progressed_on, ' 无进展 no progress since')
    end as reason
from {{ ref('int_light_scope') }}
where rule_id = 'R08'
