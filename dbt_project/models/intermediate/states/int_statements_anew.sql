-- The listings of the changed counties in which a ledger says something of a project that the one before had not:
-- most ledgers repeat it. Of a county that files months out of order every listing is one, for the order of its months
-- is not that of its ledgers. A table, so that DuckDB knows how few they are.
with listed as (
    select
        project_key,
        report_date,
        statement_fingerprint,
        row_key
    from ({{ changed_rows(ref('int_project_listings'), ref('int_county_changes')) }}) as listings
    {%- if var('rebuild', 'full') == 'incremental' %}
    union all by name
    select
        project_key,
        max(report_date) as report_date,
        max_by(statement_fingerprint, report_date) as statement_fingerprint
    from {{ as_built_before('int_project_statements') }}
    where
        county_code not in (select c.county_code from {{ ref('int_county_changes') }} as c where c.is_rebuilt)
    group by project_key
    {%- endif %}
),

beside_earlier as (
    select
        *,
        lag(statement_fingerprint) over (partition by project_key order by report_date) as earlier_fingerprint
    from listed
),

out_of_order as (
    select distinct county_code
    from (
        select
            county_code,
            report_month < lag(report_month) over (partition by county_code order by report_date, report_month)
                as is_earlier_month
        from {{ ref('int_ledger_sequence') }}
    ) as ledgers
    where is_earlier_month
)

select
    row_key,
    project_key
from beside_earlier
where
    row_key is not null
    and (
        statement_fingerprint is distinct from earlier_fingerprint
        or project_key in (
            select namings.project_key
            from {{ ref('int_project_namings') }} as namings
            where namings.county_code in (select o.county_code from out_of_order as o)
        )
    )
