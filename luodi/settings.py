"""What one run works on: its home, inbox, business date and record, from the parameters of a DAG run."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ingest.home import CHECKOUT, Home

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")
YEARS = (2000, 2099)  # of business dates; a slip such as 2206 would count months until then
SAMPLE_INBOX = CHECKOUT / "samples" / "inbox"


@dataclass(frozen=True, slots=True)
class RunSettings:
    """The same for every task of a run."""

    home: Home
    inbox: Path
    as_of: dt.date  # business date, Asia/Shanghai
    run_id: str  # names the run record
    is_as_of_given: bool = True  # by a person; else it is the date the run was due on


def business_date(instant: dt.datetime) -> dt.date:
    """The date in Asia/Shanghai at an instant.

    Raises:
        ValueError: the instant has no time zone.
    """
    if instant.tzinfo is None:
        raise ValueError(f"时刻缺时区 an instant without a time zone: {instant}")
    return instant.astimezone(BUSINESS_ZONE).date()


def default_inbox() -> Path:
    """`LUODI_INBOX`, else the sample inbox of the checkout."""
    return Path(os.environ.get("LUODI_INBOX") or SAMPLE_INBOX).expanduser().resolve()


def from_parameters(parameters: Mapping[str, Any], dag_run_id: str, run_after: dt.datetime) -> RunSettings:
    """Settings of a DAG run: what was not given falls to the environment, and `as_of` to the date it was due on."""
    as_of = parameters.get("as_of")
    return RunSettings(
        home=Home.resolve(parameters.get("home")),
        inbox=Path(parameters["inbox"]).expanduser().resolve() if parameters.get("inbox") else default_inbox(),
        as_of=dt.date.fromisoformat(as_of) if as_of else business_date(run_after),
        run_id=parameters.get("run_id") or dag_run_id,
        is_as_of_given=bool(as_of),
    )


def publication_date(run: RunSettings, published: dt.date | None, today: dt.date) -> dt.date:
    """The business date a run publishes for. One that was due earlier and is cleared, backfilled or made up for only now does
    not take a later publication back, unless somebody gave it its date; nor does it keep up one dated in the future."""
    if run.is_as_of_given or published is None or published > today:
        return run.as_of
    return max(run.as_of, published)


def current() -> RunSettings:
    """Settings of the task that is running."""
    from airflow.sdk import get_current_context

    context = get_current_context()
    run = context["dag_run"]
    return from_parameters(context["params"], run.run_id, run.run_after)


@dataclass(frozen=True, slots=True)
class AirflowRun:
    """The run of the DAG to which the task belongs, as Airflow knows it."""

    dag_id: str
    run_id: str
    count_runs: Callable[..., int]

    def is_running(self, run_id: str) -> bool:
        """Whether another run of the same DAG is going on now."""
        return self.count_runs(dag_id=self.dag_id, run_ids=[run_id], states=["running"]) > 0


def airflow_run() -> AirflowRun:
    """The run of the task that is running."""
    from airflow.sdk import get_current_context

    context = get_current_context()
    run = context["dag_run"]
    return AirflowRun(run.dag_id, run.run_id, context["ti"].get_dr_count)
