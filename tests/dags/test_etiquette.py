"""What every DAG file owes to those who operate it."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from ingest.home import Home
from warehouse import dbt_build
from warehouse.seed_checks import SeedsRefusedError
from warehouse.seed_file import SeedFault

pytestmark = pytest.mark.airflow

LINES = 120
LONGEST_WAIT = {False: dt.timedelta(hours=2), True: dt.timedelta(days=7)}
PARSE_SECONDS = 2.0
EXPECTED = {"county_ledgers", "news_feeds", "warehouse", "monthly_dispatch", "quality_workbook"}


@pytest.fixture(scope="module")
def bag(airflow_session: Home, dags_folder: Path) -> Any:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=dags_folder)


@pytest.fixture(scope="module")
def dags(bag: Any) -> dict[str, Any]:
    assert bag.import_errors == {}
    return dict(bag.dags)


def tasks(dags: dict[str, Any]) -> list[Any]:
    from luodi.dag_defaults import WATCHER

    return [task for dag in dags.values() for task in dag.tasks if task.task_id != WATCHER]


def awaits_person(task: Any) -> bool:
    """A step that waits for somebody's consent has a time to answer instead of a time to run."""
    return hasattr(task, "response_timeout")


def limit(task: Any) -> dt.timedelta:
    found = task.response_timeout if awaits_person(task) else task.execution_timeout
    assert isinstance(found, dt.timedelta), task.task_id
    return found


def test_every_dag_is_there(dags: dict[str, Any]) -> None:
    assert set(dags) >= EXPECTED


def test_every_file_parses_fast(bag: Any) -> None:
    slow = {stat.file: stat.duration for stat in bag.dagbag_stats if stat.duration.total_seconds() > PARSE_SECONDS}
    assert slow == {}


def test_every_file_is_short(dags_folder: Path) -> None:
    long = {path.name: len(path.read_text().splitlines()) for path in dags_folder.glob("*.py")}
    assert {name: lines for name, lines in long.items() if lines > LINES} == {}


def test_no_file_hides_a_package(dags_folder: Path) -> None:
    """Airflow puts the DAG folder first on the import path: `dags/warehouse.py` would hide the package `warehouse`."""
    packages = {path.parent.name for path in dags_folder.parent.glob("*/__init__.py")}
    assert {path.stem for path in dags_folder.glob("*.py")} & packages == set()


def test_parsing_does_not_depend_on_the_clock(dags_folder: Path) -> None:
    """A clock, a lambda or a set in a DAG file makes a new DAG version at every parse."""
    for path in dags_folder.glob("*.py"):
        assert not re.search(r"now\(\)|today\(\)|lambda|random", path.read_text()), path.name


def test_every_dag_says_what_it_does_and_what_to_do_when_it_is_red(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert "when red" in (dag.doc_md or ""), dag.dag_id
        assert dag.tags, dag.dag_id


def test_people_see_chinese_names_and_the_ids_stay(dags: dict[str, Any]) -> None:
    for dag_id, dag in dags.items():
        assert re.fullmatch(rf"[\u4e00-\u9fff]+ {dag_id}", dag.dag_display_name)
        for task in dag.tasks:
            assert re.match(r"[\u4e00-\u9fff].* [a-z]", task.task_display_name), task.task_id


def test_every_dag_closes_its_run_record(dags: dict[str, Any]) -> None:
    from luodi.notifiers import CloseRecord

    for dag in dags.values():
        assert isinstance(dag.on_success_callback, CloseRecord), dag.dag_id
        assert isinstance(dag.on_failure_callback, CloseRecord), dag.dag_id


def test_a_callback_needs_no_templates() -> None:
    """`dag.test`, by which `luodi run` goes, hands it a DAG that can't make an environment for any."""
    from airflow.serialization.definitions.dag import SerializedDAG

    from luodi.notifiers import CloseRecord

    run_of_many = {"dag": SerializedDAG.__new__(SerializedDAG), "dag_run": object(), "params": {"run_id": "run-1"}}
    CloseRecord("succeeded")(run_of_many)


def test_what_a_person_must_mend_is_not_tried_again() -> None:
    """A class under another name would match nothing, and the same mistake would be tried for an hour."""
    from airflow.sdk import RetryAction

    from luodi.dag_defaults import default_args

    policy = default_args()["retry_policy"]
    for rule in policy.rules:
        module, _, name = rule.exception.rpartition(".")
        assert issubclass(getattr(importlib.import_module(module), name), Exception)
    wrong_seed = SeedsRefusedError([SeedFault("targets.csv", 2, "unit")])
    assert policy.evaluate(wrong_seed, 1, 3).action is RetryAction.FAIL
    assert policy.evaluate(OSError("disk full"), 1, 3).action is RetryAction.DEFAULT


def test_every_dag_runs_once_at_a_time_and_never_catches_up(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert dag.max_active_runs == 1, dag.dag_id
        assert dag.catchup is False, dag.dag_id


def test_every_clock_is_in_beijing_time(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        clock = getattr(dag.timetable, "timetable", dag.timetable)
        if not hasattr(clock, "asset_condition"):
            assert "Asia/Shanghai" in str(clock.timezone), dag.dag_id


def test_every_task_has_owner_retries_backoff_limit_and_failure_notice(dags: dict[str, Any]) -> None:
    for task in tasks(dags):
        assert task.owner == "luodi", task.task_id
        assert task.retries >= 2, task.task_id
        assert task.retry_exponential_backoff, task.task_id
        assert dt.timedelta(0) < limit(task) <= LONGEST_WAIT[awaits_person(task)], task.task_id
        assert task.on_failure_callback, task.task_id


def test_no_task_hands_on_its_outcome_in_pieces(dags: dict[str, Any]) -> None:
    """A dictionary returned becomes one XCom a key unless told otherwise: six writes where one will do."""
    for task in tasks(dags):
        assert not getattr(task, "multiple_outputs", False), task.task_id


def test_whatever_writes_the_warehouse_shares_a_pool_of_one_slot(airflow_session: Home, dags: dict[str, Any]) -> None:
    from airflow.models.pool import Pool

    from luodi.airflow_home import WRITER_POOL

    assert {task.pool for task in dags["warehouse"].tasks} == {WRITER_POOL}
    pool = Pool.get_pool(WRITER_POOL)
    assert pool is not None
    assert pool.slots == 1


def test_the_warehouse_has_one_task_a_layer_in_the_order_of_the_layers(dags: dict[str, Any]) -> None:
    dag = dags["warehouse"]
    order = [task.task_id for task in dag.topological_sort() if task.task_id.startswith("build_")]
    assert order == [f"build_{layer}" for layer in dbt_build.LAYERS]


def test_assets_lead_from_the_lake_to_the_publication_and_on(dags: dict[str, Any]) -> None:
    emitted = {asset for dag in dags.values() for task in dag.tasks for asset in task.outlets}
    lake = {asset.name for asset in emitted if asset.group == "lake"}
    assert {asset.name for asset in dags["warehouse"].timetable.asset_condition.objects} == lake
    assert lake >= {"luodi_ledgers", "luodi_articles"}
    assert {asset.name for task in dags["warehouse"].tasks for asset in task.outlets} == {"luodi_warehouse"}
    for dag in dags.values():
        condition = getattr(dag.timetable, "asset_condition", None)
        awaited = {asset.name for asset in condition.objects} if condition else set()
        assert awaited <= {asset.name for asset in emitted}, dag.dag_id


def test_parameters_may_stay_empty(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        assert {"home", "inbox", "as_of", "run_id"} <= set(dag.params), dag.dag_id
        assert set(dag.params.dump().values()) == {None}, dag.dag_id
        dag.params.validate()
