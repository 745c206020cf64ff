{%- set funds = ['funds_arrived_cumulative_cny', 'funds_arrived_ytd_cny', 'funds_arrived_month_cny'] -%}
{%- set problems = ['problem', 'measure', 'problem_owner', 'due_on', 'due_on_precision'] -%}
{%- set stages = ['stage', 'stage_stated', 'stage_raw'] -%}
{%- set place = ['file_sha256', 'sheet', 'row_number'] -%}
{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_county_changes')) }}",
) }}
-- The rows of ledgers that list a project twice (on two sheets). The row furthest along stands, then a contract above
-- the framework agreement or intent it grew out of, then the fuller one, then the upper one. What it leaves blank the
-- others say, in that order: a list of signings and a list of funds are one ledger. The stage is that of the row that
-- stands; a problem comes whole from one row, with its measure and day.
with listed as (
    select
        changed.county_code,
        namings.project_id,
        changed.report_date,
        changed.row_key,
        changed.reported_county_code,
        changed.naming_key,
        changed.statement_fingerprint as own_fingerprint,
        changed.{{ (place + moving_columns()) | join(',\n        changed.') }},
        contents.{{ statement_columns() | join(',\n        contents.') }}
    from ({{ changed_rows(ref('int_project_rows'), ref('int_county_changes')) }}) as changed
    inner join {{ ref('int_project_namings') }} as namings on changed.naming_key = namings.naming_key
    inner join {{ ref('int_repeated_listings') }} as repeated
        on namings.project_key = repeated.project_key and changed.report_date = repeated.report_date
    inner join {{ ref('int_statement_contents') }} as contents
        on
            changed.naming_key = contents.naming_key
            and changed.statement_fingerprint = contents.statement_fingerprint
),

agreements as (
    select
        listed.agreement_type,
        min_by(kinds.agreement_kind, kinds.match_order) as agreement_kind
    from (select distinct agreement_type from listed) as listed
    inner join {{ ref('agreement_kinds') }} as kinds on contains(listed.agreement_type, kinds.wording)
    group by listed.agreement_type
),

ordered as (
    select
        listed.*,
        count(*) over (partition by project_id, report_date) as rows_in_ledger,
        row_number() over (
            partition by project_id, report_date
            order by
                case when stage = 'terminated' then 9 else coalesce({{ stage_rank('stage') }}, -1) end desc,
                coalesce(agreement_kind in ('framework', 'intent'), false) asc,
                {{ count_known(
                    ['signed_on', 'started_on', 'total_investment_cny', 'funds_arrived_cumulative_cny', 'investor_name',
                     'progress_note']
                ) }} desc,
                reported_county_code asc,
                file_sha256 asc,
                sheet asc,
                row_number asc,
                row_key asc
        ) as standing_order
    from listed
    left join agreements on listed.agreement_type = agreements.agreement_type
),

telling as (
    select
        *,
        min(case when coalesce({{ funds | join(', ') }}) is not null then standing_order end)
            over (partition by project_id, report_date) as funds_order,
        min(case when {{ count_known(problems) }} > 0 then standing_order end)
            over (partition by project_id, report_date) as problem_order
    from ordered
),

put_together as (
    select
        county_code,
        project_id,
        report_date,
        row_key,
        naming_key,
        own_fingerprint,
        rows_in_ledger,
        standing_order,
        {%- for column in place %}
        first_value(case when standing_order = coalesce(funds_order, 1) then {{ column }} end ignore nulls)
            over in_order as funds_{{ column }},
        {%- endfor %}
        {%- for column in problems %}
        first_value(case when standing_order = problem_order then {{ column }} end ignore nulls)
            over in_order as {{ column }},
        {%- endfor %}
        {%- for column in moving_columns() + statement_columns() if column not in problems + stages %}
        first_value({{ column }} ignore nulls) over in_order as {{ column }},
        {%- endfor %}
        {{ stages | join(',\n        ') }}
    from telling
    window
        in_order as (
            partition by project_id, report_date
            order by standing_order rows between unbounded preceding and unbounded following
        )
),

fingerprinted as (
    select
        *,
        {{ statement_fingerprint() }} as content_fingerprint
    from put_together
)

-- What no single row says has a fingerprint that no single row has.
select
    * exclude (own_fingerprint, standing_order, content_fingerprint),
    standing_order = 1 as is_standing,
    own_fingerprint <> content_fingerprint as is_put_together,
    case
        when own_fingerprint = content_fingerprint then own_fingerprint
        else {{ fingerprint(['content_fingerprint', "'put together'"]) }}
    end as statement_fingerprint
from fingerprinted
