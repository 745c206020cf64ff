"""Headers that put two or three names into one cell (`项目名称\\n建设内容`, `投资方/责任单位`), each record telling them below one
another: on as many lines, or on as many lines of its cells.

What further lines tell is laid to the right, below a name of its own, and the sheet is read as any other. Where the cells
are no such lines, the header is one name with a break in it (`签约\\n时间`) and stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import CellValue, Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.layout.header_score import header_score
from ingest.layout.table_types import Table
from ingest.layout.two_line_records import laid
from ingest.values.printed import header_text

_KNOWN = 0.75
_FEWEST_COLUMNS, _FEWEST_RECORDS = 2, 2
_LINES = (2, 3)
_MOST = 0.6
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_SLASH = re.compile(r"\s*[/／]\s*")
_AND = re.compile("及|和|、")
_TAIL = re.compile("(?:时间|日期|单位|金额|情况|资金|投资)$")
_UNIT_BEHIND = re.compile(r"[(（\[][^()（）\[\]]{0,8}[万亿元美][^()（）\[\]]{0,4}[)）\]]$")
_IS_AMOUNT = frozenset({"amount_cny", "amount_usd"})
_CONTEXT = HeaderContext()

_Names = Mapping[int, tuple[str, ...]]


def stacked_headings_apart(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with each of the stacked names over a column of its own; None where no table has such a header."""
    for table in tables:
        if len(table.header_rows) != 1 or table.band:
            continue
        for mark in (_BREAK, _SLASH, _AND):
            names = _stacked_names(grid, table, mark)
            if len(names) < _FEWEST_COLUMNS:
                continue
            lines = max(map(len, names.values()))
            firsts = _records_of_lines(grid, table, names, lines)
            if firsts and (by_line := _by_line(grid, firsts, names, lines)) is not None:
                return _headed(grid, table, by_line, laid(grid, set(firsts), lines), lines)
            if mark is _BREAK and _cells_have_lines(grid, table, names, lines):
                return _headed(grid, table, names, _cells_apart(grid, table, names, lines), lines)
    return None


def _stacked_names(grid: Grid, table: Table, mark: re.Pattern[str]) -> dict[int, tuple[str, ...]]:
    """By column the names that its header stacks, each a known one and no two alike."""
    found: dict[int, tuple[str, ...]] = {}
    for column in table.columns:
        value = grid.rows[table.header_rows[0]][column.index]
        parts = tuple(_completed(mark.split(value.strip()))) if isinstance(value, str) else ()
        if len(parts) in _LINES and len(set(parts)) == len(parts) and all(map(_is_known, parts)):
            found[column.index] = _with_units(parts)
    return found


def _completed(parts: Sequence[str]) -> list[str]:
    """签约及开工时间: what the last says behind it holds for all."""
    tail = _TAIL.search(parts[-1])
    return [part if tail is None or _is_known(part) else part + tail[0] for part in parts]


def _by_line(grid: Grid, firsts: Sequence[int], names: _Names, lines: int) -> dict[int, tuple[str, ...]] | None:
    """The names of each column by the line that tells them: two of three stand over the two that are ever filled. None where
    more or fewer are.
    """
    found: dict[int, tuple[str, ...]] = {}
    for column, parts in names.items():
        told = [line for line in range(lines) if any(grid.rows[row + line][column] is not None for row in firsts)]
        if len(parts) < lines and len(told) != len(parts):
            return None
        placed = dict(zip(told, parts, strict=True)) if len(parts) < lines else dict(enumerate(parts))
        found[column] = tuple(placed.get(line, "") for line in range(lines))
    return found


def _is_known(name: str) -> bool:
    return header_score(header_text(name).strip("()（）")) >= _KNOWN


def _with_units(parts: tuple[str, ...]) -> tuple[str, ...]:
    """总投资/到位资金（万元）: the unit behind the last of several amounts is that of all."""
    unit = _UNIT_BEHIND.search(parts[-1])
    if unit is None:
        return parts
    return tuple(
        part + unit[0]
        if not _UNIT_BEHIND.search(part) and interpret_column((part,), context=_CONTEXT).value_type in _IS_AMOUNT
        else part
        for part in parts
    )


def _records_of_lines(grid: Grid, table: Table, names: _Names, lines: int) -> list[int]:
    """The first lines of records that stand on as many lines as names are stacked: the columns without stacked names are
    filled in the first lines alone. Empty unless most filled rows belong to such records.
    """
    single = [column.index for column in table.columns if column.index not in names]
    filled = [row for row in table.body_rows if grid.filled[row]]
    firsts: list[int] = []
    row, end = table.first_row, table.end_row
    while row + lines <= end:
        further = range(row + 1, row + lines)
        begins = any(grid.rows[row][column] is not None for column in single) if single else True
        if (
            begins
            and _fills(grid, row, names)
            and all(_fills(grid, line, names) and _is_blank(grid, line, single) for line in further)
        ):
            firsts.append(row)
            row += lines
        else:
            row += 1
    if not single:
        # Nothing tells the lines apart but their turn; then all rows must be of such records.
        return firsts if lines * len(firsts) == len(filled) >= lines * _FEWEST_RECORDS else []
    return firsts if len(firsts) >= _FEWEST_RECORDS and lines * len(firsts) >= _MOST * len(filled) else []


def _fills(grid: Grid, row: int, names: _Names) -> bool:
    return any(grid.rows[row][column] is not None for column in names)


def _is_blank(grid: Grid, row: int, columns: Sequence[int]) -> bool:
    return all(grid.rows[row][column] is None for column in columns)


def _cells_have_lines(grid: Grid, table: Table, names: _Names, lines: int) -> bool:
    """Whether most filled cells below stacked names have as many lines as those have names, all as many."""
    if any(len(parts) != lines for parts in names.values()):
        return False
    texts = [value for row in table.body_rows for column in names if (value := grid.rows[row][column]) is not None]
    fitting = sum(1 for value in texts if isinstance(value, str) and len(_lines_of(value)) == lines)
    return fitting >= _FEWEST_RECORDS * _FEWEST_COLUMNS and fitting >= _MOST * len(texts)


def _lines_of(value: str) -> list[str]:
    return _BREAK.split(value.strip())


def _cells_apart(grid: Grid, table: Table, names: _Names, lines: int) -> Sheet:
    rows: list[list[CellValue]] = [[*cells, *[None] * ((lines - 1) * grid.width)] for cells in grid.rows]
    for row in table.body_rows:
        for column in names:
            value = grid.rows[row][column]
            parts = _lines_of(value) if isinstance(value, str) else []
            if len(parts) == lines:
                for line, part in enumerate(parts):
                    rows[row][column + line * grid.width] = part
    return replace(grid.sheet, rows=rows)


def _headed(grid: Grid, table: Table, names: _Names, sheet: Sheet, lines: int) -> Sheet:
    """The sheet with a name over each column; headers repeated on further pages are those of the first."""
    rows = [list(cells) for cells in sheet.rows]
    top = table.header_rows[0]
    for row in (top, *sorted(table.repeated_headers)):
        rows[row] += [None] * (lines * grid.width - len(rows[row]))
        for column, parts in names.items():
            for line, part in enumerate(parts):
                rows[row][column + line * grid.width] = part or None
    return replace(sheet, rows=rows)
