{# How the history is built: the variable `rebuild` is `full` (the default: every table anew) or `incremental` (what changed
   since the build before). `warehouse/rebuild.py` decides which; a plain `dbt build` is always full. #}

{# A table as the build before left it: no `ref`, because the model that reads it is built before it. #}
{% macro as_built_before(model) -%}
    {{ api.Relation.create(database=target.database, schema='intermediate', identifier=model) }}
{%- endmacro %}

{# An expression over new rows, or in a row carried from the build before what that knew. A full build has none of these. #}
{% macro or_carried(column, expression) -%}
    {%- if var('rebuild', 'full') == 'incremental' -%}
        case when is_carried then {{ column }} else {{ expression }} end
    {%- else -%}
        {{ expression }}
    {%- endif -%}
{%- endmacro %}

{# Before everything: no ledger is as old. #}
{% macro beginning() -%}
    date '1900-01-01'
{%- endmacro %}

{# Hook: take away what counties computed anew left in the table. #}
{% macro delete_rebuilt(changes) -%}
    {%- if var('rebuild', 'full') == 'incremental' -%}
        delete from {{ this }} where county_code in (select c.county_code from {{ changes }} as c where c.is_rebuilt)
    {%- endif -%}
{%- endmacro %}

{# Hook: take away the months that are computed anew. The earliest of them as a literal, so that older months are not read. #}
{% macro delete_changed_months(changes) -%}
    {%- if var('rebuild', 'full') == 'incremental' -%}
        delete from {{ this }} as built using {{ changes }} as c
        where
            built.county_code = c.county_code and built.report_month >= c.first_changed_month
            and built.report_month >= date '{{ earliest(changes, 'first_changed_month') }}'
    {%- endif -%}
{%- endmacro %}

{# The earliest day in a column of `changes`, as text; the end of time where there is none. #}
{% macro earliest(changes, column, condition='true') -%}
    {%- if execute -%}
        {{- run_query('select min(' ~ column ~ ') from ' ~ changes ~ ' where ' ~ condition).rows[0][0] or '9999-12-31' -}}
    {%- endif -%}
{%- endmacro %}

{# Rows of a relation with `county_code` and a date column from each changed county's first changed day on. In two
   branches, with the days and counties as literals, so that DuckDB leaves out row groups and columns it does not need. #}
{% macro changed_rows(relation, changes, date_column='report_date', first_column='first_changed_on') -%}
    {%- if var('rebuild', 'full') != 'incremental' or not execute -%}
        select * from {{ relation }}
    {%- else -%}
        {%- set rebuilt = run_query('select county_code from ' ~ changes ~ ' where is_rebuilt order by 1').columns[0].values() -%}
        select history.*
        from {{ relation }} as history
        inner join {{ changes }} as changed
            on history.county_code = changed.county_code and history.{{ date_column }} >= changed.{{ first_column }}
        where not changed.is_rebuilt and history.{{ date_column }} >= date '{{ earliest(changes, first_column, 'not is_rebuilt') }}'
        {%- if rebuilt %}
        union all
        select history.*
        from {{ relation }} as history
        where history.county_code in ('{{ rebuilt | join("', '") }}')
        {%- endif %}
    {%- endif -%}
{%- endmacro %}

{# Rows of a lake relation (with `period`) among which those of `ledgers` (reported_county_code, report_date, report_month)
   lie: only the partitions and counties they can lie in are opened. In a full build all rows are wanted, but where the
   ledgers are a selection of their own: `selected_files` are theirs, by `file_sha256`, and looked up as such if few. #}
{% macro lake_rows_of(lake_rows, ledgers, county_column='county_code', selected_files=none) -%}
    {%- set wants_all = var('rebuild', 'full') != 'incremental' and selected_files is none -%}
    {%- if wants_all or not execute or model.resource_type == 'unit_test' -%}
        select * from {{ lake_rows }}
    {%- else -%}
        {%- set months = run_query(
            "select distinct strftime(unnest([report_month, report_date]), '%Y-%m') as period from " ~ ledgers ~ " order by 1"
        ).columns[0].values() | select | list -%}
        {%- set counties = run_query("select distinct reported_county_code from " ~ ledgers ~ " order by 1").columns[0].values() -%}
        select * from {{ lake_rows }}
        where
            period in ('{{ (["unknown"] + months) | join("', '") }}')
            {%- if counties | length <= 100 %}
            and {{ county_column }} in ('{{ counties | join("', '") }}')
            {%- endif %}
            {%- if selected_files is not none %}
            {%- set files = run_query("select distinct file_sha256 from " ~ selected_files ~ " order by 1 limit 10001").columns[0].values() -%}
            {%- if files | length <= 10000 %}
            and file_sha256 in ('{{ files | join("', '") }}')
            {%- endif %}
            {%- endif %}
    {%- endif -%}
{%- endmacro %}

{# Rows of `int_standing_rows` of the ledgers that `int_ledger_changes` names; the earliest day as a literal, so that files of
   other weeks are not read. #}
{% macro changed_standing_rows(standing_rows, sequence, changes) -%}
    {%- if var('rebuild', 'full') != 'incremental' or not execute -%}
        select * from {{ standing_rows }}
    {%- else -%}
        {%- set ledgers -%}
            (
                select sequence.*
                from {{ sequence }} as sequence
                inner join {{ changes }} as changes
                    on sequence.county_code = changes.county_code and sequence.report_date >= changes.first_changed_on
            ) as changed
        {%- endset -%}
        select standing.* exclude (period)
        from ({{ lake_rows_of(standing_rows, ledgers, 'reported_county_code') }}) as standing
        inner join {{ changes }} as changes
            on standing.county_code = changes.county_code and standing.report_date >= changes.first_changed_on
        where standing.report_date >= date '{{ earliest(changes, 'first_changed_on') }}'
    {%- endif -%}
{%- endmacro %}

{# Hooks: take away the months of projects that `int_fund_changes` names: from a month on, and those of projects that begin
   anew. #}
{% macro delete_changed_funds(changes) -%}
    {%- if var('rebuild', 'full') == 'incremental' -%}
        delete from {{ this }} as built using {{ changes }} as c
        where
            built.project_id = c.project_id and built.report_month >= c.first_changed_month
            and c.first_changed_month > {{ beginning() }}
            and built.report_month >= date '{{ first_fund_month(changes) }}'
    {%- endif -%}
{%- endmacro %}
{% macro delete_restarted_funds(changes) -%}
    {%- if var('rebuild', 'full') == 'incremental' -%}
        delete from {{ this }}
        where project_id in (select c.project_id from {{ changes }} as c where c.first_changed_month = {{ beginning() }})
    {%- endif -%}
{%- endmacro %}

{# The earliest month from which funds go on from what was known. #}
{% macro first_fund_month(changes) -%}
    {{ earliest(changes, 'first_changed_month', 'first_changed_month > ' ~ beginning()) }}
{%- endmacro %}

{# Rows of a relation with `project_id` and `report_month` that `int_fund_changes` names, in the same two branches. #}
{% macro changed_funds(relation, changes) -%}
    {%- if var('rebuild', 'full') != 'incremental' or not execute -%}
        select * from {{ relation }}
    {%- else -%}
        select funds.*
        from {{ relation }} as funds
        inner join {{ changes }} as changed
            on funds.project_id = changed.project_id and funds.report_month >= changed.first_changed_month
        where
            changed.first_changed_month > {{ beginning() }}
            and funds.report_month >= date '{{ first_fund_month(changes) }}'
        union all
        select funds.*
        from {{ relation }} as funds
        where
            funds.project_id in (
                select changed.project_id from {{ changes }} as changed where changed.first_changed_month = {{ beginning() }}
            )
    {%- endif -%}
{%- endmacro %}

{# Hook: whether a project counts can change by what another county reports; rows of months long past follow. #}
{% macro recount(duplicates, changes) -%}
    {%- if var('rebuild', 'full') == 'incremental' and execute and run_query('select 1 from ' ~ changes ~ ' limit 1').rows -%}
        update {{ this }} as built set is_counted = not built.is_counted
        where
            built.project_id in (select c.project_id from {{ changes }} as c)
            and built.is_counted = (built.project_id in (select d.project_id from {{ duplicates }} as d))
    {%- endif -%}
{%- endmacro %}

{# Hook: the cumulatives of months built before, of projects whose fund movements were judged otherwise this time (a signing
   date learned later) in counties that go on. Few; mostly none. #}
{% macro recarry_cumulatives(positions, cumulatives, changes, county_changes) -%}
    {%- if var('rebuild', 'full') == 'incremental' -%}
        {%- set restarted -%}
            (
                select c.project_id from {{ changes }} as c
                where
                    c.first_changed_month = {{ beginning() }}
                    and c.county_code not in (select r.county_code from {{ county_changes }} as r where r.is_rebuilt)
            )
        {%- endset -%}
        {%- if execute and run_query('select 1 from ' ~ restarted ~ ' as restarted limit 1').rows -%}
            update {{ this }} as built set funds_arrived_cumulative_cny = carried.cumulative_cny
            from (
                select
                    months.project_id,
                    months.report_month,
                    max_by(known.cumulative_cny, known.report_month) as cumulative_cny
                from {{ this }} as months
                left join (
                    select
                        positions.project_id,
                        positions.report_month,
                        coalesce(positions.cumulative_cny, since.cumulative_cny) as cumulative_cny
                    from {{ positions }} as positions
                    left join {{ cumulatives }} as since
                        on positions.project_id = since.project_id and positions.report_month = since.report_month
                    where positions.cumulative_cny is not null or since.cumulative_cny is not null
                ) as known
                    on months.project_id = known.project_id and months.report_month >= known.report_month
                where months.project_id in {{ restarted }}
                group by months.project_id, months.report_month
            ) as carried
            where
                built.project_id = carried.project_id
                and built.report_month = carried.report_month
                and built.funds_arrived_cumulative_cny is distinct from carried.cumulative_cny
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# The ledger files whose rows are to be counted: all, or those whose record is not the one they were counted by. #}
{% macro changed_records(records) -%}
    (
        select
            records.county_code as reported_county_code,
            records.file_sha256,
            records.report_date,
            records.report_month,
            records.ledger_key,
            records.record_fingerprint
        from {{ records }} as records
        {%- if var('rebuild', 'full') == 'incremental' %}
        left join {{ this }} as counted
            on records.ledger_key = counted.ledger_key and records.record_fingerprint = counted.record_fingerprint
        where counted.ledger_key is null
        {%- endif %}
    )
{%- endmacro %}

{# Hook outside of the transaction: put what models appended so far into its places, which frees the memory it takes. Only
   where one model is built at a time, as a nation's history is: DuckDB refuses it beside another model's writing. #}
{% macro checkpoint() -%}
    {{ adapter.dispatch('checkpoint')() }}
{%- endmacro %}
{% macro default__checkpoint() -%}
    {%- if var('rebuild', 'full') == 'incremental' and target.threads == 1 -%}
        checkpoint {{ this.database }}
    {%- endif -%}
{%- endmacro %}
{% macro spark__checkpoint() -%}
{%- endmacro %}
