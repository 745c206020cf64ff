-- Targets of the seed whose unit or signing event no project names, as a slip of the pen makes them: they are held
-- against nothing.
with named_units as (
    select unnest([responsible_unit, town_name, park_name]) as unit_name
    from {{ ref('dim_project') }}
),

compared as (
    select
        region_code as county_code,
        target_id,
        period_start,
        indicator,
        target_value,
        unit,
        responsible_unit,
        nullif(signing_cohort, '') as signing_cohort,
        case
            when responsible_unit not in (select u.unit_name from named_units as u where u.unit_name is not null)
                then 'unknown_unit'
            -- Years and half-years are cohorts without a project's naming them.
            when
                signing_cohort <> ''
                and signing_cohort not like '____年'
                and signing_cohort not like '____上半年'
                and signing_cohort not like '____下半年'
                and signing_cohort not in (
                    select trim(s.signing_event) from {{ ref('fct_signings') }} as s where s.signing_event is not null
                )
                then 'unknown_cohort'
        end as finding
    from {{ ref('fct_targets') }}
    where stated_in = 'seed' and period_start <= {{ as_of() }}
)

select * from compared
where finding is not null
