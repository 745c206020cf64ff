"""督办日报：每人每天一条，不重复。The follow-up digest: one a recipient and day."""

from __future__ import annotations

from airflow.sdk import CronTriggerTimetable, dag, task

from luodi import dag_defaults


@dag(
    dag_id="follow_up_digest",
    dag_display_name="督办日报 follow_up_digest",
    schedule=CronTriggerTimetable("40 8 * * 1-5", timezone=dag_defaults.TIME_ZONE),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["reports", "督办"],
)
def follow_up_digest() -> None:
    """督办日报：每人每天一条，不重复。The follow-up digest: one a recipient and day.

    收件人在 `luodi/push/recipients.csv`，地址和密钥在 Airflow 连接里；发过的记在 `sent/digests/`，重跑不会重发。
    Recipients in that file, addresses and secrets in Airflow's connections; what went out is recorded.

    **红了怎么办 when red**: 日志写明哪个渠道；修好连接后重跑，已收到的人不会再收到。
    The log names the channel; mend the connection and clear the task: nobody gets it twice.
    """

    @task(task_display_name="列出收件人 list recipients")
    def list_recipients() -> list[dict[str, str | None]]:
        from luodi import follow_up_steps

        return follow_up_steps.list_recipients()

    @task(task_display_name="发日报 send digest")
    def send_digest(recipient: dict[str, str | None]) -> str:
        from luodi import follow_up_steps

        return follow_up_steps.send_digest(recipient)

    send_digest.expand(recipient=list_recipients())


follow_up_digest()
