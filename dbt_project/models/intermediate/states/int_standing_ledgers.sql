{%- set longest_pause = 100 -%}
{%- set crowded_days -%}
(
    select
        county_code as reported_county_code,
        report_date,
        report_month
    from (
        select
            county_code,
            report_date,
            min(report_month) as report_month,
            lag(report_date) over (partition by county_code order by report_date) as day_before,
            lead(report_date) over (partition by county_code order by report_date) as day_after
        from {{ ref('stg_ledgers__files') }}
        where status = 'read' and report_date is not null and project_rows > 0
        group by county_code, report_date
        having count(*) > 1
    ) as days
    where
        {{ days_between('day_before', 'report_date') }} <= {{ longest_pause }}
        or {{ days_between('report_date', 'day_after') }} <= {{ longest_pause }}
) as crowded_days
{%- endset -%}
-- The files whose project rows stand: for a reporting county and report date the one of the highest revision, then the
-- later landed; another one of that day is what it corrects. A file without a standing project row replaces nothing.
-- A county that sends two lists (签约 and 到位资金, 签约 and 在谈, two parks) has two ledgers a day: they ask for different
-- things or name no project in common, and forms like these come together again within a quarter. Once is no habit: a
-- ledger may be re-sent in another form, or a wrong one be sent first.
with ranked as (
    select
        files.*,
        coalesce(codes.current_code, files.county_code) as current_county_code,
        row_number() over (
            partition by files.county_code, files.report_date
            order by files.revision_rank desc, files.landed_order desc, files.file_sha256 desc
        ) as standing_rank
    from {{ ref('stg_ledgers__files') }} as files
    left join {{ ref('int_county_codes') }} as codes using (county_code)
    where files.status = 'read' and files.report_date is not null and files.project_rows > 0
),

-- Days with more than one file, and such a day near by, are few: only their files are looked into. What a form asks
-- for, but for what any form may ask.
fields as (
    select distinct
        ranked.county_code,
        ranked.report_date,
        ranked.report_month,
        ranked.file_sha256,
        ranked.standing_rank,
        stated.field
    from ranked
    inner join {{ ref('stg_ledgers__stated_fields') }} as stated
        on ranked.county_code = stated.county_code and ranked.file_sha256 = stated.file_sha256
    semi join {{ crowded_days }}
        on ranked.county_code = crowded_days.reported_county_code and ranked.report_date = crowded_days.report_date
    where stated.field not in ('sequence_no', 'remark')
),

forms as (
    select
        county_code,
        report_date,
        report_month,
        file_sha256,
        standing_rank,
        string_agg(field, ' ' order by field) as form,
        count(*) as fields
    from fields
    group by county_code, report_date, report_month, file_sha256, standing_rank
),

shared_fields as (
    select
        better.county_code,
        better.report_date,
        better.standing_rank as better_rank,
        other.standing_rank as other_rank,
        count(*) as fields
    from fields as better
    inner join fields as other
        on
            better.county_code = other.county_code
            and better.report_date = other.report_date
            and better.field = other.field
            and better.standing_rank < other.standing_rank
    group by better.county_code, better.report_date, better.standing_rank, other.standing_rank
),

named as (
    select distinct
        ranked.county_code,
        ranked.report_date,
        ranked.standing_rank,
        unnest([{{ project_name_key('lake_rows.project_name') }}, {{ project_code_key('lake_rows.project_code') }}])
            as project
    from ({{ lake_rows_of(ref('stg_ledgers__project_rows'), crowded_days) }}) as lake_rows
    inner join ranked
        on
            lake_rows.county_code = ranked.county_code
            and lake_rows.file_sha256 = ranked.file_sha256
            and lake_rows.report_date = ranked.report_date
    semi join {{ crowded_days }}
        on ranked.county_code = crowded_days.reported_county_code and ranked.report_date = crowded_days.report_date
),

shared_projects as (
    select distinct
        better.county_code,
        better.report_date,
        better.standing_rank as better_rank,
        other.standing_rank as other_rank
    from named as better
    inner join named as other
        on
            better.county_code = other.county_code
            and better.report_date = other.report_date
            and better.project = other.project
            and better.standing_rank < other.standing_rank
),

pairs as (
    select
        better.county_code,
        better.report_date,
        other.standing_rank,
        least(better.form, other.form) as one_form,
        greatest(better.form, other.form) as other_form,
        better.report_month = other.report_month
        and (
            shared_projects.county_code is null
            or (
                better.fields - coalesce(shared_fields.fields, 0) >= 2
                and other.fields - coalesce(shared_fields.fields, 0) >= 2
            )
        ) as are_two_lists
    from forms as better
    inner join forms as other
        on
            better.county_code = other.county_code
            and better.report_date = other.report_date
            and better.standing_rank < other.standing_rank
    left join shared_fields
        on
            better.county_code = shared_fields.county_code
            and better.report_date = shared_fields.report_date
            and better.standing_rank = shared_fields.better_rank
            and other.standing_rank = shared_fields.other_rank
    left join shared_projects
        on
            better.county_code = shared_projects.county_code
            and better.report_date = shared_projects.report_date
            and better.standing_rank = shared_projects.better_rank
            and other.standing_rank = shared_projects.other_rank
),

two_list_days as (
    select
        *,
        lag(report_date) over (partition by county_code, one_form, other_form order by report_date) as time_before
    from (
        select distinct
            county_code,
            one_form,
            other_form,
            report_date
        from pairs
        where are_two_lists
    ) as days
),

habits as (
    select distinct
        county_code,
        one_form,
        other_form
    from two_list_days
    where {{ days_between('time_before', 'report_date') }} <= {{ longest_pause }}
),

-- A list beside all the better ranked ones of its day.
lists_beside as (
    select
        pairs.county_code,
        pairs.report_date,
        pairs.standing_rank
    from pairs
    left join habits
        on
            pairs.county_code = habits.county_code
            and pairs.one_form = habits.one_form
            and pairs.other_form = habits.other_form
            and pairs.are_two_lists
    group by pairs.county_code, pairs.report_date, pairs.standing_rank
    having count(*) = count(habits.one_form)
)

select
    ranked.current_county_code as county_code,
    ranked.county_code as reported_county_code,
    ranked.file_sha256,
    ranked.report_date,
    ranked.report_month,
    ranked.record_fingerprint,
    ranked.standing_rank = 1 as leads
from ranked
left join lists_beside
    on
        ranked.county_code = lists_beside.county_code
        and ranked.report_date = lists_beside.report_date
        and ranked.standing_rank = lists_beside.standing_rank
where ranked.standing_rank = 1 or lists_beside.standing_rank is not null
