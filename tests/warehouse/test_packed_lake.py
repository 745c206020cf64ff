"""The packed lake holds what the lake holds, after whatever happened to it, in few files."""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.home import Home
from ingest.lake import SCHEMAS, LakeUnreadableError, ensure_empty_partitions, partition_path, write_partition
from warehouse import packed_lake
from warehouse.packed_lake import pack_lake

TABLE = "ledger_files"
PERIODS = ("2026-01", "2026-02", "unknown")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    ensure_empty_partitions(home.lake)
    return home


def _put(home: Home, number: int, *, period: str = "2026-01", rows: int = 1, text: str = "") -> Path:
    record = {
        "file_sha256": f"{number:064d}",
        "county_code": "610112",
        "file_name": text,
        "report_date": dt.date(2026, 1, 5),
    }
    path = partition_path(home.lake, TABLE, period, "610112", record["file_sha256"])
    write_partition(path, pa.Table.from_pylist([record] * rows, schema=SCHEMAS[TABLE]))
    return path


def _rows(folder: Path) -> Counter[Any]:
    pattern = folder / TABLE / "*" / "*.parquet"
    with duckdb.connect() as connection:
        found = connection.execute(
            "select file_sha256, file_name, report_date, period from read_parquet(?, hive_partitioning = true,"
            " hive_types_autocast = false)",
            [str(pattern)],
        ).fetchall()
    return Counter(found)


def _files(home: Home) -> dict[str, int]:
    packs = (pack_lake(home) / TABLE).rglob("*.parquet")
    return {str(path): path.stat().st_mtime_ns for path in packs}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_lands_and_goes_the_packs_hold_the_same_rows(home: Home, seed: int) -> None:
    dice = random.Random(seed)
    lying: list[Path] = []
    for step in range(25):
        for _ in range(dice.randrange(4)):
            lying.append(
                _put(home, dice.randrange(40), period=dice.choice(PERIODS), text=f"{step}", rows=dice.randrange(3))
            )
        if lying and dice.random() < 0.4:
            dice.choice(lying).unlink(missing_ok=True)
        if dice.random() < 0.7:
            assert _rows(pack_lake(home)) == _rows(home.lake)


def test_a_year_of_days_is_few_files(home: Home) -> None:
    for day in range(365):
        _put(home, day, period="2026-01")
        if day % 5 == 0:
            pack_lake(home)
    assert sum(_rows(pack_lake(home)).values()) == 365
    assert len(list((pack_lake(home) / TABLE).rglob("*.parquet"))) < 15


def test_what_did_not_change_is_left_alone(home: Home) -> None:
    for number in range(5):
        _put(home, number, period="2026-01")
    before = _files(home)
    _put(home, 9, period="2026-02")
    after = _files(home)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_what_is_written_into_a_partition_by_hand_is_seen(home: Home) -> None:
    for number in range(3):
        _put(home, number)
    before = pack_lake(home)
    path = partition_path(home.lake, TABLE, "2026-01", "610112", f"{1:064d}")
    table = pq.ParquetFile(path).read()
    pq.write_table(pa.concat_tables([table, table]), path)
    assert _rows(before) != _rows(home.lake)
    assert _rows(pack_lake(home)) == _rows(home.lake)


def test_a_corrected_ledger_costs_its_own_pack(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.packed_lake._FULL_PACK_BYTES", 3 * _put(home, 0).stat().st_size + 100)
    for number in range(1, 9):
        _put(home, number)
    before = _files(home)
    _put(home, 4, text="更正")
    after = _files(home)
    assert len(before.keys() - after.keys()) == 1
    assert _rows(pack_lake(home)) == _rows(home.lake)


def test_a_period_or_the_packs_can_be_taken_away(home: Home) -> None:
    gone = _put(home, 1, period="2026-02")
    _put(home, 2)
    packed = pack_lake(home)
    gone.unlink()
    gone.parent.rmdir()
    assert _rows(pack_lake(home)) == _rows(home.lake)
    next((packed / TABLE / "period=2026-01").iterdir()).unlink()
    assert _rows(pack_lake(home)) == _rows(home.lake)


def test_what_a_killed_run_left_is_not_read(home: Home) -> None:
    _put(home, 1)
    folder = pack_lake(home) / TABLE / "period=2026-01"
    pq.write_table(pq.read_table(next(folder.iterdir())), folder / "half-done.parquet")
    assert _rows(pack_lake(home)) == _rows(home.lake)
    (folder.parent / "members-of-period=2026-01.json").write_text("[{", encoding="utf-8")
    _put(home, 2)
    assert _rows(pack_lake(home)) == _rows(home.lake)


def test_a_large_ledger_is_not_copied(home: Home) -> None:
    dice = random.Random(7)
    records = [{"file_sha256": "9" * 64, "file_name": dice.randbytes(200).hex()} for _ in range(6000)]
    large = partition_path(home.lake, TABLE, "2026-01", "610112", "9" * 64)
    write_partition(large, pa.Table.from_pylist(records, schema=SCHEMAS[TABLE]))
    _put(home, 2)
    packs = (pack_lake(home) / TABLE / "period=2026-01").iterdir()
    assert large.stat().st_ino in {pack.stat().st_ino for pack in packs}


def test_a_share_without_hard_links_is_copied(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    _put(home, 1, period="2026-02")
    assert _rows(pack_lake(home)) == _rows(home.lake)


def test_a_partition_that_a_reading_takes_away_meanwhile_is_none(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    leaving = [_put(home, 1), _put(home, 2), _put(home, 3)][1]
    look = packed_lake._stamps

    def look_and_lose(folder: Path) -> dict[str, packed_lake.Stamp]:
        found = look(folder)
        if folder == leaving.parent:
            leaving.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(packed_lake, "_stamps", look_and_lose)
    assert sum(_rows(pack_lake(home)).values()) == 2


def test_a_damaged_partition_is_named_with_what_to_do(home: Home) -> None:
    _put(home, 1)
    damaged = _put(home, 2)
    damaged.write_bytes(damaged.read_bytes()[:100])
    with pytest.raises(LakeUnreadableError, match=damaged.name):
        pack_lake(home)
    damaged.unlink()
    assert _rows(pack_lake(home)) == _rows(home.lake)
