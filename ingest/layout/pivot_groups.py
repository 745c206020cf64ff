"""Excel's pivot tables in columns: 乡镇 | 项目状态 | 项目名称, a town written once above its rows and closed by `城关镇 汇总`.

That row says what the blanks between it and the town hold. Without such rows nothing is filled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.formats.sheet import CellValue, Sheet
from ingest.values.printed import cell_text

_CLOSES = " 汇总"
_SUMMED = re.compile("(?:求和|计数|平均值?)项[:：]")
_FEWEST = 2
_HEADER_WITHIN = 20


def with_pivot_groups(sheet: Sheet) -> Sheet:
    """The sheet with each group's name in all of its rows; the sheet itself where it sums nothing up, or no rows close groups."""
    if sheet.merges or not any(map(_sums_up, sheet.rows[:_HEADER_WITHIN])):
        return sheet
    closed = {
        (row, column): text.removesuffix(_CLOSES)
        for row, cells in enumerate(sheet.rows)
        for column, value in enumerate(cells)
        if isinstance(value, str) and (text := value.strip()).endswith(_CLOSES)
    }
    if len(closed) < _FEWEST:
        return sheet
    totals = {row for row, _ in closed}
    told: dict[tuple[int, int], CellValue] = {}
    for (row, column), name in closed.items():
        told.update(_blanks(sheet, row, column, name, totals))
    return _filled(sheet, told) if told else sheet


def _sums_up(cells: Sequence[CellValue]) -> bool:
    """求和项:总投资（万元）: the header of a pivot table."""
    return any(isinstance(value, str) and _SUMMED.match(value.strip()) for value in cells)


def _blanks(sheet: Sheet, row: int, column: int, name: str, totals: set[int]) -> dict[tuple[int, int], CellValue]:
    """The blank cells between a group's closing row and the cell that names it; none where another text stands between."""
    found: dict[tuple[int, int], CellValue] = {}
    for above in range(row - 1, -1, -1):
        cells = sheet.rows[above]
        value = cells[column] if column < len(cells) else None
        if value is None:
            if above not in totals:
                found[above, column] = name
        elif cell_text(value).strip() == name:
            return found
        else:
            return {}
    return {}


def _filled(sheet: Sheet, told: Mapping[tuple[int, int], CellValue]) -> Sheet:
    rows = [list(cells) for cells in sheet.rows]
    for (row, column), value in told.items():
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        rows[row][column] = value
    return replace(sheet, rows=rows)
