"""Sheets whose records take two or three lines each, below a header of as many: `项目名称` over `建设内容`, `总投资` over
`到位资金`.

The further lines of header and records are laid to the right of the first, and the sheet is read as any other. Row numbers
stay those of the first lines; the further lines are left blank.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from typing import TypeVar

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.names_by_cells import is_name
from ingest.formats.sheet import CellValue, Merge, Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.layout.header_score import header_score
from ingest.layout.table_types import Table
from ingest.rows.furniture import label_kind
from ingest.values.printed import cell_text, header_text

_Value = TypeVar("_Value")
_KNOWN = 0.75
_FEWEST_COLUMNS = 2
_FEWEST_RECORDS = 2
_LINES = (2, 3)
_PAIR = 2


def laid_side_by_side(grid: Grid, tables: list[Table]) -> Sheet | None:
    """The sheet with each record on one line; None where its records take one line already."""
    for table in _with_headers_joined(tables):
        lines = len(table.header_rows)
        if lines in _LINES and _names_several_fields_each(grid, table):
            first_lines = (
                _records_of_lines(grid, table) or _numbered_records(grid, table) or _records_by_turns(grid, table)
            )
            if first_lines:
                return laid(grid, {table.header_rows[0], *first_lines}, lines)
        if (grouped := _below_groups(table)) is not None and _names_several_fields_each(grid, grouped):
            first_lines = _records_of_lines(grid, grouped) or _numbered_records(grid, grouped)
            if first_lines:
                return laid(grid, {grouped.header_rows[0], *first_lines}, len(grouped.header_rows))
        if lines == 1 and (first_lines := _records_below_few_names(grid, table)):
            return laid(grid, {table.header_rows[0], *first_lines})
    return None


def _with_headers_joined(tables: list[Table]) -> list[Table]:
    """The tables; of two headers right below each other, taken for a table without rows and another, one."""
    joined: list[Table] = []
    for table in tables:
        above = joined[-1] if joined else None
        if (
            above is not None
            and len(above.header_rows) == len(table.header_rows) == 1
            and table.header_rows[0] == above.header_rows[0] + 1
            and above.end_row == table.header_rows[0]
        ):
            joined[-1] = replace(table, header_rows=(*above.header_rows, *table.header_rows))
            continue
        joined.append(table)
    return joined


def _below_groups(table: Table) -> Table | None:
    """The table without the groups above its header's lines (项目基本情况 | 推进情况), where it may have such."""
    lines = len(table.header_rows) - 1
    return replace(table, header_rows=table.header_rows[1:]) if lines in _LINES else None


def _records_by_turns(grid: Grid, table: Table) -> list[int]:
    """First lines of records without numbers or merged cells, every column of both lines filled by turns: names of projects
    stand in every other row, and nothing like one between.

    Empty unless all rows but totals are of such records.
    """
    if len(table.header_rows) != _PAIR:
        return []
    name = next((column.index for column in table.columns if _heads_names(grid, table, column.index)), None)
    rows = [
        row
        for row in table.body_rows
        if grid.filled[row] and label_kind(grid.row_texts(row)[0]) not in {"total", "signature", "note"}
    ]
    if name is None or len(rows) % _PAIR or len(rows) < _PAIR * _FEWEST_RECORDS or rows[-1] - rows[0] != len(rows) - 1:
        return []
    texts = [cell_text(grid.rows[row][name]) for row in rows]
    are_turns = sum(map(is_name, texts[::_PAIR])) >= 0.6 * len(rows) / _PAIR and not any(map(is_name, texts[1::_PAIR]))
    return rows[::_PAIR] if are_turns else []


def _heads_names(grid: Grid, table: Table, column: int) -> bool:
    """Whether the upper of a column's two names is the projects'."""
    upper = interpret_column((grid.text(table.header_rows[0], column),), context=HeaderContext()).field
    return upper == "project_name" and grid.rows[table.header_rows[1]][column] is not None


def _records_below_few_names(grid: Grid, table: Table) -> list[int]:
    """First lines of records whose further line tells so little that the header's second line was not seen as one: 项目选址 alone
    below 项目名称, and below each numbered record a text in that column or none.
    """
    second = table.first_row
    names = grid.filled[second] if second < table.end_row else []
    texts = [header_text(grid.rows[second][column]) for column in names]
    if not texts or second != table.header_rows[0] + 1 or not all(header_score(text) == 1.0 for text in texts):
        return []
    as_header = replace(table, header_rows=(table.header_rows[0], second), first_row=second + 1)
    firsts = _numbered_records(grid, as_header)
    named = set(names)
    others = [row for row in range(second + 1, table.end_row) if grid.filled[row] and grid.filled[row][0] in named]
    is_told = all(named.issuperset(grid.filled[row + 1]) for row in firsts)
    return firsts if is_told and {row - 1 for row in others} <= set(firsts) else []


def _names_several_fields_each(grid: Grid, table: Table) -> bool:
    """Whether under most columns' names another field's name stands, in a cell of its own."""
    upper, lower = table.header_rows[0], table.header_rows[1]
    double = [
        column.index
        for column in table.columns
        if grid.rows[upper][column.index] is not None and grid.rows[lower][column.index] is not None
    ]
    known = [
        column
        for column in double
        if grid.span(upper, column) == 1
        and all(
            header_score(header_text(grid.rows[row][column])) >= _KNOWN
            for row in table.header_rows
            if grid.rows[row][column] is not None
        )
    ]
    wide = [column for column in double if column not in known and _lies_across_names(grid, upper, lower, column)]
    named = len(known) + len(wide)
    return named >= _FEWEST_COLUMNS and named * 2 >= len(grid.filled[lower])


def _lies_across_names(grid: Grid, upper: int, lower: int, column: int) -> bool:
    """Whether a cell of the lower line lies across several columns whose names stand above it one by one: 建设内容及进展 below
    项目名称 | 投资方 | 总投资. What divides a heading is never wider than it.
    """
    area = grid.merge_at(lower, column)
    if area is None or area.top != lower or area.right == area.left:
        return False
    return all(
        grid.rows[upper][above] is not None
        and grid.merge_at(upper, above) is None
        and header_score(header_text(grid.rows[upper][above])) >= _KNOWN
        for above in range(area.left, area.right + 1)
    )


def _records_of_lines(grid: Grid, table: Table) -> list[int]:
    """First lines of records: rows whose cell under a header of all lines' height is merged over exactly as many rows.

    Empty unless most filled rows belong to such records.
    """
    upper, lower = table.header_rows[0], table.header_rows[-1]
    lines = lower - upper + 1
    anchors = {
        area.left for area in grid.merges if area.top <= upper and area.bottom == lower and area.left == area.right
    }
    firsts = sorted(
        {
            area.top
            for area in grid.merges
            if area.left in anchors and area.top >= table.first_row and area.bottom == area.top + lines - 1
        }
    )
    filled = sum(1 for row in range(table.first_row, table.end_row) if grid.filled[row])
    return firsts if firsts and lines * len(firsts) >= 0.6 * filled else []


def _numbered_records(grid: Grid, table: Table) -> list[int]:
    """First lines of records without merged cells: the first header of the upper line has nothing below it, and as many
    rows below each running number have none. Headers repeated on further pages are laid as the first one is.

    Empty unless most filled rows belong to such records.
    """
    upper, lower = table.header_rows[0], table.header_rows[-1]
    lines, lead = lower - upper + 1, grid.filled[upper][0]
    if not _leave_blank(grid, range(upper + 1, lower + 1), lead):
        return []
    repeated = {row for row in table.repeated_headers if row - 1 not in table.repeated_headers}
    firsts: list[int] = []
    row = table.first_row
    while row + lines <= table.end_row:
        begins = row in repeated or cell_text(grid.rows[row][lead]).isdecimal()
        if begins and _leave_blank(grid, range(row + 1, row + lines), lead) and _are_named(grid, row, upper, lines):
            firsts.append(row)
            row += lines
        else:
            row += 1
    filled = sum(1 for row in range(table.first_row, table.end_row) if grid.filled[row])
    return firsts if len(firsts) >= _FEWEST_RECORDS and lines * len(firsts) >= 0.6 * filled else []


def _leave_blank(grid: Grid, rows: range, lead: int) -> bool:
    """Whether each of the rows holds something, and nothing up to the column `lead`."""
    return all(grid.filled[row] and grid.filled[row][0] > lead for row in rows)


def _are_named(grid: Grid, row: int, upper: int, lines: int) -> bool:
    """Whether a record's further lines hold something below the names of the header's: 进展情况：… below the name does not."""
    return any(not set(grid.filled[row + line]).isdisjoint(grid.filled[upper + line]) for line in range(1, lines))


def laid(grid: Grid, first_lines: set[int], lines: int = 2) -> Sheet:
    """The sheet with the lines below each of `first_lines` moved to the right of it, `lines` in all."""
    sheet, width = grid.sheet, grid.width
    offsets = {first + offset: offset for first in first_lines for offset in range(1, lines)}

    def place(row: int, column: int) -> tuple[int, int]:
        offset = offsets.get(row, 0)
        return row - offset, column + offset * width

    rows: list[list[CellValue]] = []
    for row, cells in enumerate(grid.rows):
        if offset := offsets.get(row):
            rows[-offset].extend(cells)
            rows.append([])
        else:
            rows.append(list(cells))
    return replace(
        sheet,
        rows=rows,
        merges=[merge for merge in sheet.merges if not _is_within(merge, first_lines, offsets)],
        errors=_moved(sheet.errors, place),
        uncached=frozenset(place(*cell) for cell in sheet.uncached),
        indents=_moved(sheet.indents, place),
        percents=frozenset(place(*cell) for cell in sheet.percents),
        further_lines=dict.fromkeys(sorted(first_lines), lines - 1),
    )


def _is_within(merge: Merge, first_lines: Set[int], offsets: Mapping[int, int]) -> bool:
    return merge.top in first_lines or merge.top in offsets


def _moved(
    cells: dict[tuple[int, int], _Value], place: Callable[[int, int], tuple[int, int]]
) -> dict[tuple[int, int], _Value]:
    return {place(*cell): value for cell, value in cells.items()}
