-- One row a signed project, with the day of its first signing (`int_signing_days`). It points to the row that first
-- reported it as signed, since a ledger last took it back to talks (`int_reached_anew`); `amount_…` to the row that
-- stands.
with changes as (
    select
        project_id,
        sum(increment_cny) as increment_cny,
        max(case when change = 'increased' then changed_on end) as increased_on,
        max(case when change = 'upgraded' then changed_on end) as upgraded_on
    from {{ ref('int_signing_changes') }}
    group by project_id
)

select
    projects.project_id,
    projects.county_code,
    coalesce(days.signed_on, projects.signed_on) as signed_on,
    case when days.project_id is null then projects.signed_on_precision else days.signed_on_precision end
        as signed_on_precision,
    projects.total_investment_cny,
    projects.contract_amount_cny,
    projects.agreement_type,
    kinds.agreement_kind,
    -- Signed anew as a contract: the project counts, the money counted already. What an increase added counts later.
    changes.upgraded_on,
    changes.increased_on,
    cast(changes.increment_cny as decimal(20, 2)) as increment_cny,
    cast(projects.total_investment_cny - coalesce(changes.increment_cny, 0) as decimal(20, 2)) as signed_investment_cny,
    projects.capital_origin,
    projects.industry_chain,
    projects.size_tier,
    projects.signing_event,
    duplicates.duplicate_of is null as is_counted,
    duplicates.reason as not_counted_reason,
    duplicates.duplicate_of,
    coalesce(anew.signing_row['reported_on'], projects.signing_reported_on) as first_reported_on,
    coalesce(anew.signing_row['file_sha256'], projects.signing_row['file_sha256']) as file_sha256,
    coalesce(anew.signing_row['sheet'], projects.signing_row['sheet']) as sheet,
    coalesce(anew.signing_row['row_number'], projects.signing_row['row_number']) as row_number,
    projects.file_sha256 as amount_file_sha256,
    projects.sheet as amount_sheet,
    projects.row_number as amount_row_number
from {{ ref('int_projects') }} as projects
left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
left join {{ ref('int_agreement_kinds') }} as kinds on projects.agreement_type = kinds.agreement_type
left join {{ ref('int_signing_days') }} as days on projects.project_id = days.project_id
left join changes on projects.project_id = changes.project_id
left join {{ ref('int_reached_anew') }} as anew on projects.project_id = anew.project_id
where
    {{ is_signed('projects', as_of()) }}
    and projects.signing_reported_on is not null
    -- What was given up, never seen signed and without a day of it, was a lead or in talks for all one knows.
    and (
        projects.stage is distinct from 'terminated'
        or projects.signed_on <= {{ as_of() }}
        or case when anew.project_id is null then projects.signed_seen_on else anew.signed_seen_on end is not null
    )
