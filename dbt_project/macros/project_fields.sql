{# The canonical fields of a project row that say something about the project (`ingest/wording/fields.csv` without the
   printed sequence number); tests/warehouse/test_project_fields.py keeps the two lists equal. #}
{% macro project_fields() -%}
    {{ return([
        'project_code',
        'project_name',
        'project_content',
        'investor_name',
        'investor_origin',
        'project_company',
        'legal_representative',
        'industry',
        'industry_chain',
        'capital_origin',
        'construction_nature',
        'investment_form',
        'project_category',
        'project_level',
        'agreement_type',
        'location',
        'park_name',
        'town_name',
        'total_investment_cny',
        'phase_one_investment_cny',
        'fixed_asset_investment_cny',
        'contract_amount_cny',
        'registered_capital_cny',
        'foreign_contract_usd',
        'funds_arrived_cumulative_cny',
        'funds_arrived_cumulative_other_province_cny',
        'funds_arrived_cumulative_same_province_cny',
        'funds_arrived_cumulative_foreign_cny',
        'funds_arrived_cumulative_own_side_cny',
        'funds_arrived_cumulative_partner_side_cny',
        'funds_arrived_ytd_cny',
        'funds_arrived_ytd_other_province_cny',
        'funds_arrived_ytd_same_province_cny',
        'funds_arrived_ytd_foreign_cny',
        'funds_arrived_ytd_own_side_cny',
        'funds_arrived_ytd_partner_side_cny',
        'funds_arrived_month_cny',
        'funds_arrived_month_other_province_cny',
        'funds_arrived_month_same_province_cny',
        'funds_arrived_month_foreign_cny',
        'funds_arrived_month_own_side_cny',
        'funds_arrived_month_partner_side_cny',
        'foreign_arrived_usd',
        'investment_done_cumulative_cny',
        'investment_done_ytd_cny',
        'investment_done_month_cny',
        'investment_plan_year_cny',
        'signed_on',
        'registered_on',
        'performed_on',
        'planned_start_on',
        'started_on',
        'planned_completion_on',
        'completed_on',
        'planned_production_on',
        'production_on',
        'landed_on',
        'statistics_entered_on',
        'signing_event',
        'stage',
        'stage_raw',
        'progress_note',
        'progress_rate',
        'problem',
        'measure',
        'problem_owner',
        'due_on',
        'responsible_unit',
        'responsible_leader',
        'responsible_person',
        'tracking_unit',
        'introducing_unit',
        'contact_phone',
        'remark',
    ]) }}
{%- endmacro %}

{# What a row calls its project: county of today, code, name and investor as written. #}
{% macro naming_key(county_code, rows) -%}
    {{ fingerprint([county_code, rows ~ '.project_code', rows ~ '.project_name', rows ~ '.investor_name']) }}
{%- endmacro %}

{# The number that a project id is written from: millions of rows are sorted and joined faster by numbers. #}
{% macro project_key(project_id) -%}
    {{ adapter.dispatch('project_key')(project_id) }}
{%- endmacro %}
{% macro default__project_key(project_id) -%}
    cast(concat('0x', substr({{ project_id }}, 2)) as ubigint)
{%- endmacro %}
{% macro spark__project_key(project_id) -%}
    cast(conv(substr({{ project_id }}, 2), 16, -10) as bigint)
{%- endmacro %}

{# Equal rows have equal fingerprints; only compared within one run. #}
{% macro fingerprint(columns) -%}
    {{ adapter.dispatch('fingerprint')(columns) }}
{%- endmacro %}
{% macro default__fingerprint(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}
{% macro spark__fingerprint(columns) -%}
    xxhash64({{ columns | join(', ') }})
{%- endmacro %}

{# What says what a project is and how far it has come, and stays the same in most ledgers. Rows refer to it by
   `statement_fingerprint`; `int_statement_contents` keeps each content of a naming once. #}
{% macro statement_columns() -%}
    {{ return([
        'project_code', 'project_name', 'project_content', 'investor_name', 'investor_origin', 'project_company',
        'industry', 'industry_chain', 'capital_origin', 'construction_nature', 'investment_form', 'project_category',
        'project_level', 'agreement_type', 'location', 'park_name', 'town_name', 'total_investment_cny',
        'phase_one_investment_cny', 'fixed_asset_investment_cny', 'contract_amount_cny', 'registered_capital_cny',
        'foreign_contract_usd', 'signed_on', 'signed_on_precision', 'registered_on', 'registered_on_precision',
        'performed_on', 'performed_on_precision', 'planned_start_on', 'planned_start_on_precision', 'started_on',
        'started_on_precision', 'planned_completion_on', 'planned_completion_on_precision', 'completed_on',
        'completed_on_precision', 'planned_production_on', 'planned_production_on_precision', 'production_on',
        'production_on_precision', 'landed_on', 'landed_on_precision', 'statistics_entered_on',
        'statistics_entered_on_precision', 'signing_event', 'stage', 'stage_stated', 'responsible_unit', 'responsible_leader',
        'responsible_person', 'tracking_unit', 'introducing_unit',
    ]) }}
{%- endmacro %}

{# What a row says of its project, as two numbers: that of its statement, and that of all its fields. Most columns are of
   both and the longest texts among them; they are hashed once, for DuckDB computes an expression that two columns share
   once. #}
{% macro statement_fingerprint() -%}
    {{ fingerprint([fingerprint(stated_fields())] + statement_columns() | reject('in', stated_fields()) | list) }}
{%- endmacro %}
{% macro content_fingerprint() -%}
    {{ fingerprint([fingerprint(stated_fields())] + project_fields() | reject('in', stated_fields()) | list) }}
{%- endmacro %}
{% macro stated_fields() -%}
    {{ return(project_fields() | select('in', statement_columns()) | list) }}
{%- endmacro %}

{# What moves with every ledger, and the history keeps row by row. The rest (raw texts, splits of funds by origin, running
   numbers) stays in the lake, where file, sheet and row find it. #}
{% macro moving_columns() -%}
    {{ return([
        'funds_arrived_cumulative_cny', 'funds_arrived_ytd_cny', 'funds_arrived_month_cny', 'foreign_arrived_usd',
        'investment_done_cumulative_cny', 'investment_done_ytd_cny', 'investment_done_month_cny',
        'investment_plan_year_cny', 'stage_raw', 'progress_note', 'progress_rate', 'problem', 'measure', 'problem_owner',
        'due_on', 'due_on_precision', 'remark',
    ]) }}
{%- endmacro %}
