{%- set agrees = "coalesce(one.{0}, other.{1}, '') = coalesce(other.{1}, one.{0}, '')" -%}
-- Every decision of people on two projects, from the seed and from returned workbooks, and what became of it. Of one
-- pair the later day wins, at a tie the seed. Replies of one day that differ cancel each other: none of them stands.
with said as (
    select
        concat('S', md5(concat_ws(
            '|', d.decision, d.county_code_a, d.project_name_a, coalesce(d.project_code_a, ''), d.county_code_b,
            d.project_name_b, coalesce(d.project_code_b, ''), d.author, d.decided_on, d.reason
        ))) as decision_id,
        'seed' as decided_in,
        d.decision,
        d.county_code_a,
        d.project_name_a,
        d.project_code_a,
        cast(null as varchar) as investor_name_a,
        d.county_code_b,
        d.project_name_b,
        d.project_code_b,
        cast(null as varchar) as investor_name_b,
        d.author,
        d.decided_on,
        d.reason,
        cast(null as varchar) as file_sha256,
        cast(null as varchar) as sheet,
        cast(null as integer) as row_number,
        cast(null as varchar) as raw
    from (select distinct * from {{ ref('identity_decisions') }}) as d
    union all
    select
        event_id as decision_id,
        'reply' as decided_in,
        decision,
        county_code_a,
        project_name_a,
        project_code_a,
        investor_name_a,
        county_code_b,
        project_name_b,
        project_code_b,
        investor_name_b,
        author,
        decided_on,
        reason,
        file_sha256,
        sheet,
        row_number,
        raw
    from {{ ref('stg_follow_up__decisions') }}
),

sides as (
    {% for side in ('a', 'b') -%}
    select
        decision_id,
        '{{ side }}' as side,
        decided_in,
        coalesce(codes.current_code, said.county_code_{{ side }}) as county_code,
        {{ project_name_key('project_name_' ~ side) }} as name_key,
        {{ project_code_key('project_code_' ~ side) }} as code_key,
        {{ investor_key('investor_name_' ~ side) }} as investor_key
    from said
    left join {{ ref('int_county_codes') }} as codes on said.county_code_{{ side }} = codes.county_code
    {% if not loop.last -%} union all {%- endif %}
    {% endfor -%}
),

-- The seed without a code means whatever bears the name. A row that luodi printed means the one project it shows.
labelled as (
    select
        sides.decision_id,
        sides.side,
        labels.label_id,
        labels.county_code
    from sides
    inner join {{ ref('int_identity_labels') }} as labels
        on sides.county_code = labels.county_code and sides.name_key = labels.name_key
    where
        case
            when sides.decided_in = 'seed' then coalesce(sides.code_key, labels.label_code) = labels.label_code
            else
                labels.label_code in ('', coalesce(sides.code_key, ''))
                and labels.label_investor in ('', coalesce(sides.investor_key, ''))
        end
    qualify
        sides.decided_in = 'seed'
        or row_number() over (
            partition by sides.decision_id, sides.side order by labels.label_code desc, labels.label_investor desc
        ) = 1
),

pairs as (
    select
        a.decision_id,
        a.label_id as label_id_a,
        b.label_id as label_id_b,
        a.county_code = b.county_code as is_same_county
    from labelled as a
    inner join labelled as b on a.decision_id = b.decision_id and a.side = 'a' and b.side = 'b'
    where a.label_id <> b.label_id
),

-- A renamed project is the same one; what supersedes has a direction.
known as (
    select
        said.decision_id,
        said.decided_in,
        said.decided_on,
        case when said.decision = 'renamed' then 'same' else said.decision end as meant,
        said.decision in ('split_into', 'merged_into', 'part_of') as is_directed,
        a.county_code as county_code_a,
        a.name_key as name_key_a,
        a.code_key as code_key_a,
        a.investor_key as investor_key_a,
        b.county_code as county_code_b,
        b.name_key as name_key_b,
        b.code_key as code_key_b,
        b.investor_key as investor_key_b
    from said
    inner join sides as a on said.decision_id = a.decision_id and a.side = 'a'
    inner join sides as b on said.decision_id = b.decision_id and b.side = 'b'
    where said.decision_id in (select p.decision_id from pairs as p)
),

-- Each decision with every other one on the same two projects, however round: a code or an investor that one of them
-- does not state differs from none.
met as (
    {% for a, b in (('a', 'b'), ('b', 'a')) -%}
    select
        one.decision_id,
        one.decided_in,
        one.decided_on,
        other.decision_id as other_id,
        other.decided_in as other_decided_in,
        other.decided_on as other_decided_on,
        one.meant <> other.meant {%- if a == 'b' %} or one.is_directed {%- endif %} as is_contrary
    from known as one
    inner join known as other
        on
            one.county_code_a = other.county_code_{{ a }}
            and one.name_key_a = other.name_key_{{ a }}
            and one.county_code_b = other.county_code_{{ b }}
            and one.name_key_b = other.name_key_{{ b }}
            and one.decision_id <> other.decision_id
    where
        {{ agrees.format('code_key_a', 'code_key_' ~ a) }}
        and {{ agrees.format('code_key_b', 'code_key_' ~ b) }}
        and {{ agrees.format('investor_key_a', 'investor_key_' ~ a) }}
        and {{ agrees.format('investor_key_b', 'investor_key_' ~ b) }}
    {% if not loop.last -%} union all {%- endif %}
    {% endfor -%}
),

contradicted as (
    select distinct decision_id
    from met
    where is_contrary and decided_in = 'reply' and other_decided_in = 'reply' and decided_on = other_decided_on
),

overruled as (
    select distinct met.decision_id
    from met
    where
        (
            met.other_decided_on > met.decided_on
            or (met.other_decided_on = met.decided_on and met.other_decided_in = 'seed' and met.decided_in = 'reply')
        )
        and met.other_id not in (select c.decision_id from contradicted as c)
)

select
    said.*,
    case
        when known.decision_id is null then 'unknown_project'
        when contradicted.decision_id is not null then 'contradicted'
        when overruled.decision_id is not null then 'overruled'
        else 'standing'
    end as status,
    pairs.label_id_a,
    pairs.label_id_b,
    pairs.is_same_county
from said
left join known on said.decision_id = known.decision_id
left join contradicted on said.decision_id = contradicted.decision_id
left join overruled on said.decision_id = overruled.decision_id
left join pairs on said.decision_id = pairs.decision_id
