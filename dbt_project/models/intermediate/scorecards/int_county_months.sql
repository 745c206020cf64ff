-- Counts, sums, stocks and growth of every county and month, before rates and targets.
with months as (
    select
        county_code,
        report_month,
        status <> 'missing' as is_reported,
        report_month = min(report_month) over (partition by county_code) as is_first_month,
        min(report_month) over (partition by county_code) <= {{ year_start('report_month') }} as covers_year
    from {{ ref('int_submissions') }}
),

{{ scorecard_components(['county_code']) }}

select * from components
