-- Totals and subtotals that ledgers state, beside the sum of the rows they stand for.
select
    totals.county_code,
    totals.file_sha256,
    totals.report_date,
    totals.report_month,
    totals.sheet,
    totals.row_number,
    totals.label,
    totals.level,
    totals.field,
    totals.header,
    totals.unit,
    totals.first_row_number,
    totals.last_row_number,
    totals.rows_summed,
    totals.stated_value,
    totals.rows_sum,
    cast(totals.stated_value - totals.rows_sum as decimal(24, 6)) as difference_value,
    case
        when totals.stated_value is null or totals.rows_sum is null then 'not_comparable'
        when totals.stated_value = totals.rows_sum then 'equal'
        -- Printed in 万元 or 亿元 with few digits: less than half a thousand yuan is rounding.
        when abs(totals.stated_value - totals.rows_sum) < 500 and totals.unit <> 'count' then 'rounding'
        else 'different'
    end as verdict
from {{ source('lake', 'control_totals') }} as totals
where totals.report_date is null or totals.report_date <= {{ as_of() }}
