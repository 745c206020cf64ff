"""Sheets whose records take two lines each, below a header of two lines: `项目名称` over `建设内容`, `总投资` over `到位资金`.

The second line of header and records is laid to the right of the first, and the sheet is read as any other. Row numbers stay
those of the first lines; the second lines are left blank.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from ingest.grid import Grid
from ingest.header_score import header_score
from ingest.printed import header_text
from ingest.sheet import CellValue, Merge, Sheet
from ingest.table_types import Table

_Value = TypeVar("_Value")
_KNOWN = 0.75
_FEWEST_COLUMNS = 2


def laid_side_by_side(grid: Grid, tables: list[Table]) -> Sheet | None:
    """The sheet with each record on one line; None where its records take one line already."""
    for table in tables:
        if len(table.header_rows) == 2 and _names_two_fields_each(grid, table):
            first_lines = _records_of_two_lines(grid, table)
            if first_lines:
                return laid(grid, {table.header_rows[0], *first_lines})
    return None


def _names_two_fields_each(grid: Grid, table: Table) -> bool:
    """Whether under most columns' names another field's name stands, in a cell of its own."""
    upper, lower = table.header_rows
    double = [
        column.index
        for column in table.columns
        if grid.rows[upper][column.index] is not None and grid.rows[lower][column.index] is not None
    ]
    known = [
        column
        for column in double
        if grid.span(upper, column) == 1
        and all(header_score(header_text(grid.rows[row][column])) >= _KNOWN for row in (upper, lower))
    ]
    return len(known) >= _FEWEST_COLUMNS and len(known) * 2 >= len(grid.filled[lower])


def _records_of_two_lines(grid: Grid, table: Table) -> list[int]:
    """First lines of records: rows whose cell under a header of both lines' height is merged over exactly two rows.

    Empty unless most filled rows belong to such records.
    """
    upper, lower = table.header_rows
    anchors = {
        area.left for area in grid.merges if area.top == upper and area.bottom == lower and area.left == area.right
    }
    firsts = sorted(
        {
            area.top
            for area in grid.merges
            if area.left in anchors and area.top >= table.first_row and area.bottom == area.top + 1
        }
    )
    filled = sum(1 for row in range(table.first_row, table.end_row) if grid.filled[row])
    return firsts if firsts and 2 * len(firsts) >= 0.6 * filled else []


def laid(grid: Grid, first_lines: set[int]) -> Sheet:
    """The sheet with the line below each of `first_lines` moved to the right of it."""
    sheet, width = grid.sheet, grid.width

    def place(row: int, column: int) -> tuple[int, int]:
        return (row - 1, column + width) if row - 1 in first_lines else (row, column)

    rows: list[list[CellValue]] = []
    for row, cells in enumerate(grid.rows):
        if row - 1 in first_lines:
            rows[-1].extend(cells)
            rows.append([])
        else:
            rows.append(list(cells))
    return replace(
        sheet,
        rows=rows,
        merges=[merge for merge in sheet.merges if not _is_within(merge, first_lines)],
        errors=_moved(sheet.errors, place),
        uncached=frozenset(place(*cell) for cell in sheet.uncached),
        indents=_moved(sheet.indents, place),
        percents=frozenset(place(*cell) for cell in sheet.percents),
    )


def _is_within(merge: Merge, first_lines: set[int]) -> bool:
    return merge.top in first_lines or merge.top - 1 in first_lines


def _moved(
    cells: dict[tuple[int, int], _Value], place: Callable[[int, int], tuple[int, int]]
) -> dict[tuple[int, int], _Value]:
    return {place(*cell): value for cell, value in cells.items()}
