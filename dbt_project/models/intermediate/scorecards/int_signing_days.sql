-- The day of the first signing, of projects whose ledgers went over to the day of a later agreement (a contract after a
-- framework agreement, an increase, a supplement): the first signing counts. It is the day last stated before that
-- agreement. A day that changes without a new agreement is a correction, and the last one stated stands.
with {{ ctes_of_natures() }},

-- Only projects that state two days and an agreement have a first day to tell from a later one.
told as (
    select
        statements.project_id,
        statements.report_date,
        statements.signed_on,
        statements.signed_on_precision,
        case
            when kinds.agreement_kind = 'increase' or natures.says_increase then 'increase'
            when kinds.agreement_kind = 'intent' then 'framework'
            when kinds.agreement_kind <> 'other' then kinds.agreement_kind
        end as agreement_kind
    from {{ ref('int_project_statements') }} as statements
    inner join natures
        on
            statements.construction_nature is not distinct from natures.construction_nature
            and statements.investment_form is not distinct from natures.investment_form
    left join {{ ref('int_agreement_kinds') }} as kinds on statements.agreement_type = kinds.agreement_type
    where
        {{ is_signed('statements') }}
        and statements.project_id in (
            select projects.project_id from {{ ref('int_projects') }} as projects
            where projects.signed_on <> projects.first_signed_on
        )
),

histories as (
    select
        *,
        last_value(agreement_kind ignore nulls) over before as earlier_kind,
        last_value(signed_on ignore nulls) over before as earlier_signed_on,
        max_by(signed_on_precision, case when signed_on is not null then report_date end) over before
            as earlier_precision
    from told
    window
        before as (
            partition by project_id order by report_date rows between unbounded preceding and 1 preceding
        )
),

-- The first agreement after the first one.
signed_anew as (
    select *
    from histories
    where
        earlier_signed_on is not null
        and (
            agreement_kind in ('increase', 'supplement') and agreement_kind is distinct from earlier_kind
            or agreement_kind = 'contract' and earlier_kind = 'framework'
        )
    qualify row_number() over (partition by project_id order by report_date) = 1
)

select
    signed_anew.project_id,
    signed_anew.earlier_signed_on as signed_on,
    signed_anew.earlier_precision as signed_on_precision
from signed_anew
inner join {{ ref('int_projects') }} as projects on signed_anew.project_id = projects.project_id
where signed_anew.earlier_signed_on < projects.signed_on
