-- Rates printed in summaries that differ from what their parts give by more than rounding: half of the last digit
-- printed (52% of 51.67, 0.52 of a share), and never less than a tenth of a percentage point.
with printed as (
    select
        *,
        rtrim(trim(raw), '%％ ') as figure,
        length(split_part(rtrim(trim(raw), '%％ '), '.', 2)) as digits
    from {{ source('lake', 'ledger_summary_values') }}
    where
        measure = 'rate'
        and (report_date is null or report_date <= {{ as_of() }})
)

select
    county_code,
    file_sha256,
    sheet,
    row_number,
    report_date,
    region_name,
    indicator,
    measure,
    header,
    value as printed_value,
    recomputed_value,
    cast(value - recomputed_value as decimal(24, 6)) as difference_value
from printed
where
    abs(value - recomputed_value) > greatest(
        0.1,
        case
            when try_cast(figure as decimal(24, 6)) = value then 0.5 / power(10, digits)
            -- A share; a bare 1 does not tell how it was rounded.
            when try_cast(figure as decimal(24, 6)) * 100 = value and digits >= 2 then 50 / power(10, digits)
            else 0
        end
    )
