"""Sheets without a header that go on with the list of the sheet before them (续表, a second page).

Sure only where the rows are numbered on from that list's last number, reach over the same columns, and hold in each
column what the list holds there. Anything else stays a table without names, and is rejected for people to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.headers.header_text import segment
from ingest.layout.grid import Grid, is_data_like
from ingest.layout.header_growth import NUMBERS
from ingest.layout.table_types import SheetLayout, Table, TextLine
from ingest.rows.furniture import label_kind
from ingest.values.printed import cell_text

_MOST = 0.8
_MOST_FILLED = 0.6


def rest_of_list(grid: Grid, before: SheetLayout) -> SheetLayout | None:
    """The layout of a sheet whose rows go on with the last table of the sheet before; None where that is not sure."""
    table = before.tables[-1] if before.tables else None
    if table is None or table.band or segment(table.columns[0].path[-1]).core not in NUMBERS:
        return None
    number = table.columns[0].index
    last = _numbered(before.grid, number, range(table.first_row, table.end_row))
    own = _numbered(grid, number, range(grid.height))
    if not last or not own or _number(grid, own[0], number) != _number(before.grid, last[-1], number) + 1:
        return None
    if not _go_on(grid, own, number) or not _hold_the_same(before.grid, last, grid, own, table):
        return None
    titles = [TextLine(row, "  ".join(grid.row_texts(row))) for row in range(own[0]) if grid.filled[row]]
    if any(len(grid.filled[line.row]) > 1 for line in titles):
        return None
    # The list's own titles state its unit and stage; they stand on no row of this sheet.
    above = [replace(line, row=-1) for line in table.titles]
    continued = Table(0, (), own[0], grid.height, list(table.columns), [*above, *titles])
    return SheetLayout(grid, [continued], [*above, *titles])


def may_be_records(grid: Grid, rows: Sequence[int], before: SheetLayout) -> bool:
    """Whether rows are no totals and fill most columns of the list on the sheet before, and no others: numbered on or not."""
    table = before.tables[-1] if before.tables else None
    columns = {column.index for column in table.columns} if table is not None else set()
    return all(
        set(grid.filled[row]) <= columns
        and len(grid.filled[row]) >= _MOST_FILLED * len(columns)
        and label_kind(grid.row_texts(row)[0]) is None
        for row in rows
    )


def _numbered(grid: Grid, column: int, rows: Sequence[int]) -> list[int]:
    """The rows with a plain number in the column and more beside it."""
    if column >= grid.width:
        return []
    return [row for row in rows if cell_text(grid.rows[row][column]).isdecimal() and len(grid.filled[row]) > 1]


def _number(grid: Grid, row: int, column: int) -> int:
    return int(cell_text(grid.rows[row][column]))


def _go_on(grid: Grid, rows: Sequence[int], column: int) -> bool:
    """Whether the numbers run on without a gap."""
    first = _number(grid, rows[0], column)
    return [_number(grid, row, column) for row in rows] == list(range(first, first + len(rows)))


def _hold_the_same(before: Grid, last: Sequence[int], grid: Grid, own: Sequence[int], table: Table) -> bool:
    """Whether the rows fill the table's columns only, and each with figures or dates, or with words, as the list does."""
    columns = [column.index for column in table.columns]
    if any(not set(grid.filled[row]) <= set(columns) for row in own):
        return False
    told = 0
    for column in columns[1:]:
        theirs, ours = _share_of_data(before, last, column), _share_of_data(grid, own, column)
        if theirs is None or ours is None:
            continue
        if (theirs >= _MOST and ours < 1 - _MOST) or (theirs < 1 - _MOST and ours >= _MOST):
            return False
        told += 1
    return told * 2 >= len(columns) - 1


def _share_of_data(grid: Grid, rows: Sequence[int], column: int) -> float | None:
    """Which share of a column's cells are figures or dates; None where it has none."""
    cells = [grid.rows[row][column] for row in rows if column < grid.width and grid.rows[row][column] is not None]
    if not cells:
        return None
    return sum(1 for cell in cells if is_data_like(cell)) / len(cells)
