-- One row a county and ledger file as it was sent: what became of it, and whether its project rows count. A copy of
-- bytes that had landed is refused as a duplicate, unless its name makes it the ledger of another date; a copy of
-- bytes that were refused is refused for the same reason (two empty files are both empty). A refused file is settled by
-- one of its name, or of its date, that came later and was read; a name that tells a month alone (10月.xlsx) by that
-- month's.
with standing as (
    select
        ledgers.reported_county_code as county_code,
        ledgers.file_sha256,
        ledgers.filed_on,
        sequence.is_month_standing
    from {{ ref('int_standing_ledgers') }} as ledgers
    inner join {{ ref('int_ledger_sequence') }} as sequence
        on
            ledgers.reported_county_code = sequence.reported_county_code
            and ledgers.report_date = sequence.report_date
),

names as (
    select
        county_code,
        file_sha256,
        source_id,
        landed_order,
        coalesce(min_by(file_name, report_date), min(file_name)) as read_as,
        array_agg(file_name) as names_read,
        any_value(other_names) as other_names,
        any_value(format) as format,
        any_value(encoding) as encoding,
        any_value(parser_version) as parser_version,
        min(reason_code) as reason_code,
        min(reason_message) as reason_message
    from {{ ref('stg_ledgers__files') }}
    group by county_code, file_sha256, source_id, landed_order
),

copies as (
    select * from (
        select
            names.*,
            unnest(cast(cast(names.other_names as json) as varchar[])) as file_name
        from names
    ) as other_files
    where not list_contains(names_read, file_name)
),

listed as (
    select
        files.county_code,
        files.file_sha256,
        files.file_name,
        files.other_names,
        files.source_id,
        files.landed_order,
        files.format,
        files.encoding,
        files.status,
        files.reason_code,
        files.reason_message,
        files.report_date,
        files.report_date_basis,
        files.report_month,
        files.revision_rank,
        coalesce(files.rows_seen, 0) as rows_seen,
        coalesce(files.rows_accepted, 0) as rows_accepted,
        coalesce(files.rows_rejected, 0) as rows_rejected,
        coalesce(files.rows_furniture, 0) as rows_furniture,
        coalesce(files.rows_hidden, 0) as rows_hidden,
        files.project_rows,
        standing.file_sha256 is not null as is_standing,
        coalesce(standing.is_month_standing, false) as is_month_standing,
        case
            when standing.file_sha256 is not null then null
            when files.status <> 'read' then 'refused'
            -- Also trips, problems and targets without a date count nowhere.
            when files.report_date is null and files.rows_accepted > 0 then 'no_report_date'
            when files.project_rows = 0 then 'no_project_rows'
            else 'replaced'
        end as not_standing_reason,
        files.remarks,
        files.parser_version
    from {{ ref('stg_ledgers__files') }} as files
    left join standing
        on
            files.county_code = standing.county_code
            and files.file_sha256 = standing.file_sha256
            and files.report_date = standing.filed_on
    union all
    select
        county_code,
        file_sha256,
        file_name,
        other_names,
        source_id,
        landed_order,
        format,
        encoding,
        'refused' as status,
        coalesce(reason_code, 'duplicate') as reason_code,
        coalesce(
            reason_message,
            concat(
                '内容与 ', read_as, ' 完全相同，不重复读取；若是新一期台账，请在标题或文件名写明日期。 The same bytes as ',
                read_as, '; nothing is read twice. If it is a new ledger, date it in its title or name.'
            )
        ) as reason_message,
        cast(null as date) as report_date,
        cast(null as varchar) as report_date_basis,
        cast(null as date) as report_month,
        0 as revision_rank,
        0 as rows_seen,
        0 as rows_accepted,
        0 as rows_rejected,
        0 as rows_furniture,
        0 as rows_hidden,
        0 as project_rows,
        false as is_standing,
        false as is_month_standing,
        'refused' as not_standing_reason,
        '[]' as remarks,
        parser_version
    from copies
),

-- With each file the latest report date that its county's earlier ones have.
in_order as (
    select
        *,
        max(case when status = 'read' then report_date end) over (
            partition by county_code order by landed_order rows between unbounded preceding and 1 preceding
        ) as read_until
    from listed
),

settled as (
    select
        refused.county_code,
        refused.file_sha256,
        refused.file_name,
        min_by(later.file_name, later.landed_order) as settled_by
    from in_order as refused
    inner join listed as later
        on
            refused.county_code = later.county_code
            and refused.source_id is not distinct from later.source_id
            and refused.landed_order < later.landed_order
    where
        refused.status = 'refused'
        and later.status = 'read'
        and (
            refused.file_name = later.file_name
            or (
                refused.reason_code not in ('duplicate', 'withdrawn')
                and later.rows_accepted > 0
                -- A correction that broke off is not settled by what it was to correct, should that come again.
                and later.revision_rank >= refused.revision_rank
                and (
                    refused.report_date = later.report_date
                    or (
                        refused.report_date is null
                        and try_cast(
                            regexp_extract(refused.file_name, '([0-9]{1,2})月(?:[^0-9]|$)', 1) as integer
                        ) = month(later.report_date)
                        -- Of the year that the name tells; 10月.xlsx is no other year's October.
                        and coalesce(
                            try_cast(regexp_extract(refused.file_name, '(20[0-9]{2})年', 1) as integer),
                            year(later.report_date)
                        ) = year(later.report_date)
                        and coalesce({{ days_between('refused.read_until', 'later.report_date') }} < 365, true)
                    )
                )
            )
        )
    group by refused.county_code, refused.file_sha256, refused.file_name
)

select
    listed.*,
    settled.settled_by
from listed
left join settled
    on
        listed.county_code = settled.county_code
        and listed.file_sha256 = settled.file_sha256
        and listed.file_name = settled.file_name
        and listed.status = 'refused'
