"""One invented world, built once by the real dbt project: every county in it is a history whose truth is known."""

from __future__ import annotations

import datetime as dt
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

from ingest.home import Home
from warehouse import dbt_build

Ask = Callable[..., list[tuple[Any, ...]]]


def build(home: Home, as_of: str) -> duckdb.DuckDBPyConnection:
    """A full `dbt build` (models, seeds, tests) in its own process; the built file, read-only."""
    date = dt.date.fromisoformat(as_of)
    try:
        for layer in dbt_build.LAYERS:
            dbt_build.build_layer(home, date, layer)
    finally:
        dbt_build.finish()
    return duckdb.connect(str(home.build / "warehouse.duckdb"), read_only=True)


def run_unit_tests(home: Home, as_of: str) -> subprocess.CompletedProcess[str]:
    """dbt's own unit tests (`models/**/_unit_tests.yml`), against the columns of a build."""
    dbt = Path(sys.executable).with_name("dbt")
    where = ["--project-dir", str(dbt_build.PROJECT), "--profiles-dir", str(dbt_build.PROJECT)]
    paths = ["--target-path", str(home.build / "unit"), "--log-path", str(home.build / "unit_logs")]
    return subprocess.run(
        [
            dbt,
            "--no-use-colors",
            "test",
            "--select",
            "test_type:unit",
            *where,
            *paths,
            "--vars",
            f"{{as_of: '{as_of}'}}",
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LUODI_HOME": str(home.root), "DO_NOT_TRACK": "1"},
    )


@pytest.fixture(scope="session")
def built_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, subprocess.CompletedProcess[str]]:
    """The world built, and how dbt's unit tests went (they need the file before anybody reads it)."""
    home = Home(tmp_path_factory.mktemp("world"))
    land_world(LakeBuilder(home.root))
    build(home, AS_OF).close()
    return home, run_unit_tests(home, AS_OF)


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
