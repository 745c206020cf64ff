-- R07 started, not entered into statistics: months since the start. A form without that column tells nothing.
with judged as (
    select
        scope.*,
        exists(
            select 1 from {{ ref('stg_ledgers__stated_fields') }} as stated
            where
                stated.file_sha256 = scope.file_sha256
                and stated.sheet = scope.sheet
                and stated.field = 'statistics_entered_on'
        ) as has_column
    from {{ ref('int_light_scope') }} as scope
    where scope.rule_id = 'R07'
)

select
    project_id,
    as_of_on,
    rule_id,
    case
        when statistics_entered_on <= as_of_on then 0.0
        when (has_column or statistics_entered_on is not null)
        -- A start first seen in a county's first ledger lies before it: enough for a light, too little for green.
        and (
            start_basis = 'stated'
            or start_was_seen
            or {{ whole_months_between('start_reached_on', 'as_of_on') }} >= yellow_value
        )
            -- The days of the month begun count as its share: two months and a day are more than two.
            then {{ whole_months_between('start_reached_on', 'as_of_on') }} + {{ days_between(
                add_months('start_reached_on', whole_months_between('start_reached_on', 'as_of_on')), 'as_of_on'
            ) }} / 31.0
    end as observed_value,
    case
        when statistics_entered_on is null and has_column then start_reached_on
        when statistics_entered_on > as_of_on then start_reached_on
    end as since_on,
    {{ add_days(add_months('start_reached_on', 'yellow_value'), beyond('yellow')) }} as yellow_on,
    {{ add_days(add_months('start_reached_on', 'red_value'), beyond('red')) }} as red_on,
    case
        when statistics_entered_on <= as_of_on then concat('已于 ', statistics_entered_on, ' 入统 entered')
        when start_reached_on is null then '缺开工时间 no start date'
        when statistics_entered_on is null and not has_column then '台账没有入统时间一列 the ledger has no such column'
        when
            not (start_basis = 'stated' or start_was_seen)
            and {{ whole_months_between('start_reached_on', 'as_of_on') }} < yellow_value
            then '开工时间不详 start date not known'
        else concat('开工 ', start_reached_on, ' 至今未入统 started, not in statistics')
    end as reason
from judged
