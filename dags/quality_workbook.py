"""每周一数据质量核查清单。Mondays: what looks wrong in the ledgers, for those who can tell."""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, task

from luodi import dag_defaults


@dag(
    dag_id="quality_workbook",
    dag_display_name="数据质量核查清单 quality_workbook",
    schedule=CronTriggerTimetable("20 8 * * 1", timezone=dag_defaults.TIME_ZONE),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["reports", "质量"],
)
def quality_workbook() -> None:
    """每周一数据质量核查清单。Mondays: what looks wrong in the ledgers, for those who can tell.

    从已发布的数仓写出一本工作簿，一类问题一张表，各注明由谁核对，写到 `reports/quality/<日期>/`。
    Writes one workbook from the published warehouse, a sheet a kind of finding with who is to check it.

    **红了怎么办 when red**: 多半是还没有发布过数仓；先让 `warehouse` 成功一次，再重跑。
    Most likely nothing is published yet: let `warehouse` succeed once, then clear the task.
    """

    @task(task_display_name="写出核查清单 write the workbook")
    def write_workbook() -> str:
        from luodi import report_steps

        return report_steps.write_quality_workbook()

    write_workbook()


quality_workbook()
