"""What is taken out of the landing leaves the lake, as a home made again from that landing would have it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.home import Home
from ingest.intake import list_sources, read_source
from ingest.landing import land_file, landed, write_landed_files
from ingest.unlanded import take_away_unlanded

LEDGER = "2026年6月招商引资项目台账,\n项目名称,总投资（万元）\n东城产业园项目,100\n西城物流园项目,200\n"
JULY = LEDGER.replace("6月", "7月")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    for county, content, name in (
        ("410928", LEDGER, "6月.csv"),
        ("410928", JULY, "7月.csv"),
        ("411726", LEDGER, "6月.csv"),
    ):
        land_file(home, "ledger", county, content.encode(), name)
    read_all(home)
    return home


def read_all(home: Home) -> None:
    for source in list_sources(home, home.root / "inbox", "ledger"):
        write_landed_files(home, "ledger", source["source_id"])
        read_source(home, source, workers=1)


def partitions(home: Home) -> set[str]:
    return {str(path.relative_to(home.lake)) for path in home.lake.rglob("*.parquet")}


def made_again(home: Home) -> set[str]:
    again = Home(home.root.parent / "again")
    shutil.copytree(home.landing, again.landing)
    read_all(again)
    return partitions(again)


def test_a_file_taken_out_of_the_landing_leaves_the_lake(home: Home) -> None:
    (gone,) = (entry for entry in landed(home, "ledger", "410928") if entry.name == "6月.csv")
    (home.landing / "manifest" / "ledger" / "410928" / f"{gone.sha256}.json").unlink()
    read_all(home)

    assert take_away_unlanded(home) == 1
    assert partitions(home) == made_again(home)
    assert any("410928" in name for name in partitions(home))  # July stays
    assert take_away_unlanded(home) == 0


def test_a_source_taken_out_of_the_landing_leaves_the_lake(home: Home) -> None:
    shutil.rmtree(home.landing / "manifest" / "ledger" / "411726")

    assert take_away_unlanded(home) == 1
    assert partitions(home) == made_again(home)


def test_a_landing_without_any_file_is_not_there_and_the_lake_stays(home: Home) -> None:
    before = partitions(home)
    shutil.rmtree(home.landing)

    assert take_away_unlanded(home) == 0
    assert partitions(home) == before
