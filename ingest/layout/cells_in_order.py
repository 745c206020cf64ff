"""Rows whose cells are merged otherwise than their header's, as Word tables become in a spreadsheet.

Every row of such a table has as many cells as its header, but their borders do not meet: 投资方 over E:F, the investor in D:F.
The cells are taken in their order, and moved below the headers that they belong to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.formats.sheet import CellValue, Merge, Sheet
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table


def cells_below_headers(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with the cells of such rows below their headers; None where no row is merged so."""
    if not grid.merges:
        return None
    wide = {area.top for area in grid.merges if area.right > area.left}
    moved: dict[int, dict[int, CellValue]] = {}
    for table in tables:
        if table.band:
            continue
        left, right = table.left, _right_end(grid, table)
        header = _cells(grid, table.header_rows[-1], left, right, above=table.header_rows[0])
        if header is None:
            continue
        for row in table.body_rows:
            if row in wide and (placed := _placed(grid, row, header, left, right)) is not None:
                moved[row] = placed
    return _with_moved(grid, moved) if moved else None


def _right_end(grid: Grid, table: Table) -> int:
    area = grid.merge_at(table.header_rows[-1], table.right)
    return area.right if area is not None else table.right


def _cells(grid: Grid, row: int, left: int, right: int, above: int | None = None) -> list[tuple[int, int]] | None:
    """The cells of a row as people see them, each with its first and last column; None where one reaches over other rows
    (those of a header may reach down from row `above`).
    """
    top = row if above is None else above
    found, column = [], left
    while column <= right:
        area = grid.merge_at(row, column)
        if area is not None and (area.top < top or area.bottom > row or area.left != column):
            return None
        last = area.right if area is not None else column
        found.append((column, last))
        column = last + 1
    return found


def _placed(
    grid: Grid, row: int, header: Sequence[tuple[int, int]], left: int, right: int
) -> dict[int, CellValue] | None:
    """The values of a row by the columns of their headers; None where they stand below these as they are."""
    starts = {first for first, _ in header}
    if not any(column not in starts for column in grid.filled[row] if left <= column <= right):
        return None
    cells = _cells(grid, row, left, right)
    if cells is None or len(cells) != len(header) or all(first == last for first, last in cells):
        return None
    return {own: grid.rows[row][first] for (first, _), (own, _) in zip(cells, header, strict=True)}


def _with_moved(grid: Grid, moved: dict[int, dict[int, CellValue]]) -> Sheet:
    rows = [list(cells) for cells in grid.rows]
    for row, placed in moved.items():
        first, last = min(placed), max(column for area in _areas(grid, row) for column in (area.left, area.right))
        for column in range(first, last + 1):
            rows[row][column] = placed.get(column)
    merges = [area for area in grid.merges if area.top != area.bottom or area.top not in moved]
    return replace(grid.sheet, rows=rows, merges=merges)


def _areas(grid: Grid, row: int) -> list[Merge]:
    return [area for area in grid.merges if area.top == row]
