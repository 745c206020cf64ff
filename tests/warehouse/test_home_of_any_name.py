"""A home or a checkout may lie in a folder of any name: what SQL, globs and dbt take for signs of their own is part of the name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from lake_builder import LakeBuilder
from world_seeds import write_world_project

from warehouse import dbt_build

pytestmark = pytest.mark.slow

AS_OF = dt.date(2026, 11, 5)


def test_the_lake_of_a_home_with_an_apostrophe_a_bracket_and_a_brace_is_read(tmp_path: Path) -> None:
    lake = LakeBuilder(tmp_path / "it's 台账[2026] {1}")
    lake.ledger("411723", "2026-10-31", [{"project_name": "甲项目", "total_investment_cny": 5}])
    try:
        for layer in ("seeds", "staging"):
            dbt_build.build_layer(lake.home, AS_OF, layer)
    finally:
        dbt_build.finish()
    with duckdb.connect(str(lake.home.build / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.execute("select project_name from staging.stg_ledgers__project_rows").fetchall()
    assert rows == [("甲项目",)]


def test_a_checkout_in_such_a_folder_reads_its_seeds_and_wordings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = LakeBuilder(tmp_path / "home")
    lake.ledger("411723", "2026-10-31", [{"project_name": "甲项目", "total_investment_cny": 5}])
    monkeypatch.setenv("LUODI_DBT_PROJECT", str(write_world_project(tmp_path / "it's 落地[县] {1} 100%")))
    try:
        for layer in ("seeds", "staging"):
            dbt_build.build_layer(lake.home, AS_OF, layer)
    finally:
        dbt_build.finish()
    with duckdb.connect(str(lake.home.build / "warehouse.duckdb"), read_only=True) as connection:
        assert connection.execute("select count(*) > 0 from staging.stg_knowledge__units").fetchall() == [(True,)]
