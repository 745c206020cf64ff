-- The rule row that holds on every day looked at, for every county, size tier, industry, rule and stage: the row that
-- names most of these wins, then the higher version. A row that switches the rule off wins like any other, and then
-- drops out. Only tiers and industries that some row names are told apart; '' stands for all others.
with by_stage as (
    select
        rules.* exclude (stages),
        {{ split_words('rules.stages') }} as stage,
        cast(rules.county_code is not null as integer)
        + cast(rules.size_tier is not null as integer)
        + cast(rules.industry is not null as integer) as keys_named
    from {{ ref('stall_rules') }} as rules
),

tiers as (
    select '' as rule_tier
    union
    select size_tier from {{ ref('stall_rules') }}
    where size_tier is not null
),

industries as (
    select '' as rule_industry
    union
    select industry from {{ ref('stall_rules') }}
    where industry is not null
),

places as (
    select
        dates.county_code,
        dates.as_of_on,
        tiers.rule_tier,
        industries.rule_industry
    from {{ ref('int_light_dates') }} as dates
    cross join tiers
    cross join industries
),

chosen as (
    select
        places.county_code as for_county_code,
        places.as_of_on,
        places.rule_tier,
        places.rule_industry,
        by_stage.*
    from places
    inner join by_stage
        on
            (by_stage.county_code is null or places.county_code = by_stage.county_code)
            and (by_stage.size_tier is null or places.rule_tier = by_stage.size_tier)
            and (by_stage.industry is null or places.rule_industry = by_stage.industry)
            and places.as_of_on >= by_stage.valid_from
            and (by_stage.valid_to is null or places.as_of_on <= by_stage.valid_to)
    qualify
        row_number() over (
            partition by
                places.county_code,
                places.as_of_on,
                places.rule_tier,
                places.rule_industry,
                by_stage.rule_id,
                by_stage.stage
            order by by_stage.keys_named desc, by_stage.version desc, by_stage.valid_from desc
        ) = 1
)

select
    for_county_code as county_code,
    as_of_on,
    rule_tier,
    rule_industry,
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
