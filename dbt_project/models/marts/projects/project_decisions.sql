-- What people decided about two projects, by whom and when, from the seed and from returned workbooks, and whether it
-- stands. The project on the left is the subject: it was split into, merged into or is part of the other.
select distinct
    decision_id,
    decision,
    county_code_a,
    project_name_a,
    project_code_a,
    county_code_b,
    project_name_b,
    project_code_b,
    status,
    author as responsible_person,
    decided_on,
    reason,
    decided_in,
    file_sha256,
    sheet,
    row_number
from {{ ref('int_decisions_said') }}
