"""Runs of the warehouse side by side, and tasks of old runs that a person clears: nothing of two builds is ever mixed."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from published_dates import publish_dates

from ingest.home import Home
from luodi import settings, warehouse_steps
from luodi.settings import AirflowRun, RunSettings
from warehouse import build_turn, dbt_build, publication, run_record

TODAY = dt.date(2026, 11, 29)
As = Callable[..., None]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def running() -> set[str]:
    """What Airflow says is running."""
    return set()


@pytest.fixture
def step_of(home: Home, running: set[str], monkeypatch: pytest.MonkeyPatch) -> As:
    """What follows is done by a task of this run, due on this day."""

    def become(run_id: str, as_of: dt.date, *, is_given: bool = False) -> None:
        def count(dag_id: str, run_ids: list[str], states: list[str]) -> int:
            assert (dag_id, states) == ("warehouse", ["running"])
            return len(running & set(run_ids))

        run = RunSettings(home, home.root, as_of, run_id, is_given)
        monkeypatch.setattr(settings, "current", lambda: run)
        monkeypatch.setattr(settings, "airflow_run", lambda: AirflowRun("warehouse", run_id, count))

    return become


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dt.date]]:
    """The layers built, each with the business date it was built for; nothing is built really."""
    layers: list[tuple[str, dt.date]] = []

    def note(_home: Home, as_of: dt.date, layer: str) -> list[Any]:
        layers.append((layer, as_of))
        return []

    monkeypatch.setattr(dbt_build, "build_layer", note)
    monkeypatch.setattr(publication, "publish", lambda _home: {})
    return layers


def test_a_run_waits_while_another_is_between_its_first_task_and_its_publication(
    step_of: As, running: set[str], built: list[tuple[str, dt.date]]
) -> None:
    running |= {"scheduled", "backfill"}
    step_of("scheduled", TODAY)
    assert warehouse_steps.prepare_lake()
    step_of("backfill", dt.date(2026, 11, 26), is_given=True)
    assert not warehouse_steps.prepare_lake()
    step_of("scheduled", TODAY)
    assert warehouse_steps.prepare_lake()  # tried again, it need not wait for itself
    warehouse_steps.build_layer("staging")
    warehouse_steps.publish()
    step_of("backfill", dt.date(2026, 11, 26), is_given=True)
    assert warehouse_steps.prepare_lake()
    warehouse_steps.build_layer("staging")
    assert built == [("staging", TODAY), ("staging", dt.date(2026, 11, 26))]


def test_a_run_that_failed_or_was_killed_keeps_nobody_waiting(step_of: As, home: Home) -> None:
    step_of("failed", TODAY)
    assert warehouse_steps.prepare_lake()
    step_of("next", TODAY)
    assert warehouse_steps.prepare_lake()
    turn = build_turn.current(home)
    assert turn is not None
    assert turn.run == "next"


@pytest.mark.parametrize(
    "task", [lambda: warehouse_steps.build_layer("marts"), warehouse_steps.check_marts, warehouse_steps.publish]
)
def test_a_single_task_of_a_run_before_is_not_done_onto_the_tables_of_a_later_one(
    step_of: As, home: Home, built: list[tuple[str, dt.date]], task: Callable[[], Any]
) -> None:
    step_of("old", dt.date(2026, 11, 26))
    warehouse_steps.prepare_lake()
    step_of("new", TODAY)
    warehouse_steps.prepare_lake()
    warehouse_steps.publish()
    step_of("old", dt.date(2026, 11, 26))
    with pytest.raises(build_turn.BuiltByAnotherRunError, match="Clear old from its first task") as caught:
        task()
    assert "业务日期 2026-11-29" in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert built == []
    step_of("new", TODAY)
    warehouse_steps.build_layer("marts")  # its own may be done again
    assert built == [("marts", TODAY)]


@pytest.mark.parametrize(
    ("published", "due", "is_given", "as_of"),
    [
        (None, "2026-11-26", False, "2026-11-26"),
        ("2026-11-28", "2026-11-26", False, "2026-11-28"),  # cleared, or backfilled: no step back
        ("2026-11-28", "2026-11-26", True, "2026-11-26"),  # somebody wants that day
        ("2026-11-28", "2026-11-29", False, "2026-11-29"),
        ("2027-01-31", "2026-11-29", False, "2026-11-29"),  # published ahead by a slip: not kept up
    ],
)
def test_a_run_of_the_past_takes_no_later_publication_back(
    step_of: As,
    home: Home,
    built: list[tuple[str, dt.date]],
    monkeypatch: pytest.MonkeyPatch,
    published: str | None,
    due: str,
    is_given: bool,
    as_of: str,
) -> None:
    if published is not None:
        publish_dates(home, dt.date.fromisoformat(published))
    monkeypatch.setattr(settings, "business_date", lambda _now: TODAY)
    step_of("old", dt.date.fromisoformat(due), is_given=is_given)
    warehouse_steps.prepare_lake()
    warehouse_steps.build_layer("marts")
    warehouse_steps.publish()
    assert built == [("marts", dt.date.fromisoformat(as_of))]
    said = run_record.read(run_record.record_path(home, "old"))
    assert said["warehouse"]["as_of"] == as_of


def test_the_turn_of_a_run_that_was_killed_is_forgotten_by_who_holds_the_home_alone(home: Home) -> None:
    build_turn.take(home, "killed", TODAY)
    build_turn.forget(home)
    assert build_turn.own(home, "next") is None
