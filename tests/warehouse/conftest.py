"""One invented world, built once by the real dbt project: every county in it is a history whose truth is known."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from built_worlds import Ask, build, dbt, run_suite_tests
from histories import AS_OF, land_world
from lake_builder import LakeBuilder

from ingest.home import Home


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
