-- R05 started since before the county's last three report months: sum of arrivals and corrections in those months. A
-- cumulative that is blank there, or a project left out, keeps what was last stated; other figures must stand there.
-- The condition counts from the month after the last arrival, so a project that has been dry for two years says so.
with months as (
    select
        dates.county_code,
        dates.as_of_on,
        reported.report_month,
        reported.last_report_date,
        dense_rank() over (
            partition by dates.county_code, dates.as_of_on order by reported.report_month desc
        ) as months_ago
    from {{ ref('int_light_dates') }} as dates
    inner join (
        select
            county_code,
            report_month,
            min(report_date) as first_report_date,
            max(report_date) as last_report_date
        from {{ ref('int_ledger_sequence') }}
        group by county_code, report_month
    ) as reported
        on dates.county_code = reported.county_code and reported.first_report_date <= dates.as_of_on
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
        scope.as_of_on,
        min(months.report_month) as first_month,
        min_by(months.last_report_date, months.report_month) as first_month_last_report_date,
        max(months.report_month) as last_month,
        count(months.report_month) as report_months
    from scope
    left join months
        on
            scope.county_code = months.county_code
            and scope.as_of_on = months.as_of_on
            and scope.window_months >= months.months_ago
    group by scope.project_id, scope.as_of_on
),

arrived as (
    select
        windows.project_id,
        windows.as_of_on,
        coalesce(sum(
            case
                when movements.report_month >= windows.first_month and movements.kind in ('arrival', 'correction')
                    then movements.amount_cny
            end
        ), 0) as amount_cny,
        -- What a first ledger opens with arrived in that month or before.
        max(
            case
                when movements.amount_cny <= 0 then null
                when movements.kind = 'opening' then movements.report_month
                when movements.kind = 'arrival' and movements.report_month < windows.first_month
                    then movements.report_month
            end
        ) as last_arrival_month
    from windows
    left join {{ ref('int_fund_movements') }} as movements
        on windows.project_id = movements.project_id and windows.last_month >= movements.report_month
    group by windows.project_id, windows.as_of_on
),

stated as (
    select
        windows.project_id,
        windows.as_of_on,
        count(figures.report_month) as months_stated
    from windows
    left join {{ ref('int_fund_figures') }} as figures
        on
            windows.project_id = figures.project_id
            and figures.report_month between windows.first_month and windows.last_month
    group by windows.project_id, windows.as_of_on
),

judged as (
    select
        scope.*,
        windows.first_month,
        windows.last_month,
        arrived.amount_cny,
        stated.months_stated,
        -- Dry at the latest since the window began; in truth since the month after the last arrival or since the start.
        least(
            windows.first_month,
            greatest(scope.start_reached_on, {{ add_months('arrived.last_arrival_month', 1) }})
        ) as dry_since_on,
        case
            -- A start dated by the first ledger that showed it may lie before that ledger.
            when scope.start_reached_on < windows.first_month then 'before'
            when scope.start_basis = 'stated' or scope.start_was_seen then 'within'
            else 'unknown'
        end as started_when,
        case
            when
                windows.report_months < scope.window_months
                then concat('台账不足 ', scope.window_months, ' 个报告月 fewer report months than ', scope.window_months)
            -- What arrived before its first ledger in which month, nobody can tell, nor need know of works begun since.
            when
                scope.first_reported_on > windows.first_month_last_report_date
                and arrived.amount_cny <= 0
                and not (scope.start_reached_on >= windows.first_month and scope.start_basis = 'stated')
                then concat(
                    '列入台账不足 ', scope.window_months, ' 个报告月 listed for fewer report months than ', scope.window_months
                )
            when scope.start_reached_on is null then '缺开工时间 no start date'
            when stated.months_stated = 0 and scope.funds_arrived_cumulative_cny is null
                then '缺到位资金 no funds figure in the window'
        end as missing
    from scope
    inner join windows using (project_id, as_of_on)
    inner join arrived using (project_id, as_of_on)
    inner join stated using (project_id, as_of_on)
)

select
    project_id,
    as_of_on,
    rule_id,
    case
        when started_when = 'within' and missing is null then null
        when started_when = 'before' and missing is null then cast(amount_cny as double)
    end as observed_value,
    case when started_when = 'before' and missing is null then dry_since_on end as since_on,
    cast(null as date) as yellow_on,
    cast(null as date) as red_on,
    case
        when missing is not null then missing
        when started_when = 'unknown' then '开工时间不详 start date not known'
        when
            started_when = 'within'
            then concat('开工未满 ', window_months, ' 个报告月 started within the last ', window_months, ' report months')
        when months_stated = 0
            then concat(
                '自 ', strftime(first_month, '%Y-%m'), ' 起 ', window_months, ' 个报告月未再填报到位资金 no figure stated since'
            )
        else concat(
            strftime(first_month, '%Y-%m'), ' 至 ', strftime(last_month, '%Y-%m'), '（', window_months, ' 个报告月）到位合计 ',
            rtrim(rtrim(format('{:,.2f}', amount_cny / 10000), '0'), '.'),
            ' 万元 arrived in the last ', window_months, ' report months'
        )
    end as reason,
    started_when = 'within' and missing is null as is_too_early
from judged
