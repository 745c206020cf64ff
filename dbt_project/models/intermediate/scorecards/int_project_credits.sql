-- Who may count how much of each counted project, and when: its own county all of it, or the counties that share it by
-- agreement, each in the days agreed. `share_before` and `share_through` place the county's part between 0 and 1, so
-- that parts rounded to the cent add up to the whole. The number of projects stays with the own county (`is_own`). What
-- stands of the project in a partner's own ledger (unit, leader, park) is taken from its claim.
with projects as (
    select
        projects.project_id,
        projects.county_code,
        coalesce(duplicates.duplicate_of, projects.project_id) as counted_id,
        {{ is_signed('projects', as_of()) }} as is_signed,
        coalesce(chains.canonical_chain, '未分链') as industry_chain,
        nullif(trim(projects.responsible_unit), '') as responsible_unit,
        nullif(trim(projects.responsible_leader), '') as responsible_leader,
        nullif(trim(projects.park_name), '') as park_name,
        nullif(trim(projects.town_name), '') as town_name,
        coalesce(origins.capital_origin, nullif(trim(projects.capital_origin), '')) as capital_origin,
        projects.size_tier,
        projects.total_investment_cny,
        projects.contract_amount_cny
    from {{ ref('int_projects') }} as projects
    left join {{ ref('int_project_duplicates') }} as duplicates using (project_id)
    left join {{ ref('int_industry_chains') }} as chains on trim(projects.industry_chain) = chains.industry_chain
    left join {{ ref('capital_origins') }} as origins on trim(projects.capital_origin) = origins.wording
),

counted as (
    select * from projects where counted_id = project_id and is_signed
),

-- Decisions, by project instead of by name. Counties that have merged since hold their parts together. Where several
-- rows of one project name shares (each county its own claim), they are one agreement: the counted row's, of a day.
shares as (
    select
        projects.counted_id as project_id,
        projects.project_id as claim_id,
        coalesce(partners.current_code, decisions.sharing_county_code) as county_code,
        decisions.valid_from,
        {{ add_days('decisions.valid_to', 1) }} as valid_until,
        sum(decisions.share_rate) as share_rate
    from (
        select distinct
            identity.project_id,
            shares.sharing_county_code,
            shares.share_rate,
            shares.valid_from,
            shares.valid_to
        from {{ ref('project_shares') }} as shares
        left join {{ ref('int_county_codes') }} as codes using (county_code)
        inner join {{ ref('int_identity_labels') }} as labels
            on
                coalesce(codes.current_code, shares.county_code) = labels.county_code
                and {{ project_name_key('shares.project_name') }} = labels.name_key
                and coalesce({{ project_code_key('shares.project_code') }}, labels.label_code) = labels.label_code
        inner join {{ ref('int_project_identity') }} as identity using (label_id)
    ) as decisions
    inner join projects using (project_id)
    left join {{ ref('int_county_codes') }} as partners on decisions.sharing_county_code = partners.county_code
    group by all
),

bounds as (
    select
        project_id,
        valid_from as bound_on
    from shares
    union
    select
        project_id,
        valid_until as bound_on
    from shares
    union
    select
        project_id,
        date '0001-01-01' as bound_on
    from counted
),

spans as (
    select
        project_id,
        bound_on as valid_from,
        coalesce(lead(bound_on) over (partition by project_id order by bound_on), date '9999-12-31') as valid_until
    from bounds
),

agreed as (
    select
        spans.project_id,
        spans.valid_from,
        spans.valid_until,
        shares.county_code,
        shares.share_rate
    from spans
    inner join shares
        on
            spans.project_id = shares.project_id
            and spans.valid_from >= shares.valid_from
            and spans.valid_from < shares.valid_until
    qualify
        dense_rank() over (
            partition by spans.project_id, spans.valid_from
            order by shares.claim_id <> spans.project_id, shares.claim_id
        ) = 1
),

parts as (
    select * from agreed
    union all
    -- The own county: all of it where nothing is agreed, and the number of projects in any case.
    select
        spans.project_id,
        spans.valid_from,
        spans.valid_until,
        counted.county_code,
        case when count(agreed.county_code) = 0 then 1 else 0 end as share_rate
    from spans
    inner join counted using (project_id)
    left join agreed on spans.project_id = agreed.project_id and spans.valid_from = agreed.valid_from
    group by spans.project_id, spans.valid_from, spans.valid_until, counted.county_code
    having count(agreed.county_code) = 0 or not bool_or(agreed.county_code = counted.county_code)
),

placed as (
    select
        *,
        sum(share_rate) over (
            partition by project_id, valid_from order by county_code rows between unbounded preceding and current row
        ) as share_through
    from parts
),

claims as (
    select
        counted_id,
        county_code,
        min_by(projects, project_id) as claim
    from projects
    where counted_id <> project_id
    group by counted_id, county_code
)

select
    placed.project_id,
    placed.county_code,
    placed.valid_from,
    placed.valid_until,
    placed.county_code = counted.county_code as is_own,
    cast(placed.share_rate as decimal(9, 8)) as share_rate,
    cast(placed.share_through - placed.share_rate as decimal(9, 8)) as share_before,
    cast(placed.share_through as decimal(9, 8)) as share_through,
    counted.total_investment_cny,
    counted.contract_amount_cny,
    counted.industry_chain,
    counted.capital_origin,
    counted.size_tier,
    case
        when placed.county_code = counted.county_code then counted.responsible_unit
        else claims.claim['responsible_unit']
    end as responsible_unit,
    case
        when placed.county_code = counted.county_code then counted.responsible_leader
        else claims.claim['responsible_leader']
    end as responsible_leader,
    case
        when placed.county_code = counted.county_code then counted.park_name
        else claims.claim['park_name']
    end as park_name,
    case
        when placed.county_code = counted.county_code then counted.town_name
        else claims.claim['town_name']
    end as town_name
from placed
inner join counted using (project_id)
left join claims on placed.project_id = claims.counted_id and placed.county_code = claims.county_code
