"""Sheets whose records take two lines each, one of what was planned and one of what came of it.

A column of 计划 and 实际 by turns says which line is which. The second line is laid to the right of the first, and the
headers of dates say 计划开工时间 and 实际开工时间; read as they stand, the planned date would be taken for the event's. Of
amounts only the year's investment (年度投资) says in which time it was planned and done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue, Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.layout.two_line_records import laid
from ingest.values.printed import cell_text, compact

_PREFIXES = ("计划", "实际")
_INVESTED, _DONE = "投资", "完成投资"
_OF_THE_YEAR = ("investment_plan_year_cny", "investment_done_ytd_cny")
# No date: what is planned and done in which time, its header does not say.
_LINES = ("计划行", "实际行")
_TOLD_APART = frozenset({"date", "text"})
_MOST = 0.8
_CONTEXT = HeaderContext()


def plans_beside_facts(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with each record on one line; None where no table has such lines."""
    for table in tables:
        if any(says("names_indicators", compact(column.path[-1])) for column in table.columns):
            # 指标 | 目标 or 完成 | one region a column: read by `indicator_rows`.
            continue
        filled = [row for row in table.body_rows if grid.filled[row]]
        for column in table.columns:
            firsts = _planned_lines(grid, filled, column.index)
            if firsts:
                return _told_apart(grid, table, column.index, firsts)
    return None


def _planned_lines(grid: Grid, filled: Sequence[int], column: int) -> list[int]:
    """The rows of 计划 with 实际 right below them, where nearly all rows of the table are of the two; `filled` are its rows."""
    said: dict[int, str] = {}
    for row in filled:
        if (value := grid.rows[row][column]) is not None:
            said[row] = compact(cell_text(value))
            if not says("planned_line", said[row]) and not says(
                "actual_line", said[row]
            ):  # most columns end here, at their first cell
                return []
    if not said:
        return []
    firsts = [
        row for row in filled if says("planned_line", said.get(row, "")) and says("actual_line", said.get(row + 1, ""))
    ]
    is_paired = 2 * len(firsts) >= _MOST * len(filled) and all(_is_one_record(grid, row, column) for row in firsts)
    return firsts if is_paired else []


def _is_one_record(grid: Grid, row: int, column: int) -> bool:
    """Whether the second line says nothing anew left of the column of 计划 and 实际."""
    return all(grid.rows[row + 1][left] in (None, grid.rows[row][left]) for left in range(column))


def _told_apart(grid: Grid, table: Table, column: int, firsts: Sequence[int]) -> Sheet:
    sheet, width = laid(grid, set(firsts)), grid.width
    rows = [[*cells, *[None] * (2 * width - len(cells))] for cells in sheet.rows]
    paired = {one.index: leaves for one in table.columns if (leaves := _leaves(grid, one, column, firsts))}
    for row in firsts:
        for index in range(width):
            if index not in paired:
                rows[row][index + width] = None
        rows[row][column] = None
    for one in table.columns:
        if one.index in paired:
            _write_headers(grid, rows, table, one, paired[one.index])
    return replace(sheet, rows=rows)


def _leaves(grid: Grid, one: TableColumn, column: int, firsts: Sequence[int]) -> tuple[str, str] | None:
    """The headers of a column's two lines, where they tell apart what it holds; None where both say one thing."""
    if one.index <= column or any(
        (area := grid.merge_at(row, one.index)) is not None and area.bottom > row for row in firsts
    ):
        return None
    planned_leaf, actual_leaf = (prefix + one.path[-1] for prefix in _PREFIXES)
    planned, actual = (_read(one, leaf) for leaf in (planned_leaf, actual_leaf))
    if planned.field != actual.field and planned.value_type == actual.value_type and actual.value_type in _TOLD_APART:
        return planned_leaf, actual_leaf
    done_leaf = one.path[-1].replace(_INVESTED, _DONE, 1)
    if (planned.field, _read(one, done_leaf).field) == _OF_THE_YEAR:
        return planned_leaf, done_leaf
    pairs = [(grid.rows[row][one.index], grid.rows[row + 1][one.index]) for row in firsts]
    if all(below in (None, above) for above, below in pairs):
        return None
    return _LINES[0] + one.path[-1], _LINES[1] + one.path[-1]


def _read(one: TableColumn, leaf: str) -> ColumnMeaning:
    """What the column would mean under another leaf."""
    return interpret_column((*one.path[:-1], leaf), context=_CONTEXT)


def _write_headers(
    grid: Grid, rows: list[list[CellValue]], table: Table, one: TableColumn, leaves: tuple[str, str]
) -> None:
    """The column's header for the planned line in its place, for the actual one above the cells laid to the right."""
    leaf = next(row for row in reversed(table.header_rows) if grid.text(row, one.index))
    rows[leaf][one.index] = leaves[0]
    bottom = table.header_rows[-1]
    rows[bottom][one.index + grid.width] = leaves[1]
    for above, text in zip(reversed(table.header_rows[:-1]), reversed(one.path[:-1]), strict=False):
        rows[above][one.index + grid.width] = text
