"""每月 28 日调度材料：单月建设推进会，双月集中签约。The 28th: odd months construction, even months signing ceremony."""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, Param, dag, task

from luodi import dag_defaults


@dag(
    dag_id="monthly_dispatch",
    dag_display_name="月度调度材料 monthly_dispatch",
    schedule=CronTriggerTimetable("30 8 28 * *", timezone=dag_defaults.TIME_ZONE),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(
        on_date=Param(
            None,
            type=["null", "string"],
            format="date",
            title="会议日期 on_date",
            description="单月为建设推进会，双月为集中签约 odd months: construction meeting, even months: signing ceremony",
        )
    ),
    tags=["reports", "调度"],
)
def monthly_dispatch() -> None:
    """每月 28 日调度材料：单月建设推进会，双月集中签约。The 28th: odd months construction, even months signing ceremony.

    从已发布的数仓写出当月的工作簿和可打印网页。指定 `on_date` 可补出任何一天的材料。
    Writes the month's workbook and printable page from the published warehouse; `on_date` makes them for a given date.

    **红了怎么办 when red**: 多半是还没有发布过数仓；先让 `warehouse` 成功一次，再重跑。
    Most likely nothing is published yet: let `warehouse` succeed once, then clear the task.
    """

    @task(task_display_name="写出调度材料 write the pack")
    def write_pack() -> list[str]:
        from luodi import report_steps

        return report_steps.write_monthly_pack()

    write_pack()


monthly_dispatch()
