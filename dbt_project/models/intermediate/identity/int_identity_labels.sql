-- Under which labels (code, name) a county's projects were reported, from when to when.
with labels as (
    select
        label_id,
        county_code,
        label_code,
        name_key,
        label_investor,
        min(first_reported_on) as first_reported_on,
        max(last_reported_on) as last_reported_on
    from {{ ref('int_identity_namings') }}
    group by label_id, county_code, label_code, name_key, label_investor
),

-- The first of the labels that differ only in the investor keeps the plain key: it had it before the others came.
ranked as (
    select
        *,
        row_number() over (
            partition by county_code, label_code, name_key order by first_reported_on, label_investor
        ) as investor_rank
    from labels
)

select
    * exclude (investor_rank),
    md5(concat_ws(
        '|',
        county_code,
        label_code,
        case when label_code = '' then name_key else '' end,
        case when label_code = '' and investor_rank > 1 then label_investor else '' end
    )) as identity_key
from ranked
