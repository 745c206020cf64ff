{%- set reached = {
    'signed': ('signed_on', 2), 'performed': ('performed_on', 3), 'started': ('started_on', 4),
    'completed': ('completed_on', 5), 'in_production': ('production_on', 6),
} -%}
-- Projects of which a ledger took back what an earlier one had shown: the ledgers that first show and first state it
-- since, empty where none does. Few. A signing is taken back by a stage short of it, whatever day the row states.
with gone_back as (
    select
        project_id,
        {%- for name in reached %}
        {{ name }}_back_on,
        {%- endfor %}
        terminated_back_on
    from {{ ref('int_project_last_stated') }}
    where
        terminated_back_on > terminated_seen_on
        or signed_back_on > signed_seen_on
        {%- for name, (column, rank) in reached.items() if name != 'signed' %}
        or {{ name }}_back_on > least({{ name }}_seen_on, {{ column }}_first_stated_on)
        {%- endfor %}
)

select
    gone_back.project_id,
    {%- for name, (column, rank) in reached.items() %}
    min(
        case
            when
                statements.stage_rank >= {{ rank }}
                and (gone_back.{{ name }}_back_on is null or statements.report_date > gone_back.{{ name }}_back_on)
                then statements.report_date
        end
    ) as {{ name }}_seen_on,
    min(
        case
            when
                statements.{{ column }} <= statements.report_date
                and (gone_back.{{ name }}_back_on is null or statements.report_date > gone_back.{{ name }}_back_on)
                then statements.report_date
        end
    ) as {{ column }}_first_stated_on,
    {%- endfor %}
    min(
        case
            when
                statements.stage = 'terminated'
                and (gone_back.terminated_back_on is null or statements.report_date > gone_back.terminated_back_on)
                then statements.report_date
        end
    ) as terminated_seen_on,
    min_by(
        struct_pack(
            reported_on := statements.report_date,
            file_sha256 := statements.file_sha256,
            sheet := statements.sheet,
            row_number := statements.row_number
        ),
        case
            when
                {{ is_signed('statements') }}
                and (gone_back.signed_back_on is null or statements.report_date > gone_back.signed_back_on)
                then statements.report_date
        end
    ) as signing_row
from gone_back
inner join {{ ref('int_project_statements') }} as statements on gone_back.project_id = statements.project_id
group by gone_back.project_id
