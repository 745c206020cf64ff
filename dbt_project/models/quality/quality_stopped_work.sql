{%- set texts = ['stage_raw', 'progress_note', 'problem', 'remark'] -%}
-- Projects under construction whose latest ledger says that work has stopped. Of the wordings of `note_signs` in a text
-- the one that ends last counts, at a tie the longest (未复工 before 复工); where one column says that work goes on and
-- another that it has stopped, it goes on.
with stopping as (
    select distinct projects.project_id
    from {{ ref('int_projects') }} as projects
    inner join {{ ref('note_signs') }} as signs
        on
            contains(
                concat_ws('|', projects.stage_raw, projects.progress_note, projects.problem, projects.remark),
                signs.wording
            )
    where projects.stage = 'started' and signs.sign = 'stopped'
),

versions as (
    select versions.*
    from {{ ref('int_project_versions') }} as versions
    where versions.project_id in (select stopping.project_id from stopping)
),

texts as (
    {%- for text in texts %}
    select project_id, report_date, '{{ text }}' as field, {{ text }} as stated_text, {{ loop.index }} as text_order
    from versions where {{ text }} is not null
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

said as (
    select
        texts.project_id,
        texts.report_date,
        texts.field,
        texts.stated_text,
        texts.text_order,
        signs.sign
    from texts
    inner join {{ ref('note_signs') }} as signs
        on signs.sign in ('stopped', 'going_on') and contains(texts.stated_text, signs.wording)
    qualify
        row_number() over (
            partition by texts.project_id, texts.report_date, texts.field
            order by strpos(reverse(texts.stated_text), reverse(signs.wording)), length(signs.wording) desc
        ) = 1
),

by_ledger as (
    select
        versions.project_id,
        versions.report_date,
        coalesce(bool_and(said.sign = 'stopped'), false) as is_stopped,
        min_by(said.field, said.text_order) as field,
        min_by(said.stated_text, said.text_order) as stated_text
    from versions
    left join said using (project_id, report_date)
    group by versions.project_id, versions.report_date
),

spells as (
    select
        *,
        max(case when not is_stopped then report_date end) over (partition by project_id) as last_going_on
    from by_ledger
)

select
    spells.project_id,
    projects.county_code,
    projects.project_name,
    projects.stage,
    min(spells.report_date) as stopped_since_on,
    max_by(spells.field, spells.report_date) as field,
    max_by(spells.stated_text, spells.report_date) as stated_text,
    projects.file_sha256,
    projects.sheet,
    projects.row_number
from spells
inner join {{ ref('int_projects') }} as projects using (project_id)
where spells.is_stopped and (spells.last_going_on is null or spells.report_date > spells.last_going_on)
group by all
