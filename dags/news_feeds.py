"""新闻：拉取 → 落地 → 抽取 → 检查。News: pull → land → extract → check."""

from __future__ import annotations

import datetime as dt
from typing import Any

from airflow.sdk import CronTriggerTimetable, Metadata, TriggerRule, dag, task

from luodi import dag_defaults

Outcome = dict[str, Any]


@dag(
    dag_id="news_feeds",
    dag_display_name="招商新闻 news_feeds",
    schedule=CronTriggerTimetable("10 7,13,19 * * *", timezone=dag_defaults.TIME_ZONE),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["ingest", "新闻"],
)
def news_feeds() -> None:
    """新闻：拉取 → 落地 → 抽取 → 检查。News: pull → land → extract → check.

    每个来源一个映射任务：网页、RSS 原样落地后抽取正文和数字，每个数字带原句。
    One mapped task a feed; pages land unchanged, then text and figures are extracted, each figure with its sentence.

    **红了怎么办 when red**: 看失败任务的日志；重跑是安全的（同样的字节不改变任何行）。来源连不上不算失败：下次再取，`luodi status` 点名、说明连续几次。
    Read the log of the failed task; running again is safe. A feed that cannot be reached is no failure: it is pulled again
    at the next time, and `luodi status` names it and how often in a row.
    """

    @task(task_display_name="列出新闻来源 list feeds")
    def list_feeds() -> list[Outcome]:
        from luodi import ingest_steps

        return ingest_steps.list_sources("news")

    @task(
        task_display_name="拉取并落地 pull and land",
        execution_timeout=dt.timedelta(hours=1),
        multiple_outputs=False,
    )
    def pull(source: Outcome) -> Outcome:
        from luodi import ingest_steps

        return ingest_steps.pull(source)

    @task(
        task_display_name="抽取正文与数字 extract figures",
        trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS,
        multiple_outputs=False,
    )
    def extract(source: Outcome) -> Outcome:
        from luodi import ingest_steps

        return ingest_steps.read_news(source)

    @task(task_display_name="检查文章 check articles", trigger_rule=TriggerRule.ALL_DONE)
    def check_articles() -> list[Outcome]:
        from luodi import ingest_steps

        return ingest_steps.check_articles()

    @task(
        task_display_name="新闻入湖 articles in the lake",
        outlets=[dag_defaults.ARTICLES],
        trigger_rule=TriggerRule.ALL_DONE,
    )
    def note_articles(pulled: list[Outcome], extracted: list[Outcome], checks: list[Outcome]) -> Any:
        from luodi import ingest_steps

        section = ingest_steps.note("news_feeds", pulled=pulled, read=extracted, checks=checks)
        yield Metadata(dag_defaults.ARTICLES, section)

    feeds = list_feeds()
    pulled = pull.expand(source=feeds)
    extracted = extract.expand(source=feeds)
    checks = check_articles()
    noted = note_articles(pulled, extracted, checks)
    pulled >> extracted >> checks
    [feeds, pulled, extracted, checks, noted] >> dag_defaults.red_if_any_failed()


news_feeds()
