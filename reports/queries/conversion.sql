-- What became of signings, by half-year of signing: counted projects with a known signing date, last three years.
with cohorts as (
    select
        projects.project_id,
        projects.stage,
        signings.total_investment_cny,
        year(signings.signed_on) as signed_year,
        case when month(signings.signed_on) <= 6 then 1 else 2 end as half
    from fct_signings as signings
    inner join dim_project as projects on signings.project_id = projects.project_id
    where
        signings.is_counted
        and signings.signed_on <= $told_to
        and signings.signed_on >= $year_start::date - interval 2 year
)

select
    signed_year,
    half,
    count(*) as signed,
    sum(total_investment_cny) as signed_cny,
    count(*) filter (where stage in ('performed', 'started', 'completed', 'in_production')) as performed,
    count(*) filter (where stage in ('started', 'completed', 'in_production')) as started,
    count(*) filter (where stage = 'in_production') as produced,
    count(*) filter (where stage = 'terminated') as terminated
from cohorts
group by signed_year, half
order by signed_year, half
