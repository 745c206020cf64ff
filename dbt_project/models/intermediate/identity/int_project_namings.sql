-- depends_on: {{ ref('int_county_changes') }}
-- Which project every naming stands for. Built after `int_county_changes`, which compares it with the build before.
select
    namings.naming_key,
    namings.county_code,
    identity.project_id,
    {{ project_key('identity.project_id') }} as project_key,
    namings.label_id,
    namings.code_key,
    namings.name_key,
    namings.investor_key,
    namings.first_reported_on,
    namings.last_reported_on
from {{ ref('int_identity_namings') }} as namings
inner join {{ ref('int_project_identity') }} as identity on namings.label_id = identity.label_id
