-- What luodi calls each state of a reply: the first of its wordings, as in the workbooks that go out.
select
    status,
    min_by(wording, line) as status_label
from (
    select
        status,
        wording,
        row_number() over () as line
    from {{ wording_csv('follow_up/states') }}
)
group by status
