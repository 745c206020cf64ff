-- The lights of all rules in one form, on every day looked at: what was observed, against the thresholds in force, and
-- people's exemptions.
with observed as (
    {% for rule in ['r01', 'r02', 'r03', 'r04', 'r05', 'r06', 'r07', 'r08', 'r09', 'r10', 'r11', 'r12', 'r13'] %}
        select
            project_id,
            as_of_on,
            rule_id,
            observed_value,
            since_on,
            yellow_on,
            red_on,
            reason,
            {{ 'is_too_early' if rule in ['r05', 'r06'] else 'false' }} as is_too_early
        from {{ ref('int_light_' ~ rule) }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
),

judged as (
    select
        observed.*,
        scope.county_code,
        scope.name_key,
        scope.stage,
        scope.rule_version,
        scope.yellow_value,
        scope.red_value,
        case
            when observed.is_too_early then 'green'
            when observed.observed_value is null then 'unknown'
            when {{ breaches('observed.observed_value', 'scope.red_operator', 'scope.red_value') }} then 'red'
            when {{ breaches('observed.observed_value', 'scope.yellow_operator', 'scope.yellow_value') }} then 'yellow'
            else 'green'
        end as judged_light,
        scope.unit,
        scope.rule_name_zh,
        scope.rule_name_en,
        scope.action_zh,
        scope.action_en,
        scope.due_days,
        scope.rule_source
    from observed
    inner join {{ ref('int_light_scope') }} as scope
        on
            observed.project_id = scope.project_id
            and observed.rule_id = scope.rule_id
            and observed.as_of_on = scope.as_of_on
),

exemptions as (
    select
        judged.project_id,
        judged.rule_id,
        judged.as_of_on,
        max(exemptions.valid_to) as exempt_until,
        max_by(
            concat(exemptions.reason, '（', exemptions.author, '，至 ', exemptions.valid_to, '）'),
            (exemptions.valid_to, exemptions.author, exemptions.reason)
        ) as exempt_reason
    from judged
    inner join {{ ref('exemptions') }} as exemptions
        on
            judged.rule_id = exemptions.rule_id
            and judged.as_of_on between exemptions.valid_from and exemptions.valid_to
    inner join {{ ref('int_project_versions') }} as versions
        on
            judged.project_id = versions.project_id
            and exemptions.county_code in (versions.county_code, versions.reported_county_code)
            and {{ project_name_key('exemptions.project_name') }} = versions.name_key
            and coalesce({{ project_code_key('exemptions.project_code') }}, versions.code_key, '')
            = coalesce(versions.code_key, '')
    group by judged.project_id, judged.rule_id, judged.as_of_on
)

select
    judged.* exclude (reason, name_key, is_too_early),
    case
        when exemptions.project_id is not null and judged.judged_light <> 'green' then 'exempt'
        else judged.judged_light
    end as light,
    case
        when exemptions.project_id is not null and judged.judged_light <> 'green' then exemptions.exempt_reason
        else judged.reason
    end as reason,
    exemptions.exempt_until,
    case judged.judged_light
        when 'red' then judged.red_value
        when 'yellow' then judged.yellow_value
        else coalesce(judged.yellow_value, judged.red_value)
    end as threshold_value
from judged
left join exemptions
    on
        judged.project_id = exemptions.project_id
        and judged.rule_id = exemptions.rule_id
        and judged.as_of_on = exemptions.as_of_on
