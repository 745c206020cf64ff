-- What happened to an agreement after it was first reported. A framework agreement or letter of intent that became a
-- contract: `upgraded`, the project counts, its money is not counted again. A total that rose in a ledger that says
-- 增资: `increased`, the increment counts in that month. A total that rose without such a word is a correction.
with {{ ctes_of_natures() }},

-- Only projects that ever had a framework agreement or an increase have a history to tell.
told as (
    select
        statements.project_id,
        statements.report_date,
        statements.total_investment_cny,
        statements.contract_amount_cny,
        kinds.agreement_kind,
        coalesce(kinds.agreement_kind = 'increase', false) or natures.says_increase as says_increase
    from {{ ref('int_project_statements') }} as statements
    inner join natures
        on
            statements.construction_nature is not distinct from natures.construction_nature
            and statements.investment_form is not distinct from natures.investment_form
    left join {{ ref('int_agreement_kinds') }} as kinds on statements.agreement_type = kinds.agreement_type
    where {{ is_signed('statements') }}
),

with_history as (
    select t.project_id
    from told as t
    where t.says_increase or t.agreement_kind in ('framework', 'intent')
),

histories as (
    select
        *,
        last_value(total_investment_cny ignore nulls) over before as earlier_total_cny,
        last_value(contract_amount_cny ignore nulls) over before as earlier_contract_cny,
        last_value(case when agreement_kind in ('framework', 'intent', 'contract') then agreement_kind end ignore nulls)
            over before as earlier_kind
    from told
    where project_id in (select h.project_id from with_history as h)
    window
        before as (
            partition by project_id order by report_date rows between unbounded preceding and 1 preceding
        )
)

select
    project_id,
    'increased' as change,
    report_date as changed_on,
    cast(total_investment_cny - earlier_total_cny as decimal(20, 2)) as increment_cny,
    cast(greatest(contract_amount_cny - earlier_contract_cny, 0) as decimal(20, 2)) as contract_increment_cny
from histories
where says_increase and total_investment_cny > earlier_total_cny
union all
select
    project_id,
    'upgraded' as change,
    min(report_date) as changed_on,
    cast(null as decimal(20, 2)) as increment_cny,
    cast(null as decimal(20, 2)) as contract_increment_cny
from histories
where agreement_kind = 'contract' and earlier_kind in ('framework', 'intent')
group by project_id
