-- The rule row that holds on every day looked at, for every county, rule and stage: a county's own row wins over the
-- general one, then the higher version. A row that switches the rule off wins like any other, and then drops out.
with by_stage as (
    select
        rules.* exclude (stages),
        {{ split_words('rules.stages') }} as stage
    from {{ ref('stall_rules') }} as rules
),

chosen as (
    select
        dates.county_code as for_county_code,
        dates.as_of_on,
        by_stage.*
    from {{ ref('int_light_dates') }} as dates
    inner join by_stage
        on
            (by_stage.county_code is null or dates.county_code = by_stage.county_code)
            and dates.as_of_on >= by_stage.valid_from
            and (by_stage.valid_to is null or dates.as_of_on <= by_stage.valid_to)
    qualify
        row_number() over (
            partition by dates.county_code, dates.as_of_on, by_stage.rule_id, by_stage.stage
            order by by_stage.county_code is null asc, by_stage.version desc, by_stage.valid_from desc
        ) = 1
)

select
    for_county_code as county_code,
    as_of_on,
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
