"""What pandas writes around a table that it did not know: `Unnamed: 0` above its columns, and their rows numbered.

Both are no part of the ledger, and with them no row looks like a header.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.formats.sheet import CellValue, Sheet

_UNNAMED = re.compile(r"Unnamed: \d+")


def without_frame_marks(sheet: Sheet) -> Sheet:
    """The sheet without them; the sheet itself where its first row names columns otherwise."""
    first = sheet.rows[0] if sheet.rows else []
    if sum(_is_mark(value) for value in first) * 2 < len(first) or not any(map(_is_mark, first)):
        return sheet
    rows = [[None if _is_mark(value) else value for value in first], *sheet.rows[1:]]
    numbers = [row[0] for row in rows[1:] if row]
    if numbers == list(range(len(numbers))):
        rows = [[None, *row[1:]] for row in rows]
    return replace(sheet, rows=rows)


def _is_mark(value: CellValue) -> bool:
    return isinstance(value, str) and _UNNAMED.fullmatch(value) is not None
