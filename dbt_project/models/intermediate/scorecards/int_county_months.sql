-- Counts, sums, stocks and growth of every county and month, before rates and targets.
with {{ county_months() }},

months as (
    select
        county_code,
        report_month,
        is_reported,
        is_reported_before,
        report_month = first_month as is_first_month,
        first_month <= {{ year_start('report_month') }} as covers_year,
        has_whole_year
    from county_months
),

{{ scorecard_components(['county_code']) }}

select * from components
