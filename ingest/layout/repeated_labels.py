"""Titles, headings and notes that an export wrote into every cell they were merged over: `一、签约项目` ten times in a row.

No record says the same in all its cells. The row is shown as it was, one cell merged over the others, so that it is read
like any other title or heading.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.formats.sheet import CellValue, Merge, Sheet
from ingest.layout.grid import is_data_like
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import compact

_FEWEST = 3
_SHORTEST = 2


def with_labels_once(sheet: Sheet) -> Sheet:
    """The sheet with each such row's text in its first cell only; the sheet itself where it has none."""
    found = {number for number, row in enumerate(sheet.rows) if _is_one_label(row)}
    if not found:
        return sheet
    rows = list(sheet.rows)
    merges = [merge for merge in sheet.merges if merge.top != merge.bottom or merge.top not in found]
    for number in sorted(found):
        filled = [column for column, value in enumerate(rows[number]) if value is not None]
        first, last = filled[0], filled[-1]
        rows[number] = [value if column == first else None for column, value in enumerate(rows[number])]
        merges.append(Merge(number, first, number, last))
    return replace(sheet, rows=rows, merges=merges)


def _is_one_label(row: list[CellValue]) -> bool:
    """Whether a row holds one text only, in several cells; ticks, marks and numbers are values of a record."""
    text = row[0] if row else None
    if text is None:
        text = next((value for value in row if value is not None), None)
    # Most rows end here: they begin with their number, or end otherwise than they begin.
    if not isinstance(text, str) or row[-1] not in (text, None):
        return False
    texts = [value for value in row if value is not None]
    return (
        len(texts) >= _FEWEST
        and texts.count(text) == len(texts)
        and len(compact(text)) > _SHORTEST
        and not is_data_like(text)
        and not is_placeholder(text)
    )
