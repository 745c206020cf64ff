{%- set told = ['stage_stated', 'stage_raw', 'progress_rate', 'agreement_type', 'signed_on', 'progress_note'] -%}
-- The ledgers that tell progress of a project: its first, and each that tells something other than was last told.
-- A blank cell or a mere 暂无进展 tells nothing. Only ledgers that differ from the one before are looked at closely:
-- in most nothing has moved.
with beside_previous as (
    select
        project_id,
        report_date,
        {{ told | join(',\n        ') }},
        {{ fingerprint(told) }} as told_fingerprint,
        lag({{ fingerprint(told) }}) over (partition by project_id order by report_date) as previous_fingerprint
    from {{ ref('int_project_versions') }}
),

differing as (
    select
        differing.* replace (
            case when no_progress.wording is null then differing.progress_note end as progress_note
        )
    from beside_previous as differing
    left join {{ ref('note_signs') }} as no_progress
        on
            no_progress.sign = 'no_progress'
            and no_progress.wording
            = case when length(differing.progress_note) <= 16 then {{ plain_text('differing.progress_note') }} end
    where differing.told_fingerprint is distinct from differing.previous_fingerprint
),

compared as (
    select
        project_id,
        report_date,
        row_number() over by_date = 1
        {%- for column in told %}
        or coalesce({{ column }} <> last_value({{ column }} ignore nulls) over before, {{ column }} is not null)
        {%- endfor %} as tells_progress
    from differing
    window
        by_date as (partition by project_id order by report_date),
        before as (
            partition by project_id order by report_date rows between unbounded preceding and 1 preceding
        )
)

select
    project_id,
    report_date
from compared
where tells_progress
