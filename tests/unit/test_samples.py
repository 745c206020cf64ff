"""The committed sample inbox is the generator's output, opens as what it claims to be, and its truth holds together."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LEDGERS = SAMPLES / "inbox" / "ledgers"


def _digests(folder: Path) -> dict[str, str]:
    files = [path for part in ("inbox", "truth") for path in (folder / part).rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _truth(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((SAMPLES / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def test_the_generator_writes_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLES / "generate.py"), str(tmp_path)], check=True)
    assert _digests(tmp_path) == _digests(SAMPLES)


def test_the_inbox_is_small_and_has_every_county_and_form() -> None:
    files = [path for path in (SAMPLES / "inbox").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 1_500_000
    counties = {path.name for path in LEDGERS.iterdir()}
    assert counties == {"410922", "410923", "410928", "411103", "411722", "411723", "611023"}
    assert len(list((SAMPLES / "inbox" / "news").iterdir())) >= 13


@pytest.mark.parametrize(
    ("pattern", "magic"),
    [
        ("410928/*台账*.xlsx", b"PK\x03\x04"),
        ("411103/*重点项目*.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("611023/*台账*.xls", b"<html"),
        ("411723/*.csv", b"\xef\xbb\xbf"),
        ("410922/*.csv", "编号".encode("gb18030")),
    ],
)
def test_files_are_by_content_what_the_layout_says(pattern: str, magic: bytes) -> None:
    found = sorted(LEDGERS.glob(pattern))
    assert len(found) >= 5
    assert all(path.read_bytes().startswith(magic) for path in found)


def test_one_workbook_is_refused_and_its_county_sent_the_month_all_the_same() -> None:
    (refused,) = _truth("refused_files")
    broken = LEDGERS / refused["county_code"] / refused["file"]
    with pytest.raises(Exception, match=r"(?i)zip"):
        openpyxl.load_workbook(io.BytesIO(broken.read_bytes()))
    assert broken.with_suffix(".csv").exists()


def test_merged_three_level_headers_and_the_total_in_the_first_data_row() -> None:
    sheet = openpyxl.load_workbook(LEDGERS / "410928" / "濮阳县招商引资项目台账202610.xlsx").active
    assert sheet is not None
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A3:A5", "H3:J3", "H4:I4"} <= merged
    assert sheet["H5"].value == "合计"
    assert sheet["A6"].value == "合计"


def test_the_truth_of_arrivals_adds_up_to_the_last_cumulative() -> None:
    by_project: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in _truth("arrivals"):
        by_project.setdefault((row["county_code"], row["project_name"]), []).append(row)
    known = {key: rows for key, rows in by_project.items() if rows[-1]["cumulative_cny"] is not None and len(rows) > 1}
    assert len(known) > 30
    for rows in known.values():
        assert sum(row["amount_cny"] for row in rows) == rows[-1]["cumulative_cny"]
        assert [row["report_month"] for row in rows] == sorted(row["report_month"] for row in rows)
    assert [row["amount_cny"] for row in _truth("arrivals") if row["kind"] == "correction"] == [-15_000_000]


def test_lights_agree_with_the_dates_they_rest_on() -> None:
    as_of = date.fromisoformat((SAMPLES / "truth" / "as_of.txt").read_text().strip())
    signed = {(row["county_code"], row["project_name"]): row["signed_on"] for row in _truth("signings")}
    lights = _truth("lights")
    for row in lights:
        if row["rule_id"] == "R01" and row["light"] != "unknown":
            days = (as_of - date.fromisoformat(signed[row["county_code"], row["project_name"]])).days
            assert row["observed_value"] == days
            assert (days >= 365) == (row["light"] == "red")
    shown = Counter((row["rule_id"], row["light"]) for row in lights)
    assert {("R01", "yellow"), ("R01", "red"), ("R05", "red"), ("R06", "red"), ("R06", "unknown")} <= set(shown)


def test_no_phone_number_stands_open() -> None:
    for path in LEDGERS.rglob("*.xlsx"):
        if path.name.endswith("20260831.xlsx"):
            continue
        for sheet in openpyxl.load_workbook(path):
            for cells in sheet.iter_rows(values_only=True):
                assert not any(isinstance(value, str) and value.isdigit() and len(value) == 11 for value in cells)
