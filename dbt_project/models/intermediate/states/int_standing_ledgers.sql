-- The files whose project rows stand: for a reporting county, report date and month the one of the highest revision,
-- then the later landed; another one of that day is what it corrects. A file without a standing project row replaces
-- nothing. A ledger filed no earlier than that of a later month tells of a past that is known already: `report_date` is
-- the end of its own month, its place among the others, `filed_on` the date it bears.
-- A county that sends two lists (签约 and 到位资金, 签约 and 在谈, two parks) has two ledgers a day: they ask for different
-- things or name no project in common, and forms like these come together again within a quarter. Once is no habit: a
-- ledger may be re-sent in another form, or a wrong one be sent first. Cards of one project each (three or more of one
-- form and day that name different projects) stand beside one another from the first day on, and so do the lists of
-- departments that people declared (`department_lists`): a file replaces only files of its own department.
with departments as (
    select
        files.county_code,
        files.report_date,
        files.file_sha256,
        min(lists.unit_name) as unit_name
    from {{ ref('stg_ledgers__files') }} as files
    left join {{ ref('int_county_codes') }} as codes using (county_code)
    inner join {{ ref('department_lists') }} as lists
        on
            lists.county_code in (files.county_code, codes.current_code)
            and contains(files.file_name, lists.name_part)
    group by files.county_code, files.report_date, files.file_sha256
),

ranked as (
    select
        files.*,
        departments.unit_name,
        coalesce(codes.current_code, files.county_code) as current_county_code,
        row_number() over (
            partition by files.county_code, files.report_date, files.report_month, departments.unit_name
            order by files.revision_rank desc, files.landed_order desc, files.file_sha256 desc
        ) as rank_in_department,
        row_number() over (
            partition by files.county_code, files.report_date, files.report_month
            order by files.revision_rank desc, files.landed_order desc, files.file_sha256 desc
        ) as standing_rank,
        max(files.report_month) over (
            partition by files.county_code order by files.report_date
        ) as latest_month_so_far
    from {{ ref('stg_ledgers__files') }} as files
    left join {{ ref('int_county_codes') }} as codes using (county_code)
    left join departments
        on
            files.county_code = departments.county_code
            and files.report_date = departments.report_date
            and files.file_sha256 = departments.file_sha256
    where files.status = 'read' and files.report_date is not null and files.project_rows > 0
),

pairs as (
    select
        pairs.county_code,
        pairs.report_date,
        a.report_month,
        greatest(a.standing_rank, b.standing_rank) as standing_rank,
        pairs.one_form,
        pairs.other_form,
        pairs.are_two_lists,
        coalesce(a.unit_name, '') <> coalesce(b.unit_name, '') as are_of_two_departments,
        pairs.are_two_lists
        and pairs.one_form = pairs.other_form
        and {{ tells_of_one_project('a') }}
        and {{ tells_of_one_project('b') }} as are_two_cards
    from {{ ref('int_ledger_pairs') }} as pairs
    inner join ranked as a
        on
            pairs.county_code = a.county_code
            and pairs.report_date = a.report_date
            and pairs.file_sha256_a = a.file_sha256
    inner join ranked as b
        on
            pairs.county_code = b.county_code
            and pairs.report_date = b.report_date
            and pairs.file_sha256_b = b.file_sha256
            and a.report_month = b.report_month
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
    where {{ days_between('time_before', 'report_date') }} <= {{ longest_pause_of_a_habit() }}
),

-- As many pairs as three cards make.
days_of_cards as (
    select
        county_code,
        report_date,
        report_month,
        one_form
    from pairs
    where are_two_cards
    group by county_code, report_date, report_month, one_form
    having count(*) >= {{ fewest_cards() }}
),

-- A list beside all the better ranked ones of its day.
lists_beside as (
    select
        pairs.county_code,
        pairs.report_date,
        pairs.report_month,
        pairs.standing_rank
    from pairs
    left join habits
        on
            pairs.county_code = habits.county_code
            and pairs.one_form = habits.one_form
            and pairs.other_form = habits.other_form
            and pairs.are_two_lists
    left join days_of_cards
        on
            pairs.county_code = days_of_cards.county_code
            and pairs.report_date = days_of_cards.report_date
            and pairs.report_month = days_of_cards.report_month
            and pairs.one_form = days_of_cards.one_form
            and pairs.are_two_cards
    group by pairs.county_code, pairs.report_date, pairs.report_month, pairs.standing_rank
    having
        count(*) = count(*) filter (
            where
            pairs.are_of_two_departments
            or habits.one_form is not null
            or days_of_cards.one_form is not null
        )
),

placed as (
    select
        ranked.*,
        case
            when ranked.report_month < ranked.latest_month_so_far
                then least(ranked.report_date, {{ add_days(add_months('ranked.report_month', 1), -1) }})
            else ranked.report_date
        end as placed_on
    from ranked
    left join lists_beside
        on
            ranked.county_code = lists_beside.county_code
            and ranked.report_date = lists_beside.report_date
            and ranked.report_month = lists_beside.report_month
            and ranked.standing_rank = lists_beside.standing_rank
    where ranked.rank_in_department = 1 or lists_beside.standing_rank is not null
),

-- In one place the one filed last stands.
last_filed as (
    select
        *,
        dense_rank() over (partition by county_code, placed_on order by report_date desc) as filing_rank
    from placed
)

select
    current_county_code as county_code,
    county_code as reported_county_code,
    file_sha256,
    placed_on as report_date,
    report_date as filed_on,
    report_month,
    record_fingerprint,
    standing_rank = 1 as leads
from last_filed
where filing_rank = 1
