-- Every spell under the number of its follow-up item.
select
    concat('F', substr(sha256(concat_ws('|', project_id, rule_id, began_on)), 1, 16)) as follow_up_id,
    *
from {{ ref('int_light_spells') }}
