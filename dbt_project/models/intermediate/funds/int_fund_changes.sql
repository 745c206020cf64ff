-- The projects whose fund movements are computed, and from which month on: those with figures in the changed months,
-- and from the beginning those whose opening is judged otherwise than before (a signing date learned later).
{% if var('rebuild', 'full') != 'incremental' -%}
select distinct
    project_id,
    project_key,
    county_code,
    {{ beginning() }} as first_changed_month
from {{ ref('int_fund_figures') }}
{%- else -%}
with touched as (
    select distinct
        figures.project_id,
        figures.county_code,
        changes.first_changed_month
    from (
        {{ changed_rows(ref('int_fund_figures'), ref('int_county_changes'), 'report_month', 'first_changed_month') }}
    ) as figures
    inner join {{ ref('int_county_changes') }} as changes on figures.county_code = changes.county_code
),

judged_otherwise as (
    select distinct
        now_judged.project_id,
        now_judged.county_code
    from {{ ref('int_fund_openings') }} as now_judged
    left join {{ as_built_before('int_fund_openings_applied') }} as before
        on now_judged.project_id = before.project_id and now_judged.figure = before.figure
    where hash(now_judged) is distinct from hash(before)
)

select
    coalesce(touched.project_id, judged_otherwise.project_id) as project_id,
    {{ project_key('coalesce(touched.project_id, judged_otherwise.project_id)') }} as project_key,
    coalesce(touched.county_code, judged_otherwise.county_code) as county_code,
    case when judged_otherwise.project_id is null then touched.first_changed_month else {{ beginning() }} end
        as first_changed_month
from touched
full join judged_otherwise on touched.project_id = judged_otherwise.project_id
{%- endif %}
