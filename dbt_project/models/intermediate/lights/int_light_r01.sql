-- R01 signed or performed, not started: days since signing.
select
    project_id,
    as_of_on,
    rule_id,
    case when signed_by <= as_of_on then cast({{ days_between('signed_by', 'as_of_on') }} as double) end
        as observed_value,
    case when signed_by <= as_of_on then signed_by end as since_on,
    {{ breached_by_days_on('signed_by', 'yellow') }} as yellow_on,
    {{ breached_by_days_on('signed_by', 'red') }} as red_on,
    case
        when signed_on is null then '缺签约时间 no signing date'
        when signed_on > as_of_on then '签约时间在将来 signing date lies ahead'
        when signed_by > as_of_on then '只知签约年份，尚难计天数 only the year of signing is known, too soon to count days'
        when signed_by > signed_on
            then concat('签约于 ', year(signed_on), ' 年内，至今未开工 signed within the year and not started')
        else concat('签约 ', {{ date_as_stated('signed_on', 'signed_on_precision') }}, ' 至今未开工 signed and not started')
    end as reason
from {{ ref('int_light_scope') }}
where rule_id = 'R01' and start_reached_on is null
