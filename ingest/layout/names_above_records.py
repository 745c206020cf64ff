"""Lists whose records' names stand in a line of their own, with the rest of the record in the line or two below it.

What the further lines tell is moved up beside the name, each cell in its own column; the lines are left blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.names_by_cells import is_name
from ingest.formats.sheet import CellValue, Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.layout.tables_beside import names_projects
from ingest.rows.furniture import label_kind
from ingest.values.printed import cell_text

_FEWEST_RECORDS = 2
_FEWEST_CELLS = 2
_MOST_LINES = 2
_MOST = 0.6
_PHRASES = re.compile("[，,；;。]")


def records_below_names(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with each record on one line; None where no table has its names alone."""
    for table in tables:
        if table.band:
            continue
        name = next((column.index for column in table.columns if names_projects(column)), None)
        if name is not None and (records := _records(grid, table, name)):
            return _on_one_line(grid, records)
    return None


def _records(grid: Grid, table: Table, name: int) -> dict[int, list[int]]:
    """The lines below each name that stands alone, or with its number; empty where other rows name what they tell of."""
    leads = {name, *(column.index for column in table.columns if _numbers(column.path))}
    columns = {column.index for column in table.columns}
    filled = [row for row in table.body_rows if grid.filled[row]]
    found: dict[int, list[int]] = {}
    above: int | None = None
    for row in filled:
        cells = set(grid.filled[row])
        if above is not None and row == above + 1 and cells == {name} and _describes(grid, above, row, name):
            found.setdefault(above, []).append(row)
        elif isinstance(grid.rows[row][name], str) and cells <= leads:
            above = row
        elif above is not None and cells.isdisjoint(leads) and cells <= columns and _goes_on(grid, found, above, row):
            found.setdefault(above, []).append(row)
        else:
            tells_another = above is not None and cells.isdisjoint(leads)
            above = None
            if tells_another:
                return {}
            if name in cells and label_kind(cell_text(grid.rows[row][name])) is None and cells > leads:
                return {}
    records = {
        row: lines for row, lines in found.items() if max(len(grid.filled[line]) for line in lines) >= _FEWEST_CELLS
    }
    covered = sum(1 + len(lines) for lines in records.values())
    return records if len(records) >= _FEWEST_RECORDS and covered >= _MOST * len(filled) else {}


def _describes(grid: Grid, above: int, row: int, name: int) -> bool:
    """Whether a text right below a numbered name is what is built there, and no name: 占地20亩，建设厂房2万平方米."""
    text = cell_text(grid.rows[row][name])
    return len(grid.filled[above]) == _FEWEST_CELLS and _PHRASES.search(text) is not None and not is_name(text)


def _numbers(path: Sequence[str]) -> bool:
    return interpret_column(tuple(path), context=HeaderContext()).field == "sequence_no"


def _goes_on(grid: Grid, found: dict[int, list[int]], above: int, row: int) -> bool:
    """Whether a line stands right below the name or its first line, and tells nothing that this tells already."""
    lines = found.get(above, [])
    is_next = row == above + 1 + len(lines) and len(lines) < _MOST_LINES
    return is_next and all(set(grid.filled[row]).isdisjoint(grid.filled[line]) for line in lines)


def _on_one_line(grid: Grid, records: dict[int, list[int]]) -> Sheet:
    rows: list[list[CellValue]] = [[*cells, None] for cells in grid.rows]
    first_of = {line: first for first, lines in records.items() for line in lines}
    for line, first in first_of.items():
        for column in grid.filled[line]:
            # What stands below the name itself goes behind all columns, into one without a header.
            place = column if grid.rows[first][column] is None else grid.width
            rows[first][place] = grid.rows[line][column]
        rows[line] = [None] * len(rows[line])
    sheet = grid.sheet
    return replace(
        sheet,
        rows=rows,
        merges=[area for area in sheet.merges if area.top not in records and area.top not in first_of],
        errors={(first_of.get(row, row), column): text for (row, column), text in sheet.errors.items()},
        uncached=frozenset((first_of.get(row, row), column) for row, column in sheet.uncached),
        indents={(first_of.get(row, row), column): depth for (row, column), depth in sheet.indents.items()},
        percents=frozenset((first_of.get(row, row), column) for row, column in sheet.percents),
        further_lines={**sheet.further_lines, **{first: len(lines) for first, lines in records.items()}},
    )
