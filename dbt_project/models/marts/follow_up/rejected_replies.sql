-- Every filled cell of a returned workbook that could not be used, and why. Whether a decision names projects that are
-- known, and whether another of its day says the contrary, only the warehouse can tell. So it is with dates after the
-- business date.
select
    file_sha256,
    sheet,
    row_number,
    follow_up_id,
    column_name,
    -- Where a person's name was asked for, one character stays.
    case when column_name in ('责任人', '签收人', '判定人') then concat(substr(raw, 1, 1), '**') else raw end as raw,
    reason_code,
    message
from {{ ref('stg_follow_up__rejected') }}
union all
select distinct
    file_sha256,
    sheet,
    row_number,
    cast(null as varchar) as follow_up_id,
    '判定' as column_name,
    json_extract_string(raw, '$."判定"') as raw,
    status as reason_code,
    case status
        when 'contradicted'
            then
                '同一天对这一对项目的判定相反，都没有采用；请商定后以更晚的判定日期重报。'
                || ' Replies of one day contradict each other: agree, and send one with a later date.'
        else
            '现行台账里没有这样的项目（县区、名称、代码、投资方），判定没有采用；请在最新派发的表中判定。'
            || ' No ledger that stands names these projects: decide in the workbook issued last.'
    end as message
from {{ ref('int_decisions_said') }}
where decided_in = 'reply' and status in ('contradicted', 'unknown_project')
union all
select
    file_sha256,
    sheet,
    row_number,
    follow_up_id,
    column_name,
    cast(dated_on as varchar) as raw,
    'after_business_date' as reason_code,
    concat(
        '日期晚于业务日期 ', {{ as_of() }}, '，到那天才采用；如是写错，请改正后重新退回。',
        ' The date is after the business date and counts from that day on; if it is mistyped, mend it and return it.'
    ) as message
from {{ ref('stg_follow_up__dated_later') }}
