"""One invented world, built once by the real dbt project: every county in it is a history whose truth is known."""

from __future__ import annotations

import datetime as dt
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


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    root: Path = tmp_path_factory.mktemp("world")
    land_world(LakeBuilder(root))
    connection = build(Home(root), AS_OF)
    yield connection
    connection.close()


@pytest.fixture
def ask(world: duckdb.DuckDBPyConnection) -> Ask:
    """Rows of a query over the built world; `?` parameters follow."""

    def run(query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return world.execute(query, list(parameters)).fetchall()

    return run
