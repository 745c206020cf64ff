"""Lists beside one another whose headers stand in different rows, with an empty column between them or without.

Read as one, the second list's header would be a record of the first. Each is looked for by itself, in the sheet without
the other's columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.layout.header_score import header_score
from ingest.layout.table_types import SheetLayout, Table

_FEWEST_COLUMNS = 3
_MOST_GAPS = 4
_KNOWN = 0.75


def lists_apart(grid: Grid, found: SheetLayout, find: Callable[[Grid], SheetLayout]) -> SheetLayout | None:
    """The layout of a sheet with two lists of projects whose headers are not side by side; None for all others.

    Args:
        grid: the sheet.
        found: its layout, looked for in all its columns.
        find: how the tables of a sheet are found.
    """
    ends = _ends_of_header(found)
    for cut in [*_empty_columns(grid)[:_MOST_GAPS], *ends]:
        left, right = (find(Grid(_only(grid.sheet, *bounds))) for bounds in ((0, cut), (cut, grid.width)))
        tops = [_header_tops(layout) for layout in (left, right)]
        if cut in ends and any(_is_header(grid, top, cut - 1) for top in tops[1] - tops[0]):
            # The title of the list to the right stands where the header of the other one is.
            left, right = (find(Grid(_only(grid.sheet, *bounds))) for bounds in ((0, cut - 1), (cut - 1, grid.width)))
            tops = [_header_tops(layout) for layout in (left, right)]
        if _shares_header(tops[0], right) or _shares_header(tops[1], left):
            continue
        if all(tops) and _header_tops(found) != tops[0] | tops[1]:
            beside = [replace(table, band=table.band + 1) for table in right.tables]
            lines = sorted({line.row: line for line in (*right.lines, *left.lines)}.values(), key=lambda line: line.row)
            return SheetLayout(grid, [*left.tables, *beside], lines)
    return None


def _shares_header(tops: frozenset[int], beside: SheetLayout) -> bool:
    """Whether the columns beside have a header in the row of a list's own: they are its columns, whatever stands below."""
    return any(table.header_rows and table.header_rows[0] in tops for table in beside.tables)


def _empty_columns(grid: Grid) -> list[int]:
    """Columns without any cell, with several columns of cells on either side."""
    seen: set[int] = set()
    for filled in grid.filled:
        seen.update(filled)
        if len(seen) == grid.width:  # most sheets end here, at their first records
            return []
    used = sorted(seen)
    return [
        before + 1
        for at, (before, after) in enumerate(pairwise(used), start=1)
        if after - before > 1 and at >= _FEWEST_COLUMNS and len(used) - at >= _FEWEST_COLUMNS
    ]


def _ends_of_header(found: SheetLayout) -> list[int]:
    """Where several columns without a header begin right beside several with one, or end: another list may stand there."""
    cuts: set[int] = set()
    for table in found.tables:
        named = [column.has_header for column in table.columns]
        switches = [at for at in range(1, len(named)) if named[at] != named[at - 1]]
        if len(switches) == 1 and min(switches[0], len(named) - switches[0]) >= _FEWEST_COLUMNS:
            cuts.add(table.columns[switches[0]].index)
    return sorted(cuts)


def _is_header(grid: Grid, row: int, column: int) -> bool:
    return header_score(grid.text(row, column)) >= _KNOWN


def _only(sheet: Sheet, left: int, right: int) -> Sheet:
    """The sheet with the cells of these columns only (`right` exclusive), at their places."""
    rows = [[value if left <= column < right else None for column, value in enumerate(row)] for row in sheet.rows]
    return replace(sheet, rows=rows, merges=[merge for merge in sheet.merges if left <= merge.left < right])


def _header_tops(layout: SheetLayout) -> frozenset[int]:
    """The first header rows of a layout's lists of projects."""
    return frozenset(table.header_rows[0] for table in layout.tables if table.header_rows and _lists_projects(table))


def _lists_projects(table: Table) -> bool:
    context = HeaderContext()
    return len(table.columns) >= _FEWEST_COLUMNS and any(
        column.has_header and interpret_column(column.path, context=context).field == "project_name"
        for column in table.columns
    )
