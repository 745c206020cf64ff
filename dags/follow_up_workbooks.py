"""督办清单：每县一份任务清单、责任清单、交办单。Follow-up workbooks, one a county."""

from __future__ import annotations

from airflow.sdk import dag, task

from luodi import dag_defaults


@dag(
    dag_id="follow_up_workbooks",
    dag_display_name="督办清单 follow_up_workbooks",
    schedule=[dag_defaults.PUBLICATION],
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["reports", "督办"],
)
def follow_up_workbooks() -> None:
    """督办清单：每县一份任务清单、责任清单、交办单，疑似重复的项目待判定。Follow-up workbooks, one a county.

    每次发布后写到 `reports/follow_up/<日期>/`；县区填好回复栏后放回收件箱 `follow_up/`。
    After every publication, below `reports/follow_up/<date>/`; filled in, they come back through the inbox.

    **红了怎么办 when red**: 多半是磁盘；腾出空间后重跑。Most likely the disk: make room and clear the task.
    """

    @task(task_display_name="写出督办清单 write workbooks")
    def write_workbooks() -> list[str]:
        from luodi import follow_up_steps

        return follow_up_steps.write_workbooks()

    write_workbooks()


follow_up_workbooks()
