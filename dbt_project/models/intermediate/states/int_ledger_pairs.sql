{%- set goes_on = var('rebuild', 'full') == 'incremental' -%}
{%- set key = ['county_code', 'report_date', 'file_sha256_a', 'file_sha256_b', 'fingerprint_a', 'fingerprint_b'] -%}
{%- set pairs = pairs_of_a_day(ref('stg_ledgers__files')) -%}
{%- set pairs_anew = pairs_not_built(pairs, as_built_before('int_ledger_pairs'), key) if goes_on else pairs -%}
{%- set files -%}
(select unnest([anew.file_sha256_a, anew.file_sha256_b]) as file_sha256 from {{ pairs_anew }} as anew) as files
{%- endset -%}
-- Two files of project rows of one county and report date: what each form asks for, and whether they are two lists
-- (each asks for two things the other does not, or they name no project in common) or a ledger and its correction. What
-- two files are to each other does not change, so a later build looks at new pairs only.
with pairs_anew as (
    select * from {{ pairs_anew }} as anew
),

files as (
    select
        county_code,
        report_date,
        file_sha256_a as file_sha256
    from pairs_anew
    union
    select
        county_code,
        report_date,
        file_sha256_b as file_sha256
    from pairs_anew
),

-- What a form asks for, but for what any form may ask.
fields as (
    select
        files.*,
        stated.field
    from files
    inner join {{ ref('stg_ledgers__stated_fields') }} as stated
        on files.county_code = stated.county_code and files.file_sha256 = stated.file_sha256
    where stated.field not in ('sequence_no', 'remark')
    group by files.county_code, files.report_date, files.file_sha256, stated.field
),

forms as (
    select
        county_code,
        report_date,
        file_sha256,
        string_agg(field, ' ' order by field) as form,
        count(*) as fields
    from fields
    group by county_code, report_date, file_sha256
),

named as (
    select distinct
        files.county_code,
        files.report_date,
        files.file_sha256,
        unnest([{{ project_name_key('lake_rows.project_name') }}, {{ project_code_key('lake_rows.project_code') }}])
            as project
    from (
        {{ lake_rows_of(ref('stg_ledgers__project_rows'), pairs_anew ~ ' as anew', selected_files=files) }}
    ) as lake_rows
    inner join files
        on
            lake_rows.county_code = files.county_code
            and lake_rows.file_sha256 = files.file_sha256
            and lake_rows.report_date = files.report_date
),

shared_fields as (
    select
        a.county_code,
        a.report_date,
        a.file_sha256 as file_sha256_a,
        b.file_sha256 as file_sha256_b,
        count(*) as fields
    from fields as a
    inner join fields as b
        on
            a.county_code = b.county_code
            and a.report_date = b.report_date
            and a.field = b.field
            and a.file_sha256 < b.file_sha256
    group by a.county_code, a.report_date, a.file_sha256, b.file_sha256
),

shared_projects as (
    select distinct
        a.county_code,
        a.report_date,
        a.file_sha256 as file_sha256_a,
        b.file_sha256 as file_sha256_b
    from named as a
    inner join named as b
        on
            a.county_code = b.county_code
            and a.report_date = b.report_date
            and a.project = b.project
            and a.file_sha256 < b.file_sha256
),

judged as (
    select
        pairs_anew.{{ key | join(',\n        pairs_anew.') }},
        least(a.form, b.form) as one_form,
        greatest(a.form, b.form) as other_form,
        pairs_anew.are_of_one_month
        and (
            shared_projects.county_code is null
            or (
                a.fields - coalesce(shared_fields.fields, 0) >= 2
                and b.fields - coalesce(shared_fields.fields, 0) >= 2
            )
        ) as are_two_lists
    from pairs_anew
    inner join forms as a
        on
            pairs_anew.county_code = a.county_code
            and pairs_anew.report_date = a.report_date
            and pairs_anew.file_sha256_a = a.file_sha256
    inner join forms as b
        on
            pairs_anew.county_code = b.county_code
            and pairs_anew.report_date = b.report_date
            and pairs_anew.file_sha256_b = b.file_sha256
    left join shared_fields
        on
            pairs_anew.county_code = shared_fields.county_code
            and pairs_anew.report_date = shared_fields.report_date
            and pairs_anew.file_sha256_a = shared_fields.file_sha256_a
            and pairs_anew.file_sha256_b = shared_fields.file_sha256_b
    left join shared_projects
        on
            pairs_anew.county_code = shared_projects.county_code
            and pairs_anew.report_date = shared_projects.report_date
            and pairs_anew.file_sha256_a = shared_projects.file_sha256_a
            and pairs_anew.file_sha256_b = shared_projects.file_sha256_b
)

select * from judged
{%- if goes_on %}
union all by name
select built.*
from {{ as_built_before('int_ledger_pairs') }} as built
inner join {{ pairs }} as found
    on
        {%- for column in key %}
        built.{{ column }} is not distinct from found.{{ column }}{{ ' and' if not loop.last }}
        {%- endfor %}
{%- endif %}
