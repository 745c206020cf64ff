-- depends_on: {{ ref('int_duplicate_changes') }}
-- The projects that do not count; `int_duplicate_changes` of the next build compares with them.
select project_id
from {{ ref('int_project_duplicates') }}
