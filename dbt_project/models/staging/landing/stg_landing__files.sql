-- One row a county (or feed) and distinct bytes: the name and order under which they first came.
select
    file_sha256,
    kind,
    coalesce(county_code, '') as county_code,
    min(landed_order) as landed_order,
    max(revision_rank) as revision_rank,
    min_by(source_id, (landed_order, source_id)) as source_id,
    min_by(file_name, (landed_order, source_id)) as file_name,
    min_by(other_names, (landed_order, source_id)) as other_names,
    max(size_bytes) as size_bytes
from {{ source('lake', 'landed_files') }}
group by file_sha256, kind, coalesce(county_code, '')
