-- Every project and every rule that applies to its stage: no row where a rule does not apply. Each light names the
-- project's latest row, and for every field its rule looks at the row that stated it last.
with last_stated as (
    select
        project_id,
        {{ last_known('file_sha256', 'report_date') }} as file_sha256,
        {{ value_in_last('sheet', 'report_date') }} as sheet,
        {{ value_in_last('row_number', 'report_date') }} as row_number,
        {{ rows_that_stated_last() }}
    from {{ ref('int_project_versions') }}
    group by project_id
)

select
    lights.project_id,
    lights.county_code,
    lights.rule_id,
    lights.rule_version,
    lights.light,
    lights.judged_light,
    lights.observed_value,
    lights.threshold_value,
    lights.yellow_value as yellow_threshold,
    lights.red_value as red_threshold,
    lights.unit,
    case when lights.judged_light in ('yellow', 'red') then lights.since_on end as since_on,
    -- The day the threshold was crossed where a date says it, else the day it was seen to be.
    case lights.judged_light
        when 'red' then coalesce(lights.red_on, spells.red_on, lights.since_on)
        when 'yellow' then coalesce(lights.yellow_on, spells.began_on, lights.since_on)
    end as light_since_on,
    lights.reason,
    lights.stage,
    lights.exempt_until,
    duplicates.duplicate_of is null as is_counted,
    lights.rule_source,
    last_stated.file_sha256,
    last_stated.sheet,
    last_stated.row_number,
    {{ rows_of_rule('lights.rule_id', 'last_stated') }} as evidence_rows
from {{ ref('int_lights') }} as lights
left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
left join last_stated using (project_id)
left join {{ ref('int_light_spells') }} as spells
    on lights.project_id = spells.project_id and lights.rule_id = spells.rule_id and spells.is_open
