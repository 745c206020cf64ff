"""Labels left of a list that are merged over its header as well as its rows: 签约项目 beside 序号 | 项目名称 and all projects.

Below a header such a cell would be the header of a column. It is moved down to the first of the rows, where it says of all
of them what a heading above them would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.formats.sheet import CellValue, Merge, Sheet
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.rows.group_fields import is_heading
from ingest.values.printed import cell_text

_FEWEST_COLUMNS = 3


def side_labels_beside_rows(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with such labels beside the rows only; None where it has none."""
    found = [(area, table) for table in tables for area in grid.merges if _is_side_label(grid, table, area)]
    if not found:
        return None
    rows: list[list[CellValue]] = [list(cells) for cells in grid.rows]
    merges = [area for area in grid.merges if all(area is not one for one, _ in found)]
    for area, table in found:
        rows[area.top][area.left], rows[table.first_row][area.left] = None, rows[area.top][area.left]
        merges.append(replace(area, top=table.first_row))
    return replace(grid.sheet, rows=rows, merges=merges)


def _is_side_label(grid: Grid, table: Table, area: Merge) -> bool:
    """Whether an area reaches from the header of a table into its rows, left of all other columns, with a heading's words."""
    if area.top not in table.header_rows or area.bottom < table.first_row or area.left != table.left:
        return False
    named = [column for column in table.columns if column.has_header and column.index > area.right]
    text = grid.rows[area.top][area.left]
    return len(named) >= _FEWEST_COLUMNS and isinstance(text, str) and is_heading(cell_text(text))
