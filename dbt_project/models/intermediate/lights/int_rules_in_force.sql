-- The rule row that holds at `as_of` for every county with projects, rule and stage: a county's own row wins over the
-- general one, then the higher version. A row that switches the rule off wins like any other, and then drops out.
with counties as (
    select distinct county_code from {{ ref('int_projects') }}
),

by_stage as (
    select
        rules.* exclude (stages),
        {{ split_words('rules.stages') }} as stage
    from {{ ref('stall_rules') }} as rules
    where
        rules.valid_from <= {{ as_of() }}
        and (rules.valid_to is null or rules.valid_to >= {{ as_of() }})
),

chosen as (
    select
        counties.county_code as for_county_code,
        by_stage.*
    from counties
    inner join by_stage on by_stage.county_code is null or by_stage.county_code = counties.county_code
    qualify
        row_number() over (
            partition by counties.county_code, by_stage.rule_id, by_stage.stage
            order by by_stage.county_code is null asc, by_stage.version desc, by_stage.valid_from desc
        ) = 1
)

select
    for_county_code as county_code,
    rule_id,
    version as rule_version,
    stage,
    yellow_operator,
    yellow_value,
    red_operator,
    red_value,
    unit,
    parameter,
    parameter_value,
    rule_name_zh,
    rule_name_en,
    action_zh,
    action_en,
    due_days,
    source as rule_source
from chosen
where enabled
