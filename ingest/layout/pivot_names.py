"""Excel's pivot tables in outline: 行标签 above towns and, below each town, its projects; 求和项:总投资 beside them.

A row may be of anything there. Sums prove which are projects: every other row comes to what the names below it come to,
and 总计 to what all names do. Then 行标签 stands for 项目名称, and the other rows are headings; their figures say no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.columns.names_by_cells import is_name
from ingest.formats.sheet import CellValue, Sheet
from ingest.layout.table_rows import plain_number
from ingest.rows.furniture import label_kind
from ingest.values.printed import cell_text, compact

_LABELS = "行标签"
_SUMMED = re.compile(r"求和项[:：]\S")
_NAME = "项目名称"
# 城关镇： is a heading whatever it says.
_HEADS = "："
_HEADER_WITHIN = 20
_FEWEST_NAMES = 2
_PLACES = 4

_Figures = tuple[Decimal, ...]


def with_pivot_names(sheet: Sheet) -> Sheet:
    """The sheet with 项目名称 above the labels of its pivot table; the sheet itself where its sums prove no projects."""
    for row, cells in enumerate(sheet.rows[:_HEADER_WITHIN]):
        for column, value in enumerate(cells):
            if isinstance(value, str) and compact(value) == _LABELS:
                sums = [at for at, text in enumerate(cells) if isinstance(text, str) and _SUMMED.match(compact(text))]
                headings = _headings(sheet.rows, row + 1, column, sums) if sums else None
                return sheet if headings is None else _named(sheet, (row, column), headings)
    return sheet


def _named(sheet: Sheet, corner: tuple[int, int], headings: Sequence[int]) -> Sheet:
    row, column = corner
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = _NAME
    for heading in headings:
        rows[heading] = [*(None for _ in range(column)), f"{cell_text(rows[heading][column])}{_HEADS}"]
    return replace(sheet, rows=rows)


def _headings(rows: Sequence[Sequence[CellValue]], first: int, column: int, sums: Sequence[int]) -> list[int] | None:
    """The rows that come to what the names below them do; None where the rows down to 总计 are others too."""
    nothing = tuple(Decimal(0) for _ in sums)
    stated, below, whole, names = nothing, nothing, nothing, 0
    found: list[int] = []
    for row in range(first, len(rows)):
        cells = rows[row]
        label = cell_text(cells[column]) if column < len(cells) else ""
        figures = _figures(cells, sums)
        if not label or figures is None:
            return None
        if is_name(label):
            below, whole, names = _added(below, figures), _added(whole, figures), names + 1
            continue
        if found and stated != below:
            return None
        if label_kind(label) == "total":
            return found if names >= _FEWEST_NAMES and figures == whole else None
        if not found and names:
            return None
        found.append(row)
        stated, below = figures, nothing
    return None


def _figures(cells: Sequence[CellValue], columns: Sequence[int]) -> _Figures | None:
    """A row's sums, blank ones as nothing; None where one is no figure."""
    found = []
    for column in columns:
        value = cells[column] if column < len(cells) else None
        number = Decimal(0) if value is None else plain_number(value)
        if number is None:
            return None
        found.append(round(Decimal(str(number)), _PLACES))
    return tuple(found)


def _added(one: _Figures, other: _Figures) -> _Figures:
    return tuple(left + right for left, right in zip(one, other, strict=True))
