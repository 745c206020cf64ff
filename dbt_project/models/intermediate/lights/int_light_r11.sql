-- R11 not registered, or no money in, after the agreed date: days since. The agreed date is the signing date plus the
-- days of the rule's setting; no ledger known so far states another. Registration counts as open only where the form
-- has a column for it; money counts as in by the cumulative, else by any figure of the year or month, and as not in
-- where the year to date of the signing's own year is still nothing (of an earlier year: its December).
with first_money as (
    select
        project_id,
        min(report_date) as first_told_on
    from {{ ref('int_fund_figures') }}
    where greatest(cumulative_cny, ytd_cny, month_cny) > 0
    group by project_id
),

-- By day of report: a year to date of nothing. Whatever came later is in `first_money`.
nothing_yet as (
    select
        project_id,
        report_year,
        report_month,
        min(report_date) as report_date
    from {{ ref('int_fund_figures') }}
    where ytd_cny = 0
    group by project_id, report_year, report_month
),

judged as (
    select
        scope.*,
        {{ add_days('scope.signed_by', "cast(coalesce(scope.parameter_value, '0') as integer)") }} as agreed_on,
        -- a ledger that states no agreed date must not be said to state one
        case
            when cast(coalesce(scope.parameter_value, '0') as integer) <> 0 then '约定 '
            when scope.signed_by > scope.signed_on then '签约不晚于 '
            else '签约 '
        end as basis,
        case
            when scope.registered_on <= as_of_on then true
            when scope.registered_on is not null then false
            when exists (
                select 1 from {{ ref('stg_ledgers__stated_fields') }} as stated
                where
                    stated.file_sha256 = scope.file_sha256
                    and stated.sheet = scope.sheet
                    and stated.field = 'registered_on'
            ) then false
        end as is_registered,
        case
            when scope.funds_arrived_cumulative_cny is not null then scope.funds_arrived_cumulative_cny > 0
            when first_money.first_told_on <= scope.as_of_on then true
            when exists (
                select 1 from nothing_yet
                where
                    nothing_yet.project_id = scope.project_id
                    and nothing_yet.report_date <= scope.as_of_on
                    and nothing_yet.report_date >= scope.signed_on
                    and nothing_yet.report_year = {{ year_start('scope.signed_on') }}
                    and (
                        nothing_yet.report_year = {{ year_start('scope.as_of_on') }}
                        or month(nothing_yet.report_month) = 12
                    )
            ) then false
        end as has_deposit
    from {{ ref('int_light_scope') }} as scope
    left join first_money on scope.project_id = first_money.project_id
    where scope.rule_id = 'R11'
)

select
    project_id,
    as_of_on,
    rule_id,
    case
        when agreed_on is null then null
        when
            not is_registered or not has_deposit
            then cast(greatest({{ days_between('agreed_on', 'as_of_on') }}, 0) as double)
        when is_registered and has_deposit then 0.0
    end as observed_value,
    case when (not is_registered or not has_deposit) and agreed_on <= as_of_on then agreed_on end as since_on,
    {{ breached_by_days_on('agreed_on', 'yellow') }} as yellow_on,
    {{ breached_by_days_on('agreed_on', 'red') }} as red_on,
    case
        when agreed_on is null then '缺签约时间 no signing date'
        when not is_registered then concat(basis, agreed_on, '，未注册 not registered')
        when not has_deposit then concat(basis, agreed_on, '，未到资金 no money in')
        when is_registered is null then '台账没有注册时间 the ledger states no registration'
        when has_deposit is null then '已注册，缺到位资金 registered, no funds figure'
        else '已注册 registered'
    end as reason
from judged
