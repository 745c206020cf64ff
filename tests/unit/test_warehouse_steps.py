"""A build that ends badly says why, and leaves its section in the run record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from ingest.home import Home
from luodi import settings, warehouse_steps
from luodi.settings import AirflowRun, RunSettings
from warehouse import child, dbt_build, run_record


def test_a_child_that_was_killed_during_a_build_is_what_people_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> None:
        raise child.ChildDiedError("子进程意外结束")

    run = RunSettings(home=Home(tmp_path), inbox=tmp_path, as_of=dt.date(2026, 6, 30), run_id="run-1")
    told: dict[str, Any] = {}
    monkeypatch.setattr(settings, "current", lambda: run)
    monkeypatch.setattr(settings, "airflow_run", lambda: AirflowRun("warehouse", "run-1", lambda **_: 0))
    monkeypatch.setattr(dbt_build, "build_layer", killed)
    monkeypatch.setattr(run_record, "add_section", lambda _home, _run, name, section: told.update({name: section}))
    with pytest.raises(child.ChildDiedError, match="子进程意外结束"):
        warehouse_steps.build_layer("marts")
    assert told == {"warehouse_marts": {"nodes": []}}
