"""The public torture workbooks beside the checkout: no crash, no hang, bounded, and the values python-calamine reads."""

from __future__ import annotations

import io
from pathlib import Path

import bounded_jobs
import pytest
import python_calamine as calamine

from ingest.bounded import run_bounded
from ingest.formats.sheet import Refusal
from ingest.formats.workbook import open_workbook
from ingest.limits import MIB

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "workbooks"
FILES = sorted(CORPUS.iterdir()) if CORPUS.is_dir() else []

pytestmark = pytest.mark.skipif(not FILES, reason="../shared/workbooks is not beside the checkout")

REFUSED = {
    "OOM_alloc3.xls": "truncated",
    "issue252.xlsx": "truncated",
    "issue_385.xls": "encrypted",
    "issue_594_dos.ods": "too_large",
    "pass_protected.ods": "encrypted",
    "pass_protected.xlsb": "encrypted",
    "pass_protected.xlsx": "encrypted",
    "too_small.xls": "not_a_table",
}


def calamine_sheets(data: bytes) -> dict[str, list[list[object]]]:
    """What python-calamine itself reads of every worksheet, empty text as None; no sheets where it reads nothing."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.CalamineError:
        return {}
    sheets: dict[str, list[list[object]]] = {}
    for index, meta in enumerate(book.sheets_metadata):
        if meta.typ == calamine.SheetTypeEnum.WorkSheet:
            try:
                rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
            except OSError:
                continue
            sheets[meta.name] = [[None if value == "" else value for value in row] for row in rows]
    return sheets


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_same_values_as_calamine(path: Path):
    data = path.read_bytes()
    opened = open_workbook(data, path.name)
    expected = calamine_sheets(data)
    if isinstance(opened, Refusal):
        assert opened.code == REFUSED.get(path.name, "empty")
        assert not any(value is not None for rows in expected.values() for row in rows for value in row)
        return
    assert {sheet.name: sheet.rows for sheet in opened.sheets} == expected


def test_no_crash_no_hang_and_bounded():
    outcomes = list(run_bounded(bounded_jobs.open_file, map(str, FILES), workers=2))
    assert len(outcomes) == len(FILES)
    assert [outcome.item for outcome in outcomes if outcome.failure] == []
    assert max(outcome.value[1] for outcome in outcomes if outcome.value) < 300 * MIB
