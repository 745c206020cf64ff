-- R05 started since before the county's last three report months: sum of arrivals and corrections in those months.
with months as (
    select
        county_code,
        report_month,
        dense_rank() over (partition by county_code order by report_month desc) as months_ago
    from (select distinct county_code, report_month from {{ ref('int_ledger_sequence') }}) as reported
),

scope as (
    select
        *,
        cast(coalesce(parameter_value, '3') as integer) as window_months
    from {{ ref('int_light_scope') }}
    where rule_id = 'R05'
),

windows as (
    select
        scope.project_id,
        min(months.report_month) as first_month,
        count(months.report_month) as report_months
    from scope
    left join months on scope.county_code = months.county_code and months.months_ago <= scope.window_months
    group by scope.project_id
),

arrived as (
    select
        windows.project_id,
        coalesce(sum(movements.amount_cny), 0) as amount_cny
    from windows
    left join {{ ref('int_fund_movements') }} as movements
        on
            windows.project_id = movements.project_id
            and movements.report_month >= windows.first_month
            and movements.kind in ('arrival', 'correction')
    group by windows.project_id
),

stated as (
    select
        windows.project_id,
        count(figures.report_month) as months_stated
    from windows
    left join {{ ref('int_fund_figures') }} as figures
        on windows.project_id = figures.project_id and figures.report_month >= windows.first_month
    group by windows.project_id
),

judged as (
    select
        scope.*,
        windows.first_month,
        arrived.amount_cny,
        case
            -- A start dated by the first ledger that showed it may lie before that ledger.
            when scope.start_reached_on < windows.first_month then 'before'
            when scope.start_basis = 'stated' or scope.start_was_seen then 'within'
            else 'unknown'
        end as started_when,
        case
            when windows.report_months < scope.window_months then '台账不足三个月 fewer report months than the window'
            when scope.start_reached_on is null then '缺开工时间 no start date'
            when stated.months_stated = 0 then '缺到位资金 no funds figure in the window'
        end as missing
    from scope
    inner join windows using (project_id)
    inner join arrived using (project_id)
    inner join stated using (project_id)
)

select
    project_id,
    rule_id,
    case
        when started_when = 'within' and missing is null then null
        when started_when = 'before' and missing is null then cast(amount_cny as double)
    end as observed_value,
    case when started_when = 'before' and missing is null then first_month end as since_on,
    cast(null as date) as yellow_on,
    cast(null as date) as red_on,
    case
        when missing is not null then missing
        when started_when = 'unknown' then '开工时间不详 start date not known'
        when started_when = 'within' then '开工未满三个报告月 started within the window'
        else concat('自 ', first_month, ' 起三个报告月到位合计 arrived in the last three report months')
    end as reason,
    started_when = 'within' and missing is null as is_too_early
from judged
