-- Figures and events found in the articles that stand.
select facts.* exclude (period)
from {{ source('lake', 'article_facts') }} as facts
where facts.article_id in (select a.article_id from {{ ref('stg_news__articles') }} as a)
qualify row_number() over (partition by facts.fact_id order by facts.article_id, facts.evidence_start, facts.fact) = 1
