"""One invented world, built once by the real dbt project: every county in it is a history whose truth is known."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from histories import AS_OF, land_world
from lake_builder import LakeBuilder
from world_seeds import write_world_project

from ingest.home import Home
from warehouse import dbt_build

Ask = Callable[..., list[tuple[Any, ...]]]


def build(home: Home, as_of: str) -> duckdb.DuckDBPyConnection:
    """A full `dbt build` (models, seeds, tests) in its own process; the built file, read-only."""
    date = dt.date.fromisoformat(as_of)
    os.environ["LUODI_DBT_PROJECT"] = str(write_world_project(home.build / "project"))
    try:
        for layer in dbt_build.LAYERS:
            dbt_build.build_layer(home, date, layer)
    finally:
        dbt_build.finish()
        del os.environ["LUODI_DBT_PROJECT"]
    return duckdb.connect(str(home.build / "warehouse.duckdb"), read_only=True)


def dbt(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A dbt command on the project, in its own process; what it leaves lies in `build/target`."""
    project = str(write_world_project(home.build / "project"))
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


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """dbt's manifest of the project as parsed: nothing is built."""
    home = Home(tmp_path_factory.mktemp("parsed"))
    parsed = dbt(home, "parse")
    assert parsed.returncode == 0, parsed.stdout[-4000:]
    content: dict[str, Any] = json.loads((home.build / "target" / "manifest.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="session")
def built_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, subprocess.CompletedProcess[str]]:
    """The world built, and how dbt's own tests went (they need the file before anybody reads it)."""
    home = Home(tmp_path_factory.mktemp("world"))
    land_world(LakeBuilder(home.root))
    build(home, AS_OF).close()
    return home, run_suite_tests(home)


@pytest.fixture(scope="session")
def world(built_world: tuple[Home, Any]) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(str(built_world[0].build / "warehouse.duckdb"), read_only=True)
    yield connection
    connection.close()


@pytest.fixture
def ask(world: duckdb.DuckDBPyConnection) -> Ask:
    """Rows of a query over the built world; `?` parameters follow."""

    def run(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return world.execute(query, list(parameters)).fetchall()

    return run
