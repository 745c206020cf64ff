-- The articles that figures and reports of projects come from: where and when each stood, and how much it told. Their
-- text stays in the lake.
with facts as (
    select
        article_id,
        count(case when event is null then 1 end) as figures,
        count(case when event is not null then 1 end) as events
    from {{ ref('stg_news__facts') }}
    group by article_id
),

projects as (
    select
        article_id,
        count(distinct project_id) as projects
    from {{ ref('fct_project_news') }}
    group by article_id
)

select
    articles.article_id,
    articles.url,
    articles.title,
    articles.published_on,
    articles.published_precision,
    articles.source_name,
    articles.source_id,
    articles.event_id,
    coalesce(facts.figures, 0) as figures,
    coalesce(facts.events, 0) as events,
    coalesce(projects.projects, 0) as projects,
    articles.file_sha256
from {{ ref('stg_news__articles') }} as articles
left join facts on articles.article_id = facts.article_id
left join projects on articles.article_id = projects.article_id
where articles.status = 'read'
