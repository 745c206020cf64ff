"""The invented national lake: the reader's tables, the same rows every time, and what makes real ledgers hard."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from bench.national_lake import NationalLake, Size
from ingest.home import Home
from ingest.lake import SCHEMAS

SIZE = Size(counties=20, weeks=12)


def write(root: Path) -> Home:
    home = Home(root)
    lake = NationalLake(home, SIZE)
    written = sum(lake.write_weeks(range(SIZE.weeks)))
    lake.close()
    assert written > 10_000
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return write(tmp_path_factory.mktemp("national"))


def ask(home: Home, query: str, table: str = "ledger_project_rows") -> list[tuple[object, ...]]:
    rows = f"read_parquet('{home.lake}/{table}/*/week-*.parquet', hive_partitioning = false)"
    return duckdb.execute(query.format(rows=rows)).fetchall()


def test_it_writes_the_tables_of_the_reader(home: Home) -> None:
    for table in ("ledger_project_rows", "ledger_files", "landed_files", "ledger_columns"):
        path = next((home.lake / table).glob("*/week-*.parquet"))
        schema = pq.read_schema(path)
        assert [(field.name, field.type) for field in schema] == [(field.name, field.type) for field in SCHEMAS[table]]


def test_the_same_size_gives_the_same_rows(home: Home, tmp_path: Path) -> None:
    digest = "select count(*), sum(hash(to_json(r))) from {rows} as r"
    assert ask(home, digest) == ask(write(tmp_path), digest)


def test_every_row_belongs_to_a_ledger_and_stands_once(home: Home) -> None:
    assert ask(home, "select count(*) - count(distinct row_id) from {rows}") == [(0,)]
    listed = {sha for (sha,) in ask(home, "select distinct file_sha256 from {rows}")}
    assert listed == {sha for (sha,) in ask(home, "select file_sha256 from {rows}", "ledger_files")}


def test_counties_skip_weeks_and_correct_ledgers_and_projects_come_late(home: Home) -> None:
    assert ask(home, "select count(*) < 20 * 12 from {rows} where revision_rank = 0", "ledger_files") == [(True,)]
    late = "select count(*) > 0 from (select min(report_date) as d from {rows} group by county_code, row_number) where d > '2021-01-15'"
    assert ask(home, late) == [(True,)]
    assert ask(home, "select count(distinct stage) >= 3, count(distinct progress_note) > 10 from {rows}") == [
        (True, True)
    ]


def test_a_week_can_lie_a_file_a_ledger(home: Home, tmp_path: Path) -> None:
    apart = Home(tmp_path)
    lake = NationalLake(apart, SIZE)
    rows = lake.write_ledgers(5)
    lake.close()
    week = "report_date = date '2021-02-12'"
    together = duckdb.execute(
        f"select count(*), count(distinct file_sha256), sum(hash(to_json(r))) from read_parquet("
        f"'{home.lake}/ledger_project_rows/*/week-*.parquet', hive_partitioning = false) as r where {week}"
    ).fetchall()
    files = list((apart.lake / "ledger_project_rows").glob("period=2021-02/*.parquet"))
    found = duckdb.execute(
        "select count(*), count(distinct file_sha256), sum(hash(to_json(r)))"
        " from read_parquet(?, hive_partitioning = false) as r",
        [[str(path) for path in files]],
    ).fetchall()
    assert found == together
    assert found[0][:2] == (rows, len(files))
