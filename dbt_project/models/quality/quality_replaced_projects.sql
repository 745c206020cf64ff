{%- set replaced_ledgers -%}
(
    select
        files.county_code as reported_county_code,
        files.file_sha256,
        files.report_date,
        files.report_month,
        sequence.report_date as stands_on,
        sequence.file_sha256 as standing_file_sha256
    from {{ ref('ledger_files') }} as files
    inner join {{ ref('int_ledger_sequence') }} as sequence
        on
            files.county_code = sequence.reported_county_code
            and files.report_month = sequence.report_month
            and files.report_date in (sequence.filed_on, sequence.report_date)
    where files.not_standing_reason = 'replaced'
) as ledgers
{%- endset -%}
-- Projects that only a replaced ledger lists: the ledger that stands for the same day, and every later one, leaves them
-- out. Two different lists of one day replace one another like a correction and what it corrects (`other_list`).
with replaced_rows as (
    select
        coalesce(codes.current_code, lake_rows.county_code) as county_code,
        lake_rows.county_code as reported_county_code,
        lake_rows.file_sha256,
        lake_rows.sheet,
        lake_rows.row_number,
        lake_rows.report_date,
        ledgers.stands_on,
        ledgers.standing_file_sha256,
        lake_rows.project_name,
        lake_rows.investor_name,
        lake_rows.stage,
        lake_rows.signed_on,
        lake_rows.total_investment_cny,
        {{ project_code_key('lake_rows.project_code') }} as code_key,
        {{ project_name_key('lake_rows.project_name') }} as name_key,
        {{ investor_key('lake_rows.investor_name') }} as investor_key
    from (
        {{ lake_rows_of(ref('stg_ledgers__project_rows'), replaced_ledgers, selected_files=replaced_ledgers) }}
    ) as lake_rows
    inner join {{ replaced_ledgers }}
        on
            lake_rows.county_code = ledgers.reported_county_code
            and lake_rows.file_sha256 = ledgers.file_sha256
            and lake_rows.report_date = ledgers.report_date
    left join {{ ref('int_county_codes') }} as codes on lake_rows.county_code = codes.county_code
),

standing_rows as (
    select
        standing.reported_county_code,
        standing.report_date,
        namings.code_key,
        namings.name_key,
        namings.investor_key,
        contents.signed_on,
        contents.total_investment_cny
    from {{ ref('int_project_rows') }} as standing
    semi join {{ replaced_ledgers }}
        on standing.reported_county_code = ledgers.reported_county_code and standing.report_date = ledgers.stands_on
    inner join {{ ref('int_project_namings') }} as namings on standing.naming_key = namings.naming_key
    inner join {{ ref('int_statement_contents') }} as contents
        on
            standing.naming_key = contents.naming_key
            and standing.statement_fingerprint = contents.statement_fingerprint
),

kept_rows as (
    select distinct
        replaced_rows.reported_county_code,
        replaced_rows.file_sha256,
        replaced_rows.report_date,
        replaced_rows.sheet,
        replaced_rows.row_number
    from replaced_rows
    inner join standing_rows
        on
            replaced_rows.reported_county_code = standing_rows.reported_county_code
            and replaced_rows.stands_on = standing_rows.report_date
            and (
                replaced_rows.name_key = standing_rows.name_key
                or replaced_rows.code_key = standing_rows.code_key
                or (
                    replaced_rows.investor_key = standing_rows.investor_key
                    and replaced_rows.signed_on = standing_rows.signed_on
                    and replaced_rows.total_investment_cny = standing_rows.total_investment_cny
                )
            )
),

counted as (
    select
        replaced_rows.*,
        kept_rows.row_number is not null as is_kept,
        count(*) over ledger as replaced_projects,
        count(kept_rows.row_number) over ledger as kept_projects
    from replaced_rows
    left join kept_rows using (reported_county_code, file_sha256, report_date, sheet, row_number)
    window ledger as (partition by reported_county_code, file_sha256, report_date)
)

select
    counted.reported_county_code as county_code,
    counted.report_date,
    counted.project_name,
    counted.investor_name,
    counted.stage,
    counted.total_investment_cny,
    case when counted.kept_projects = 0 then 'other_list' else 'left_out' end as finding,
    cast(counted.replaced_projects as integer) as replaced_projects,
    cast(counted.replaced_projects - counted.kept_projects as integer) as left_out_projects,
    standing_files.file_name as standing_file_name,
    counted.file_sha256,
    counted.sheet,
    counted.row_number
from counted
inner join {{ ref('ledger_files') }} as standing_files
    on
        counted.reported_county_code = standing_files.county_code
        and counted.standing_file_sha256 = standing_files.file_sha256
        and standing_files.is_standing
anti join {{ ref('int_project_namings') }} as later
    on
        counted.county_code = later.county_code
        and counted.stands_on < later.last_reported_on
        and (counted.name_key = later.name_key or counted.code_key = later.code_key)
where not counted.is_kept
