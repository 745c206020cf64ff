-- Every county and month it should have reported: from its first ledger to the last month that had ended by `as_of`
-- (and the month of `as_of` itself, once its ledger is there). A month is due on its last day plus the days of grace.
with handed_in as (
    select
        county_code,
        report_month,
        filed_on as report_date
    from {{ ref('int_ledger_sequence') }}
    union all
    -- Every row was turned away: nothing of it stands, but the county has reported.
    select
        coalesce(codes.current_code, files.county_code) as county_code,
        files.report_month,
        files.report_date
    from {{ ref('stg_ledgers__files') }} as files
    left join {{ ref('int_county_codes') }} as codes using (county_code)
    where
        files.status = 'read'
        and files.report_date is not null
        and files.rows_accepted = 0
        and files.rows_rejected > 0
),

ledgers as (
    select
        county_code,
        report_month,
        min(report_date) as first_report_date,
        max(report_date) as last_report_date
    from handed_in
    group by county_code, report_month
),

contents as (
    select
        applied.county_code,
        applied.report_month,
        sum(applied.content_sum) as content_sum,
        cast(sum(applied.project_rows) as bigint) as project_rows
    from {{ ref('int_ledgers_applied') }} as applied
    inner join {{ ref('int_ledger_sequence') }} as sequence
        on
            applied.county_code = sequence.county_code
            and applied.reported_county_code = sequence.reported_county_code
            and applied.report_date = sequence.report_date
    where sequence.is_month_standing and applied.project_rows > 0
    group by applied.county_code, applied.report_month
),

bounds as (
    select
        county_code,
        min(report_month) as first_month,
        greatest(
            max(report_month),
            case
                when
                    {{ as_of() }} >= {{ add_days(add_months(month_start(as_of()), 1), -1) }}
                    then {{ month_start(as_of()) }}
                else {{ add_months(month_start(as_of()), -1) }}
            end
        ) as last_month
    from ledgers
    group by county_code
),

months as (
    select
        bounds.county_code,
        cast(month_starts.month_start as date) as report_month
    from bounds
    cross join lateral (
        select unnest(generate_series(
            cast(bounds.first_month as timestamp), cast(bounds.last_month as timestamp), interval 1 month
        )) as month_start
    ) as month_starts
),

joined as (
    select
        months.county_code,
        months.report_month,
        {{ add_days(add_months('months.report_month', 1), -1) }} as month_end_on,
        ledgers.first_report_date,
        ledgers.last_report_date,
        contents.content_sum,
        contents.project_rows,
        last_value(contents.content_sum ignore nulls) over before as earlier_content_sum,
        last_value(contents.project_rows ignore nulls) over before as earlier_project_rows
    from months
    left join ledgers on months.county_code = ledgers.county_code and months.report_month = ledgers.report_month
    left join contents on months.county_code = contents.county_code and months.report_month = contents.report_month
    window
        before as (
            partition by months.county_code order by months.report_month
            rows between unbounded preceding and 1 preceding
        )
)

select
    county_code,
    report_month,
    {{ add_days('month_end_on', 'cast(' ~ "'" ~ var('submission_grace_days', 10) ~ "'" ~ ' as integer)') }} as due_on,
    month_end_on,
    first_report_date,
    last_report_date,
    cast(project_rows as integer) as project_rows,
    case
        when last_report_date is null then 'missing'
        when content_sum = earlier_content_sum and project_rows = earlier_project_rows then 'unchanged'
        when
            first_report_date
            > {{ add_days('month_end_on', 'cast(' ~ "'" ~ var('submission_grace_days', 10) ~ "'" ~ ' as integer)') }}
            then 'late'
        else 'on_time'
    end as status
from joined
