-- Articles that can be known at `as_of`.
select
    article_id,
    source_id,
    file_sha256,
    status,
    reason_code,
    reason_message,
    url,
    title,
    published_on,
    published_precision,
    author,
    source_name,
    text_sha256,
    event_id,
    remarks
from {{ source('lake', 'articles') }}
where published_on is null or published_on <= {{ as_of() }}
-- The same article can come from two feeds; one stands.
qualify row_number() over (partition by article_id order by source_id, file_sha256) = 1
