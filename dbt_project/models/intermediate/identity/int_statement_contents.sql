{{ config(
    materialized='incremental', full_refresh=(var('rebuild', 'full') != 'incremental'),
    incremental_strategy='append', on_schema_change='fail',
    pre_hook="{{ delete_rebuilt(ref('int_ledger_changes')) }}",
) }}
-- What rows ever said of a project, each content of a naming once (a mini-dimension): one row in sixty says anything
-- that the one before had not. Taken from the lake, from the first row that says it.
with said_anew as (
    select spans.*
    from {{ ref('int_statement_spans') }} as spans
    {%- if var('rebuild', 'full') == 'incremental' %}
    left join {{ this }} as built
        on spans.naming_key = built.naming_key and spans.statement_fingerprint = built.statement_fingerprint
    where built.naming_key is null
    {%- endif %}
)

select
    said_anew.county_code,
    said_anew.naming_key,
    said_anew.statement_fingerprint,
    standing.{{ statement_columns() | join(',\n    standing.') }}
from (
    {{ changed_standing_rows(ref('int_standing_rows'), ref('int_ledger_sequence'), ref('int_ledger_changes')) }}
) as standing
inner join said_anew on standing.row_key = said_anew.first_row_key
