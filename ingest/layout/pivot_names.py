"""Excel's pivot tables in outline: 行标签 above towns and, below each town, its projects; 求和项:总投资 beside them.

A row may be of anything there. Sums prove which are projects: every other row comes to what the names below it come to,
and 总计 to what all names do. Then 行标签 stands for 项目名称, and the other rows are headings, of two levels at most (在建 above
towns above projects); their figures say no more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

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
_DRESSES = ("一、", "（一）")
_LEVELS = len(_DRESSES)
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


def _named(sheet: Sheet, corner: tuple[int, int], headings: Mapping[int, int]) -> Sheet:
    """The sheet with its headings as such: `城关镇：`, and of two levels `一、在建` above `（一）城关镇`."""
    row, column = corner
    rows = [list(cells) for cells in sheet.rows]
    rows[row][column] = _NAME
    are_nested = any(headings.values())
    for heading, level in headings.items():
        text = cell_text(rows[heading][column])
        dressed = f"{_DRESSES[level]}{text}" if are_nested else f"{text}{_HEADS}"
        rows[heading] = [*(None for _ in range(column)), dressed]
    return replace(sheet, rows=rows)


def _headings(
    rows: Sequence[Sequence[CellValue]], first: int, column: int, sums: Sequence[int]
) -> dict[int, int] | None:
    """The rows that come to what the names below them do, each with how many others it stands below; None where the rows
    down to 总计 are others too.
    """
    labels: list[tuple[int, bool, _Figures]] = []
    for row in range(first, len(rows)):
        cells = rows[row]
        label = cell_text(cells[column]) if column < len(cells) else ""
        figures = _figures(cells, sums)
        if not label or figures is None:
            return None
        if label_kind(label) == "total" and not is_name(label):
            names = [own for _, named, own in labels if named]
            is_whole = len(names) >= _FEWEST_NAMES and figures == reduce(_added, names)
            return _levels(labels) if is_whole else None
        labels.append((row, is_name(label), figures))
    return None


def _levels(labels: Sequence[tuple[int, bool, _Figures]]) -> dict[int, int] | None:
    """Each heading's row with its level; None where one comes to no run of names below it, or runs cross, or a name is in none."""
    ends = {at: _end(labels, at) for at, (_, named, _) in enumerate(labels) if not named}
    spans = {at: end for at, end in ends.items() if end is not None}
    if len(spans) < len(ends) or any(at < below < end < spans[below] for at, end in spans.items() for below in spans):
        return None
    if spans and not all(
        any(at < name < end for at, end in spans.items()) for name in set(range(len(labels))) - set(spans)
    ):
        return None
    levels = {at: sum(above < at < end for above, end in spans.items()) for at in spans}
    return {labels[at][0]: level for at, level in levels.items()} if max(levels.values(), default=0) < _LEVELS else None


def _end(labels: Sequence[tuple[int, bool, _Figures]], at: int) -> int | None:
    """Where the names below a heading have come to its figures."""
    stated = labels[at][2]
    nothing = tuple(Decimal(0) for _ in stated)
    if stated == nothing:
        return at + 1
    come = nothing
    for below in range(at + 1, len(labels)):
        _, named, figures = labels[below]
        come = _added(come, figures) if named else come
        if named and come == stated:
            after = below + 1
            while after < len(labels) and labels[after][1:] == (True, nothing):
                after += 1
            return after
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
