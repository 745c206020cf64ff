"""县区台账：拉取 → 落地 → 读取 → 逐行检查。County ledgers: pull → land → read → check rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from airflow.sdk import CronTriggerTimetable, Metadata, TriggerRule, dag, task

from luodi import dag_defaults

Outcome = dict[str, Any]


@dag(
    dag_id="county_ledgers",
    dag_display_name="县区台账 county_ledgers",
    schedule=CronTriggerTimetable("30 6,12,18 * * *", timezone=dag_defaults.TIME_ZONE),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["ingest", "台账"],
)
def county_ledgers() -> None:
    """县区台账：拉取 → 落地 → 读取 → 逐行检查。County ledgers: pull → land → read → check rows.

    每个来源一个映射任务；一个来源或一份文件出错不影响其他。原始字节先按 sha256 落地，再读取。
    One mapped task a source; one bad source or file stops nothing else. Bytes land before anything reads them.

    **红了怎么办 when red**: 看失败任务的日志；重跑是安全的（同样的字节不改变任何行）。来源连不上不算失败：下次再取，`luodi status` 点名、说明连续几次。
    Read the log of the failed task; running again is safe. A source that cannot be reached is no failure: it is pulled again
    at the next time, and `luodi status` names it and how often in a row.
    """

    @task(task_display_name="列出台账来源 list ledger sources")
    def list_sources() -> list[Outcome]:
        from luodi import ingest_steps

        return ingest_steps.list_sources("ledger")

    @task(
        task_display_name="拉取并落地 pull and land",
        execution_timeout=dt.timedelta(hours=1),
        multiple_outputs=False,
    )
    def pull(source: Outcome) -> Outcome:
        from luodi import ingest_steps

        return ingest_steps.pull(source)

    @task(
        task_display_name="读取台账 read ledgers",
        execution_timeout=dt.timedelta(hours=2),
        multiple_outputs=False,
        trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS,
    )
    def read(source: Outcome) -> Outcome:
        from luodi import ingest_steps

        return ingest_steps.read_ledgers(source)

    @task(task_display_name="逐行检查 check rows", trigger_rule=TriggerRule.ALL_DONE)
    def check_rows() -> list[Outcome]:
        from luodi import ingest_steps

        return ingest_steps.check_rows()

    @task(
        task_display_name="台账入湖 ledgers in the lake",
        outlets=[dag_defaults.LEDGERS],
        trigger_rule=TriggerRule.ALL_DONE,
    )
    def note_ledgers(pulled: list[Outcome], read_outcomes: list[Outcome], checks: list[Outcome]) -> Any:
        from luodi import ingest_steps

        section = ingest_steps.note("county_ledgers", pulled=pulled, read=read_outcomes, checks=checks)
        yield Metadata(dag_defaults.LEDGERS, section)

    sources = list_sources()
    pulled = pull.expand(source=sources)
    read_outcomes = read.expand(source=sources)
    checks = check_rows()
    noted = note_ledgers(pulled, read_outcomes, checks)
    pulled >> read_outcomes >> checks
    [sources, pulled, read_outcomes, checks, noted] >> dag_defaults.red_if_any_failed()


county_ledgers()
