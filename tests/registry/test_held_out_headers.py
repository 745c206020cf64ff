"""Header wordings written down before the rules were widened: none may be wrong, most must be placed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column

HERE = Path(__file__).parent
LISTS = sorted(HERE.glob("held_out_headers*.csv"))


def _cases(path: Path) -> list[tuple[tuple[str, ...], str | None]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return [(tuple(row["path"].split(" > ")), row["field"] or None) for row in csv.DictReader(handle)]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_field_is_wrong_and_most_are_placed(path: Path) -> None:
    cases = _cases(path)
    read = [
        (header, field, interpret_column(header, context=HeaderContext(report_year=2026))) for header, field in cases
    ]
    wrong = [(header, field, got.field) for header, field, got in read if got.field not in (field, None)]
    wanted = [got.field for _, field, got in read if field is not None]
    placed = sum(1 for field in wanted if field is not None) / len(wanted)
    assert wrong == []
    assert placed >= 0.96


def test_the_lists_are_large_enough_to_mean_something() -> None:
    cases = [case for path in LISTS for case in _cases(path)]
    assert len(cases) >= 900
    assert sum(1 for _, field in cases if field is None) >= 250
