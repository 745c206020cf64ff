{%- set from_the_beginning = beginning() -%}
-- The counties whose standing ledgers differ from those of the build before, and from when on. A county that only sent
-- later ledgers goes on from what it had; any other difference (late, corrected, withdrawn, read anew, another code)
-- computes its whole history anew. In a full build every county is computed anew.
{% if var('rebuild', 'full') != 'incremental' -%}
select
    county_code,
    true as is_rebuilt,
    {{ from_the_beginning }} as first_changed_on,
    {{ from_the_beginning }} as first_changed_month
from {{ ref('int_ledger_sequence') }}
group by county_code
{%- else -%}
with now_standing as (
    select
        *,
        hash(reported_county_code, file_sha256, report_month, previous_report_date, record_fingerprint)
            as ledger_fingerprint
    from {{ ref('int_ledger_sequence') }}
),

applied as (
    select * from {{ as_built_before('int_ledgers_applied') }}
),

compared as (
    select
        coalesce(now_standing.county_code, applied.county_code) as county_code,
        coalesce(now_standing.report_date, applied.report_date) as report_date,
        coalesce(now_standing.report_month, applied.report_month) as report_month,
        applied.report_date is null as is_new
    from now_standing
    full join applied
        on
            now_standing.county_code = applied.county_code
            and now_standing.reported_county_code = applied.reported_county_code
            and now_standing.report_date = applied.report_date
    where now_standing.ledger_fingerprint is distinct from applied.ledger_fingerprint
),

last_applied as (
    select
        county_code,
        max(report_date) as report_date,
        max(report_month) as report_month
    from applied
    group by county_code
),

counties as (
    select
        compared.county_code,
        min(compared.report_date) as first_changed_on,
        min(compared.report_month) as first_changed_month,
        not coalesce(bool_and(
            compared.is_new
            and compared.report_date > last_applied.report_date
            and compared.report_month >= last_applied.report_month
        ), false) as is_rebuilt
    from compared
    left join last_applied on compared.county_code = last_applied.county_code
    group by compared.county_code
)

select
    county_code,
    is_rebuilt,
    case when is_rebuilt then {{ from_the_beginning }} else first_changed_on end as first_changed_on,
    case when is_rebuilt then {{ from_the_beginning }} else first_changed_month end as first_changed_month
from counties
{%- endif %}
