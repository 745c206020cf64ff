"""Ledgers taken back and restored: landed events, the last of which stands; their rows leave the lake and come back."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from ingest import withdrawals
from ingest.home import Home
from ingest.intake import read_source
from ingest.landing import land_file, landed
from luodi.cli import app

LEDGER = "2026年6月招商引资项目台账,\n项目名称,总投资（万元）\n东城产业园项目,100\n西城物流园项目,200\n"
OTHER = LEDGER.replace("6月", "7月")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    land_file(home, "ledger", "410982", LEDGER.encode(), "台账2026年6月.csv")
    land_file(home, "ledger", "410982", OTHER.encode(), "台账2026年7月.csv")
    land_file(home, "ledger", "410928", LEDGER.encode(), "台账2026年6月.csv")
    return home


def luodi(home: Home, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["ledger", *arguments, "--home", str(home.root)])


def read(home: Home, county: str) -> dict[str, object]:
    return read_source(home, {"source_id": county, "kind": "ledger", "label": county, "inbox": ""}, workers=1)


def rows(home: Home, table: str, county: str) -> list[dict[str, object]]:
    found = sorted((home.lake / table).glob(f"period=*/{county}-*.parquet"))
    return [row for path in found for row in pq.read_table(path).to_pylist()]


def test_a_withdrawn_ledger_has_no_rows_until_it_is_restored(home: Home) -> None:
    read(home, "410982")
    before = {path: path.read_bytes() for path in sorted(home.lake.rglob("*.parquet"))}
    assert len(rows(home, "ledger_project_rows", "410982")) == 4
    first = landed(home, "ledger", "410982")[0]

    said = luodi(home, "withdraw", first.sha256[:10], "--county", "410982", "--reason", "放错县区", "--by", "张某")
    assert said.exit_code == 0, said.output
    assert "下次运行生效" in said.stdout
    assert "luodi run" in said.stdout
    outcome = read(home, "410982")
    assert outcome["files_read"] == 1
    assert len(rows(home, "ledger_project_rows", "410982")) == 2
    file = next(row for row in rows(home, "ledger_files", "410982") if row["file_sha256"] == first.sha256)
    assert (file["status"], file["reason_code"]) == ("refused", "withdrawn")
    assert "放错县区" in str(file["reason_message"])
    assert "张某" in str(file["reason_message"])
    assert "luodi ledger restore" in str(file["reason_message"])
    assert read(home, "410982")["files_read"] == 0

    assert luodi(home, "restore", first.sha256, "--county", "410982", "--reason", "弄错了").exit_code == 0
    read(home, "410982")
    assert {path: path.read_bytes() for path in sorted(home.lake.rglob("*.parquet"))} == before


def test_the_same_bytes_of_another_county_stay(home: Home) -> None:
    sha256 = landed(home, "ledger", "410928")[0].sha256
    both = luodi(home, "withdraw", sha256, "--reason", "放错县区")
    assert both.exit_code == 2
    assert "410982" in both.stderr
    assert "410928" in both.stderr
    assert luodi(home, "withdraw", sha256, "--county", "410982", "--reason", "放错县区").exit_code == 0
    assert sha256 in withdrawals.withdrawn(home, "410982")
    assert withdrawals.withdrawn(home, "410928") == {}


def test_a_whole_county_is_taken_back_and_restored_and_taken_back_again(home: Home) -> None:
    for number in range(2):
        assert luodi(home, "withdraw", "--county", "410982", "--all", "--reason", "没有这个县").exit_code == 0, number
        assert len(withdrawals.withdrawn(home, "410982")) == 2
        assert luodi(home, "withdraw", "--county", "410982", "--all", "--reason", "没有这个县").exit_code == 2
        assert luodi(home, "restore", "--county", "410982", "--all", "--reason", "有这个县").exit_code == 0
        assert withdrawals.withdrawn(home, "410982") == {}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("withdraw", "--reason", "错"), "编号"),
        (("withdraw", "--all", "--reason", "错"), "编号"),
        (("withdraw", "abc", "--reason", "错"), "没有落地这样的台账"),
        (("withdraw", "0000000000", "--reason", "错"), "没有落地这样的台账"),
        (("withdraw", "", "--reason", "错"), "编号太短，请至少写前6位"),
        (("withdraw", "--county", "410982", "--all", "--reason", " "), "原因"),
        (("withdraw", "--county", "410982", "--all"), "缺少 --reason"),
        (("restore", "--county", "410982", "--all", "--reason", "错"), "没有这样的台账"),
    ],
)
def test_what_cannot_be_taken_back_is_said(home: Home, arguments: tuple[str, ...], said: str) -> None:
    result = luodi(home, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (home.landing / "manifest" / "withdrawal").exists()


def test_a_file_named_like_one_taken_back_lands_and_counts(home: Home) -> None:
    first = landed(home, "ledger", "410982")[0]
    assert luodi(home, "withdraw", first.sha256, "--county", "410982", "--reason", "作废").exit_code == 0
    land_file(home, "ledger", "410982", LEDGER.replace("100", "150").encode(), "台账2026年6月.csv")
    read(home, "410982")
    assert len(rows(home, "ledger_project_rows", "410982")) == 4
