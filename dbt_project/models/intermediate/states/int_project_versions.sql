-- One row a project and report date: what its county's standing ledger said. Where a ledger lists a project twice (on
-- two sheets), the row furthest along stands, then the fuller one, then the upper one; `rows_in_ledger` keeps count.
select
    identity.project_id,
    listed.* exclude (label_id, label_code, label_investor),
    {{ stage_rank('listed.stage') }} as stage_rank,
    count(*) over (partition by identity.project_id, listed.report_date) as rows_in_ledger
from {{ ref('int_project_rows') }} as listed
inner join {{ ref('int_project_identity') }} as identity using (label_id)
qualify
    row_number() over (
        partition by identity.project_id, listed.report_date
        order by
            case when listed.stage = 'terminated' then 9 else coalesce({{ stage_rank('listed.stage') }}, -1) end desc,
            {{ count_known(
                ['listed.signed_on', 'listed.started_on', 'listed.total_investment_cny', 'listed.funds_arrived_cumulative_cny',
                 'listed.investor_name', 'listed.progress_note']
            ) }} desc,
            listed.reported_county_code asc,
            listed.file_sha256 asc,
            listed.sheet asc,
            listed.row_number asc,
            listed.row_id asc
    ) = 1
