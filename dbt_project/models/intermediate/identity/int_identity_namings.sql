-- Under which label every naming goes. A code that two different names share in one ledger identifies neither. A name
-- under which one ledger lists two projects that differ in investor, signing date and total is told apart by the
-- investor. What old ledgers shared the build before has found: only new rows are looked at.
with namings as (
    select
        naming_key,
        county_code,
        code_key,
        name_key,
        investor_key,
        min(first_reported_on) as first_reported_on,
        max(last_reported_on) as last_reported_on
    from {{ ref('int_project_facts') }}
    group by naming_key, county_code, code_key, name_key, investor_key
),

{% if var('rebuild', 'full') == 'incremental' -%}
told_apart_before as (
    select
        before.county_code,
        case when before.label_code = '' then before.code_key end as code_key,
        case when before.label_investor <> '' then before.name_key end as name_key
    from {{ as_built_before('int_identity_namings') }} as before
    where
        (before.label_code = '' and before.code_key is not null or before.label_investor <> '')
        and before.county_code not in (select c.county_code from {{ ref('int_ledger_changes') }} as c where c.is_rebuilt)
),

{% endif -%}
-- Only what was shared at some time can be shared in one ledger, so only these rows are looked at ledger by ledger.
maybe_shared_codes as (
    select
        county_code,
        code_key
    from namings
    where code_key is not null
    group by county_code, code_key
    having count(distinct name_key) > 1
),

maybe_shared_names as (
    select
        county_code,
        name_key
    from {{ ref('int_project_facts') }}
    group by county_code, name_key
    having
        count(distinct investor_key) > 1
        and count(distinct signed_on) > 1
        and count(distinct total_investment_cny) > 1
),

in_ledgers as (
    select
        rows.county_code,
        rows.reported_county_code,
        rows.report_date,
        contents.signed_on,
        contents.total_investment_cny,
        suspected.code_key,
        suspected.name_key,
        suspected.investor_key,
        suspected.is_maybe_shared_code,
        suspected.is_maybe_shared_name
    from ({{ changed_rows(ref('int_project_rows'), ref('int_ledger_changes')) }}) as rows
    inner join (
        select
            namings.*,
            codes.code_key is not null as is_maybe_shared_code,
            names.name_key is not null as is_maybe_shared_name
        from namings
        left join maybe_shared_codes as codes
            on namings.county_code = codes.county_code and namings.code_key = codes.code_key
        left join maybe_shared_names as names
            on namings.county_code = names.county_code and namings.name_key = names.name_key
        where codes.code_key is not null or names.name_key is not null
    ) as suspected on rows.naming_key = suspected.naming_key
    inner join {{ ref('int_statement_contents') }} as contents
        on rows.naming_key = contents.naming_key and rows.statement_fingerprint = contents.statement_fingerprint
),

codes_in_ledgers as (
    select
        county_code,
        code_key
    from in_ledgers
    where is_maybe_shared_code
    group by county_code, code_key, reported_county_code, report_date
    having count(distinct name_key) > 1
),

shared_codes as (
    select distinct
        county_code,
        code_key
    from codes_in_ledgers
    {%- if var('rebuild', 'full') == 'incremental' %}
    union
    select
        county_code,
        code_key
    from told_apart_before
    where code_key is not null
    {%- endif %}
),

names_in_ledgers as (
    select
        county_code,
        name_key
    from in_ledgers
    where is_maybe_shared_name
    group by county_code, name_key, reported_county_code, report_date
    having
        count(distinct investor_key) > 1
        and count(distinct signed_on) > 1
        and count(distinct total_investment_cny) > 1
),

shared_names as (
    select distinct
        county_code,
        name_key
    from names_in_ledgers
    {%- if var('rebuild', 'full') == 'incremental' %}
    union
    select
        county_code,
        name_key
    from told_apart_before
    where name_key is not null
    {%- endif %}
),

labelled as (
    select
        namings.*,
        case when shared_codes.code_key is null then coalesce(namings.code_key, '') else '' end as label_code,
        case when shared_names.name_key is null then '' else coalesce(namings.investor_key, '') end as label_investor
    from namings
    left join shared_codes
        on namings.county_code = shared_codes.county_code and namings.code_key = shared_codes.code_key
    left join shared_names
        on namings.county_code = shared_names.county_code and namings.name_key = shared_names.name_key
)

select
    *,
    concat_ws('|', county_code, label_code, name_key, label_investor) as label_id
from labelled
