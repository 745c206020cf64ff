-- Signed projects under way that lack one of the five ones (五个一): one project, one unit, one team, one leader, one
-- ledger. The project is one where no other county claims it; the team is the tracking unit or the person who answers;
-- the ledger is the latest of the county.
with projects as (
    select
        dims.*,
        people.responsible_person
    from {{ ref('dim_project') }} as dims
    inner join {{ ref('int_projects') }} as people using (project_id)
    left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
    where
        dims.stage in ('signed', 'performed', 'started', 'completed')
        and coalesce(duplicates.reason, 'claimed_by_other_county') = 'claimed_by_other_county'
),

claimed as (
    select duplicate_of
    from {{ ref('int_project_duplicates') }}
    where reason = 'claimed_by_other_county'
),

checked as (
    select
        *,
        is_counted and project_id not in (select c.duplicate_of from claimed as c) as has_one_project,
        nullif(trim(responsible_unit), '') is not null as has_unit,
        coalesce(nullif(trim(tracking_unit), ''), nullif(trim(responsible_person), '')) is not null as has_team,
        nullif(trim(responsible_leader), '') is not null as has_leader,
        ledgers_missed = 0 as has_ledger
    from projects
)

select
    project_id,
    county_code,
    project_name,
    stage,
    has_one_project,
    has_unit,
    has_team,
    has_leader,
    has_ledger,
    concat_ws(
        '、',
        case when not has_one_project then '一个项目' end,
        case when not has_unit then '一个单位' end,
        case when not has_team then '一个专班' end,
        case when not has_leader then '一名领导' end,
        case when not has_ledger then '一本台账' end
    ) as missing_ones,
    responsible_unit,
    last_reported_on,
    file_sha256,
    sheet,
    row_number
from checked
where not (has_one_project and has_unit and has_team and has_leader and has_ledger)
