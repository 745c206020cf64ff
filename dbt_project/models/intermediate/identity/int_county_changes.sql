-- The counties whose history is computed, and from when on: those of `int_ledger_changes`, and from their beginning
-- those where a row of an earlier ledger now belongs to another project (a rename found, a decision, a shared code).
{% if var('rebuild', 'full') != 'incremental' -%}
select * from {{ ref('int_ledger_changes') }}
{%- else -%}
with moved as (
    select distinct before.county_code
    from {{ as_built_before('int_project_namings') }} as before
    left join {{ ref('int_identity_namings') }} as namings on before.naming_key = namings.naming_key
    left join {{ ref('int_project_identity') }} as identity on namings.label_id = identity.label_id
    where identity.project_id is distinct from before.project_id
)

select
    coalesce(changes.county_code, moved.county_code) as county_code,
    coalesce(changes.is_rebuilt, false) or moved.county_code is not null as is_rebuilt,
    case when moved.county_code is null then changes.first_changed_on else {{ beginning() }} end as first_changed_on,
    case when moved.county_code is null then changes.first_changed_month else {{ beginning() }} end
        as first_changed_month
from {{ ref('int_ledger_changes') }} as changes
full join moved on changes.county_code = moved.county_code
{%- endif %}
