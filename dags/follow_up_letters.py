"""督办函件：提醒函、督办函直接写出，约谈和退出评估须人批准。Letters; interviews need a person's consent."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from airflow.sdk import CronTriggerTimetable, dag, task

from luodi import dag_defaults

Outcome = dict[str, Any]
RESPONSE_TIME = dt.timedelta(days=float(os.environ.get("LUODI_APPROVAL_DAYS", "3")))
# What the person who decides sees; the drafts lie below `reports/letters/<date>/`.
BODY = """\
草稿在 `reports/letters/{{ ti.xcom_pull(task_ids='draft_letters')[0].dated_on }}/待批 drafts/`，批准后原样发出（逐字节相同）；
限期内不批视为不同意。The drafts go out unchanged, byte for byte; no answer in time means no.

| 函件 letter | 事项 items | sha256 |
|---|---|---|
{% for draft in ti.xcom_pull(task_ids='draft_letters') -%}
| {{ draft.file | replace('|', '/') }} | {{ draft['items'] }} | {{ draft.sha256[:12] }} |
{% endfor %}"""


@dag(
    dag_id="follow_up_letters",
    dag_display_name="督办函件 follow_up_letters",
    schedule=CronTriggerTimetable("0 9 * * 1", timezone=dag_defaults.TIME_ZONE),
    start_date=dag_defaults.START,
    catchup=False,
    max_active_runs=1,
    default_args=dag_defaults.default_args(),
    **dag_defaults.record_ends(),
    params=dag_defaults.parameters(),
    tags=["reports", "督办"],
)
def follow_up_letters() -> None:
    """督办函件：提醒函、督办函直接写出，约谈和退出评估须人批准。Letters; interviews need a person's consent.

    每周一。同一事项同一级别只发一次；三天内（`LUODI_APPROVAL_DAYS`）没有人批准，视为不同意，草稿保留，下周再问。
    On Mondays. An item gets each level's letter once. Without consent within three days (that setting) the letters stay
    drafts, and the next week asks again. What is agreed to goes out byte for byte as drafted.

    **红了怎么办 when red**: 多半是还没有发布过数仓；发布后重跑。Most likely nothing is published yet.
    """
    from airflow.providers.standard.operators.hitl import ApprovalOperator

    @task(task_display_name="写出提醒函、督办函 write letters")
    def write_letters() -> list[str]:
        from luodi import follow_up_steps

        return follow_up_steps.write_letters()

    @task(task_display_name="起草约谈、退出评估 draft letters")
    def draft_letters() -> list[Outcome]:
        from luodi import follow_up_steps

        return follow_up_steps.draft_letters()

    approve = ApprovalOperator(
        task_id="approve_letters",
        task_display_name="批准发出 approve",
        subject="约谈、退出评估函件待批 letters of interview and exit review await consent",
        body=BODY,
        defaults="Reject",
        response_timeout=RESPONSE_TIME,
        execution_timeout=None,
    )

    @task(task_display_name="发出获批函件 release letters")
    def release_letters(drafts: list[Outcome]) -> list[str]:
        from luodi import follow_up_steps

        return follow_up_steps.release_letters(drafts)

    write_letters()
    drafts = draft_letters()
    drafts >> approve >> release_letters(drafts)


follow_up_letters()
