"""A real build of the invented world by dbt, in its own process, and how tests ask what it holds."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from histories import AS_OF
from world_seeds import write_world_project

from ingest.home import Home
from warehouse import child, dbt_build, rebuild

Ask = Callable[..., list[tuple[Any, ...]]]


def build(home: Home, as_of: str, *, tested: bool = True) -> duckdb.DuckDBPyConnection:
    """A full `dbt build` (models, seeds, tests unless not `tested`) in its own process; the built file, read-only."""
    date = dt.date.fromisoformat(as_of)
    os.environ["LUODI_DBT_PROJECT"] = str(_project_beside(home))
    try:
        dbt_build.warm_up(home, date)
        if tested:
            for layer in dbt_build.LAYERS:
                dbt_build.build_layer(home, date, layer)
        else:
            child.call(dbt_build.CHILD, "warehouse.dbt_build:run_here", home, date, rebuild.FULL, ["path:models"])
    finally:
        dbt_build.finish()
        del os.environ["LUODI_DBT_PROJECT"]
    return duckdb.connect(str(home.build / "warehouse.duckdb"), read_only=True)


def _project_beside(home: Home) -> Path:
    """One for all homes of a session, so that dbt parses it once."""
    return write_world_project(home.root.parent / "world_project")


def dbt(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A dbt command on the project, in its own process; what it leaves lies in `build/target`."""
    project = str(_project_beside(home))
    # fmt: off
    where = [
        "--project-dir", project, "--profiles-dir", project,
        "--target-path", str(home.build / "target"), "--log-path", str(home.build / "target_logs"),
        "--vars", f"{{as_of: '{AS_OF}'}}",
    ]
    # fmt: on
    return subprocess.run(
        [Path(sys.executable).with_name("dbt"), "--no-use-colors", *arguments, *where],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LUODI_HOME": str(home.root), "DO_NOT_TRACK": "1"},
    )


def run_suite_tests(home: Home) -> subprocess.CompletedProcess[str]:
    """dbt's own unit tests and the tests tagged `suite`, which no run repeats, on a build."""
    return dbt(home, "test", "--select", "test_type:unit", "tag:suite")
