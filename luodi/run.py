"""The main job once: the same Airflow DAGs as in service, run in this process, with progress for a person."""

from __future__ import annotations

import datetime as dt
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from ingest.home import Home
from luodi import airflow_home, business_date_lines, interruption, run_lock
from luodi.configuration_guard import NO_ROOM, UNKNOWN_CHARACTERS
from luodi.ingest_steps import CHECKS_CHILD
from luodi.progress import Progress, listener
from luodi.settings import RunSettings, business_date
from warehouse import build_turn, child, dbt_build, run_record
from warehouse.seed_checks import check_seeds

# In the order of the flow; in service their assets and clocks start them.
MAIN_JOB = ("county_ledgers", "news_feeds", "follow_up_replies", "warehouse", "follow_up_workbooks")


def run_once(home: Home, inbox: Path, as_of: dt.date | None, console: Console) -> int:
    """Run the DAGs in turn; returns the exit status: 0, or 1 where the job itself failed."""
    now = dt.datetime.now(dt.UTC)
    run = RunSettings(home, inbox, as_of or business_date(now), run_record.new_run_id(now))
    try:
        with run_lock.exclusive(home, run_lock.RUN, lambda holder: _tell_waiting(console, holder)):
            return _run_locked(run, console)
    except run_lock.ServiceIsRunningError as error:
        console.print(f"[red]{escape(str(error))}[/red]")
        return 1
    except OSError as error:
        # Not even the record of the run could be written, so nothing else says what happened.
        if error.errno not in NO_ROOM:
            raise
        console.print(
            f"[red]磁盘已满或不可写（{escape(str(home.root))}：{error.strerror}），运行中止；已发布的数仓没有改动，腾出空间后再运行一次。 "
            "The disk is full or not writable: the run stopped, what was published is untouched; make room and run again.[/red]"
        )
        return 1


def _tell_waiting(console: Console, holder: run_lock.Holder) -> None:
    console.print(
        f"另一个运行正在进行（进程 {holder.pid}，自 {holder.since}），等它结束…… another run is going on; waiting for its end"
    )


def _run_locked(run: RunSettings, console: Console) -> int:
    record = run_record.start(
        run.home, run.run_id, {"inbox": str(run.inbox), "as_of": run.as_of, "home": str(run.home.root)}
    )
    log = record.with_suffix(".log")
    succeeded = False
    console.print(f"收件箱 inbox  {escape(str(run.inbox))}\n业务日期 as of  {run.as_of}\n日志 log  {escape(str(log))}")
    for line in business_date_lines.lines(run, business_date(dt.datetime.now(dt.UTC))):
        console.print(f"  [yellow]{line}[/yellow]", soft_wrap=True)
    with _callers_home_kept(), _output_in(log, console) as shown, interruption.ended_by_signals(shown) as end:
        try:
            succeeded = _run_dags(run, Progress(shown), end)
        except Exception as error:  # noqa: BLE001 (whatever it was, it is recorded and shown)
            traceback.print_exc()
            run_record.add_failure(run.home, run.run_id, {"reason": f"{type(error).__name__}: {error}"})
        finally:
            child.close_all()
            run_record.finish(run.home, run.run_id, "succeeded" if succeeded else "failed")
    from luodi import summary

    summary.show(run, console)
    return 0 if succeeded else 1


@contextmanager
def _callers_home_kept() -> Iterator[None]:
    """The tasks find the home in the environment; the commands proposed afterwards are typed into the caller's."""
    given = os.environ.get("LUODI_HOME")
    try:
        yield
    finally:
        if given is None:
            os.environ.pop("LUODI_HOME", None)
        else:
            os.environ["LUODI_HOME"] = given


def _run_dags(run: RunSettings, progress: Progress, end: interruption.Handler) -> bool:
    check_seeds()  # a person need not wait for the ledgers to be told of a mistake in a seed
    os.environ.setdefault("LUODI_RETRY_SECONDS", "1")
    airflow_home.apply(run.home)
    build_turn.forget(run.home)
    # What takes seconds to import is imported in children while ledgers are still being read. One after the other:
    # three at once would only slow down the first, which everything waits for.
    dbt_build.warm_up(run.home, run.as_of)
    progress.note("准备 Airflow … preparing Airflow")
    dags = _load_dags(run.home)
    child.warm_up(CHECKS_CHILD, "warehouse.child:load", "great_expectations")

    from airflow.sdk.listener import get_listener_manager

    for events in (listener(progress), interruption.listener(end)):
        get_listener_manager().add_listener(events)  # type: ignore[no-untyped-call]
    parameters = {
        "home": str(run.home.root),
        "inbox": str(run.inbox),
        "as_of": run.as_of.isoformat(),
        "run_id": run.run_id,
    }
    states = []
    for dag_id in MAIN_JOB:
        progress.heading(dags[dag_id].dag_display_name)
        states.append(dags[dag_id].test(run_conf=parameters).state)
        progress.end_step()
    return all(state == "success" for state in states)


def _load_dags(home: Home) -> dict[str, Any]:
    """The DAGs by id, after Airflow's database is ready.

    Raises:
        ImportError: a DAG file cannot be imported.
    """
    airflow_home.migrate_once(home)
    from airflow.dag_processing.dagbag import DagBag

    bag = DagBag(dag_folder=airflow_home.DAGS)
    if bag.import_errors:
        raise ImportError("\n".join(f"{path}: {error}" for path, error in bag.import_errors.items()))
    return dict(bag.dags)


@contextmanager
def _output_in(log: Path, console: Console) -> Iterator[Console]:
    """Send all output of this process and its children to `log`; yields a console that still reaches the person."""
    sys.stdout.flush()
    sys.stderr.flush()
    kept = [os.dup(1), os.dup(2)]
    with (
        log.open("ab") as handle,
        os.fdopen(os.dup(1), "w", encoding=sys.stdout.encoding, errors=UNKNOWN_CHARACTERS) as screen,
    ):
        os.dup2(handle.fileno(), 1)
        os.dup2(handle.fileno(), 2)
        try:
            yield Console(file=screen, width=console.width, force_terminal=console.is_terminal)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for target, descriptor in enumerate(kept, start=1):
                os.dup2(descriptor, target)
                os.close(descriptor)
