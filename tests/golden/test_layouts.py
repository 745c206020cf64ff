"""The 28 real layouts: every cell of every golden file is read as it is expected, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.ledgers.ledger import LedgerSource, read_ledger
from ingest.ledgers.ledger_output import json_lines

HERE = Path(__file__).parent
LAYOUTS = sorted(path.stem for path in (HERE / "expected").glob("*.json"))
DERIVED = ("stage", "stage_raw")


def read(expected: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    path = HERE / "files" / expected["file"]
    source = LedgerSource("420200", default_unit=expected["default_unit"])
    reading = read_ledger(path.read_bytes(), path.name, source)
    *rows, file = [json.loads(line) for line in json_lines(reading, path.name)]
    return rows, file


def test_there_is_a_golden_file_for_every_layout() -> None:
    assert [f"D{number:02}" for number in range(1, 29)] == LAYOUTS


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_is_read_as_expected(layout: str) -> None:
    expected = json.loads((HERE / "expected" / f"{layout}.json").read_text(encoding="utf-8"))
    rows, file = read(expected)
    if expected["refusal"]:
        assert (file["status"], file["reason"]["code"]) == ("refused", expected["refusal"])
        return
    assert file["status"] == "read", file["reason"]
    assert file["report_date"] == expected["report_date"]
    assert [(row["row"], row["status"], row["reasons"]) for row in rows] == [
        (row["row"], "accepted", []) for row in expected["rows"]
    ]
    assert file["rows"]["furniture"] == expected["height"] - len(expected["rows"])
    for row, wanted in zip(rows, expected["rows"], strict=True):
        assert row["kind"] == expected["kind"]
        assert row["fields"].pop("extra") == wanted["extra"]
        assert values(row) == wanted.get("values", [])
        assert fields(row["fields"], wanted["fields"]) == wanted["fields"]


def fields(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The fields that hold something; a stage that only dates gave, names that only the company gave, are left out."""
    derived = {name for name in DERIVED if name not in wanted}
    if "project_company" in wanted and "project_name" not in wanted:
        assert found["project_name"] == wanted["project_company"]
        derived.add("project_name")
    return {name: value for name, value in found.items() if value is not None and name not in derived | {"months"}}


def values(row: dict[str, Any]) -> list[dict[str, Any]]:
    found = row["fields"].pop("values", [])
    for value in found:
        value.pop("recomputed_value")
        if value["unit"] not in ("CNY", "percent"):
            value.pop("unit")
    return found
