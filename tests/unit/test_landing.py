"""Bytes land unchanged under their sha256; the manifest remembers every name, and nothing twice."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest.home import Home
from ingest.lake import SCHEMAS
from ingest.landing import (
    LandingError,
    damaged_objects,
    land_file,
    landed,
    landed_sources,
    object_path,
    read_object,
    shown_name,
    write_landed_files,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_bytes_lie_unchanged_and_read_only_under_their_sha256(home: Home, tmp_path: Path) -> None:
    source = tmp_path / "3月台账.csv"
    source.write_bytes(b"\xef\xbb\xbf\x00any bytes\r\n")
    entry = land_file(home, "ledger", "410928", source, "2026/3月台账.csv")
    assert entry.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    assert read_object(home, entry.sha256) == source.read_bytes()
    assert stat.S_IMODE(object_path(home, entry.sha256).stat().st_mode) == 0o444
    assert (entry.landed_order, entry.name, entry.other_names, entry.is_new) == (1, "2026/3月台账.csv", (), True)
    assert entry.size_bytes == source.stat().st_size
    assert entry.names[0].modified_ns == source.stat().st_mtime_ns


def test_same_bytes_under_another_name_are_one_entry_with_both_names(home: Home) -> None:
    land_file(home, "ledger", "410928", b"same", "a.csv", 1)
    again = land_file(home, "ledger", "410928", b"same", "b.csv", 2)
    assert (again.is_new, again.is_new_name) == (False, True)
    (only,) = landed(home, "ledger", "410928")
    assert (only.name, only.other_names, only.landed_order) == ("a.csv", ("b.csv",), 1)


def test_landing_again_changes_no_file(home: Home) -> None:
    for name in ("a.csv", "b.csv"):
        land_file(home, "ledger", "410928", b"same", name, 1)
    write_landed_files(home, "ledger", "410928")
    before = tree(home.root)
    for name in ("b.csv", "a.csv"):
        assert not land_file(home, "ledger", "410928", b"same", name, 999).is_new_name
    write_landed_files(home, "ledger", "410928")
    assert tree(home.root) == before


def test_sources_and_kinds_are_kept_apart_and_share_the_object(home: Home) -> None:
    land_file(home, "ledger", "410928", b"same", "a.csv", 1)
    other = land_file(home, "ledger", "410922", b"same", "a.csv", 1)
    land_file(home, "news", "dahe", b"page", "p.html", 1)
    assert other.is_new
    assert other.landed_order == 1
    assert landed_sources(home, "ledger") == ["410922", "410928"]
    assert landed_sources(home, "news") == ["dahe"]
    assert landed_sources(home, "follow_up") == []
    assert len(list((home.landing / "objects").glob("??/*"))) == 2


def test_lake_table_follows_the_manifest(home: Home) -> None:
    land_file(home, "ledger", "410928", b"one", "3月台账.csv", 1)
    land_file(home, "ledger", "410928", b"two", "3月台账（更正）.csv", 1)
    land_file(home, "ledger", "410928", b"one", "copy.csv", 1)
    table = pq.read_table(write_landed_files(home, "ledger", "410928"))
    assert table.schema.equals(SCHEMAS["landed_files"])
    rows = table.to_pylist()
    assert [(row["file_name"], row["landed_order"], row["revision_rank"]) for row in rows] == [
        ("3月台账.csv", 1, 0),
        ("3月台账（更正）.csv", 2, 100),
    ]
    assert rows[0]["other_names"] == '["copy.csv"]'
    assert rows[0]["county_code"] == "410928"


@pytest.mark.parametrize("source_id", ["", ".", "..", ".hidden", "a/b", "../../etc"])
def test_a_source_id_never_leaves_the_landing(home: Home, source_id: str) -> None:
    with pytest.raises(LandingError) as caught:
        land_file(home, "ledger", source_id, b"x", "a.csv")
    assert caught.value.code == "bad_source"
    assert not home.landing.exists()


def test_names_in_gb18030_and_decomposed_unicode_are_shown_as_people_read_them() -> None:
    assert shown_name(os.fsdecode("招商台账.xls".encode("gb18030"))) == "招商台账.xls"
    assert shown_name("e\N{COMBINING ACUTE ACCENT}.csv") == "\N{LATIN SMALL LETTER E WITH ACUTE}.csv"


def test_a_damaged_object_is_found_and_landing_mends_a_short_one(home: Home) -> None:
    entry = land_file(home, "ledger", "410928", b"right bytes", "a.csv", 1)
    path = object_path(home, entry.sha256)
    path.chmod(0o644)
    path.write_bytes(b"short")
    assert damaged_objects(home) == [path]
    land_file(home, "ledger", "410928", b"right bytes", "a.csv", 1)
    assert damaged_objects(home) == []
