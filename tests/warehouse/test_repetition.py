"""The same landing and `as_of` give the same tables, in whatever order the files came."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import duckdb
import pytest
from built_worlds import build
from histories import AS_OF, land_world
from lake_builder import LakeBuilder, Row

from ingest.home import Home
from warehouse.publication import published_table_names

# These say when and in which order files landed; nothing else may depend on it.
_ORDER_COLUMNS = {
    "ledger_files": ["landed_order", "file_name"],
    "dim_source_file": ["landed_order", "file_name"],
    "quality_replaced_projects": ["standing_file_name"],
}


class _Shuffled(LakeBuilder):
    """Keeps the ledgers back and lands them in another order; those of one county and date stay in theirs."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.kept: dict[tuple[str, str | None], list[tuple[tuple[Any, ...], dict[str, Any]]]] = {}

    def ledger(self, county: str, report_date: str | None, rows: Any, **options: Any) -> str:
        self.kept.setdefault((county, report_date), []).append(((county, report_date, rows), options))
        return self.sha256_of(county, report_date, rows, options.get("revision_rank", 0), options.get("name"))

    def land_all(self, seed: int) -> None:
        groups = list(self.kept.values())
        random.Random(seed).shuffle(groups)
        for group in groups:
            for arguments, options in group:
                super().ledger(*arguments, **options)


def digests(connection: duckdb.DuckDBPyConnection) -> dict[str, Row]:
    """Rows and a digest of every published table, whatever the order of its rows."""
    found: dict[str, Row] = {}
    for table in published_table_names():
        left_out = _ORDER_COLUMNS.get(table, [])
        excluded = f" exclude ({', '.join(left_out)})" if left_out else ""
        rows, digest = connection.execute(
            f"select count(*), coalesce(sum(hash(to_json(t))), 0) from (select *{excluded} from main.{table}) as t"
        ).fetchall()[0]
        found[table] = {"rows": rows, "digest": digest}
    return found


@pytest.mark.slow
def test_neither_a_second_run_nor_another_order_changes_a_table(
    world: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    expected = digests(world)
    shuffled = _Shuffled(tmp_path)
    land_world(shuffled)
    shuffled.land_all(seed=7)
    first = build(Home(tmp_path), AS_OF, tested=False)
    assert digests(first) == expected
    first.close()
    second = build(Home(tmp_path), AS_OF, tested=False)
    assert digests(second) == expected
    second.close()
    assert expected["dim_project"]["rows"] > 50
    assert expected["fct_fund_arrivals"]["rows"] > 50
