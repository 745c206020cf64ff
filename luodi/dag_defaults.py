"""What all DAGs share: owner, retries, time limits, parameters, assets. Imported when DAG files are parsed: keep it light."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from airflow.sdk import Asset, ExceptionRetryPolicy, Param, RetryAction, RetryRule, TriggerRule, task

from luodi.airflow_home import TIME_ZONE, WRITER_POOL
from luodi.notifiers import CloseRecord, RecordFailure

__all__ = [
    "ARTICLES",
    "LEDGERS",
    "PUBLICATION",
    "REPLIES",
    "TIME_ZONE",
    "WRITER_POOL",
    "default_args",
    "parameters",
    "record_ends",
    "red_if_any_failed",
]

LEDGERS = Asset("luodi_ledgers", uri="luodi://lake/ledgers", group="lake")
ARTICLES = Asset("luodi_articles", uri="luodi://lake/articles", group="lake")
REPLIES = Asset("luodi_replies", uri="luodi://lake/follow_up", group="lake")
PUBLICATION = Asset("luodi_warehouse", uri="luodi://publish/warehouse", group="publish")

# Fails where any other task failed; never does anything else.
WATCHER = "red_if_any_failed"

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

# A wrong figure stays wrong however often it is computed: these are for people, at once.
_FOR_PEOPLE = [
    "warehouse.build_turn.BuiltByAnotherRunError",
    "warehouse.dbt_build.BuildFailedError",
    "warehouse.publication.NothingToPublishError",
    "warehouse.rebuild.UnknownRebuildSettingError",
    "warehouse.seed_checks.SeedsRefusedError",
    "luodi.checks.CheckFailedError",
    "ingest.strict_yaml.ConfigurationError",
    "ingest.wording_file.WordingError",
    "ingest.news.facts.wording.WordingError",
    "luodi.push.digest.UnsureError",
    "builtins.ImportError",
]


def default_args(**overrides: Any) -> dict[str, Any]:
    """Defaults of every task. A person who waits (`luodi run`) gets short pauses between retries."""
    return {
        "owner": "luodi",
        "retries": 3,
        "retry_delay": dt.timedelta(seconds=float(os.environ.get("LUODI_RETRY_SECONDS", "60"))),
        "retry_exponential_backoff": True,
        "max_retry_delay": dt.timedelta(minutes=30),
        "retry_policy": ExceptionRetryPolicy([RetryRule(name, RetryAction.FAIL) for name in _FOR_PEOPLE]),
        "execution_timeout": dt.timedelta(minutes=30),
        "on_failure_callback": RecordFailure(),
        **overrides,
    }


def record_ends() -> dict[str, Any]:
    """Arguments of every DAG: its run record is closed when the run ends."""
    return {"on_success_callback": CloseRecord("succeeded"), "on_failure_callback": CloseRecord("failed")}


def parameters(**more: Param) -> dict[str, Param]:
    """Parameters of every DAG; each may stay empty."""
    return {
        "home": Param(None, type=["null", "string"], title="运行目录 home", description="默认 default: LUODI_HOME"),
        "inbox": Param(None, type=["null", "string"], title="收件箱 inbox", description="默认 default: LUODI_INBOX"),
        "as_of": Param(
            None,
            type=["null", "string"],
            format="date",
            pattern="^20",  # as `settings.YEARS`
            title="业务日期 as_of",
            description="北京日期；默认为应运行的当天 business date; default: the date the run was due on",
        ),
        "run_id": Param(
            None, type=["null", "string"], title="运行记录 run record", description="几个 DAG 共用一份记录"
        ),
        **more,
    }


def red_if_any_failed() -> Any:
    """A last task, downstream of all others: steps after a failed source still run, and the run is red all the same."""

    @task(
        task_id=WATCHER,
        task_display_name="有失败即红 red if any failed",
        trigger_rule=TriggerRule.ONE_FAILED,
        retries=0,
        on_failure_callback=None,
    )
    def watch() -> None:
        from airflow.sdk.exceptions import AirflowFailException

        raise AirflowFailException("有任务失败，见上游 a task failed: look upstream")

    return watch()
