-- One row a project and report date: what its county's standing ledger said. Where a ledger lists a project twice (on
-- two sheets), the row furthest along stands, then the fuller one, then the upper one; `rows_in_ledger` keeps count.
select
    identity.project_id,
    rows.* exclude (label_id, label_code, label_investor),
    {{ stage_rank('rows.stage') }} as stage_rank,
    count(*) over (partition by identity.project_id, rows.report_date) as rows_in_ledger
from {{ ref('int_project_rows') }} as rows
inner join {{ ref('int_project_identity') }} as identity using (label_id)
qualify
    row_number() over (
        partition by identity.project_id, rows.report_date
        order by
            case when rows.stage = 'terminated' then 9 else coalesce({{ stage_rank('rows.stage') }}, -1) end desc,
            {{ count_known(
                ['rows.signed_on', 'rows.started_on', 'rows.total_investment_cny', 'rows.funds_arrived_cumulative_cny',
                 'rows.investor_name', 'rows.progress_note']
            ) }} desc,
            rows.reported_county_code asc,
            rows.file_sha256 asc,
            rows.sheet asc,
            rows.row_number asc,
            rows.row_id asc
    ) = 1
