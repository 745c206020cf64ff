"""督办回执：落地 → 逐格读取。Follow-up replies: land → read cell by cell."""

from __future__ import annotations

from typing import Any

from airflow.sdk import CronTriggerTimetable, Metadata, dag, task

from luodi import dag_defaults


@dag(
    dag_id="follow_up_replies",
    dag_display_name="督办回执 follow_up_replies",
    schedule=CronTriggerTimetable("20 7,13,19 * * *", timezone=dag_defaults.TIME_ZONE),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["ingest", "督办"],
)
def follow_up_replies() -> None:
    """督办回执：落地 → 逐格读取。Follow-up replies: land → read cell by cell.

    收件箱 `follow_up/` 里的文件名不限，可用 WPS、Excel、LibreOffice 另存。每个填写的单元格要么成为一条回复，要么列入未采用清单并写明原因。
    Any file name, saved by any program. Every filled cell becomes a reply or is listed as not used, with the reason.

    **红了怎么办 when red**: 看日志；重跑是安全的（同样的字节不改变任何回复）。
    Read the log; running again is safe: the same bytes change no reply.
    """

    @task(task_display_name="读取督办回执 read replies", outlets=[dag_defaults.REPLIES])
    def read_replies() -> Any:
        from luodi import follow_up_steps

        yield Metadata(dag_defaults.REPLIES, follow_up_steps.read_replies())

    read_replies()


follow_up_replies()
