-- The projects that count and did not in the build before, or the other way round.
{% if var('rebuild', 'full') != 'incremental' -%}
select project_id
from {{ ref('int_project_duplicates') }}
where false
{%- else -%}
select coalesce(duplicates.project_id, before.project_id) as project_id
from {{ ref('int_project_duplicates') }} as duplicates
full join {{ as_built_before('int_duplicates_applied') }} as before on duplicates.project_id = before.project_id
where duplicates.project_id is null or before.project_id is null
{%- endif %}
