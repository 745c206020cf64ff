"""Rows that tell of several projects: under numbered headers (`项目1名称 | 项目1总投资 | 项目2名称 | …`), or on lines of the same cells
(`甲项目⏎乙项目 | 5000⏎8000`).

Each project is laid into a list of its own to the right, with a copy of what the row says of all of them. A row whose lines
do not all correspond stays whole: which figure is whose, it does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.names_by_cells import is_name
from ingest.formats.sheet import CellValue, Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid, is_data_like
from ingest.layout.table_types import Table
from ingest.layout.tables_beside import names_projects
from ingest.values.printed import compact, header_text

_NUMBERED = re.compile(
    r"(?:重点|招商)?(?P<lead>项目)(?P<number>[一二三四五六七八九十]|\d{1,2})[:：、\-—_]?(?P<rest>\D.*)"
)
_NUMBER_BEHIND = re.compile(r"(?P<rest>\D*?\D)(?P<number>[1-9])(?P<unit>[(（][^()（）]*[)）])?")
_NAME = frozenset({"名称", "名"})
_FEWEST_COLUMNS = 2
_MOST_LINES = 12
_LINES = re.compile(r"\s*[\r\n]+\s*")
_ENUMERATED = re.compile(r"[(（]?\d{1,2}[)）.．、]\s*(?!\d)")
_AMOUNTS = frozenset({"amount_cny", "amount_usd", "number", "rate", "date", "date_range"})

_List = Mapping[int, str]


def projects_of_rows_apart(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with each of a row's projects in a list of its own; None where no row tells of several."""
    if len(tables) != 1 or len(tables[0].header_rows) != 1:
        return None
    table = tables[0]
    if lists := _numbered_lists(grid, table):
        return _lists_laid(grid, table, lists)
    name = next((column.index for column in table.columns if names_projects(column)), None)
    if name is None or not any(
        "\n" in text for row in table.body_rows if isinstance(text := grid.rows[row][name], str)
    ):
        return None
    parted = {row: lines for row in table.body_rows if (lines := _lines_of_row(grid, table, row, name)) is not None}
    return _lines_laid(grid, table, parted) if parted else None


def _numbered_lists(grid: Grid, table: Table) -> list[dict[int, str]]:
    """By project of a row, its columns with their headers without the number; the same headers for each."""
    top = table.header_rows[0]
    for pattern in (_NUMBERED, _NUMBER_BEHIND):
        lists: dict[str, dict[int, str]] = {}
        for column in table.columns:
            match = pattern.fullmatch(compact(header_text(grid.rows[top][column.index])))
            if match is None:
                continue
            rest = match["rest"] + (match.groupdict().get("unit") or "")
            name = f"项目{rest}" if rest in _NAME else rest
            lists.setdefault(match["number"], {})[column.index] = name
        found = list(lists.values())
        alike = len(found) > 1 and all(sorted(one.values()) == sorted(found[0].values()) for one in found)
        if alike and len(found[0]) >= _FEWEST_COLUMNS and any(map(_names, found[0].values())):
            return found
    return []


def _names(header: str) -> bool:
    return interpret_column((header,), context=HeaderContext()).field == "project_name"


def _lists_laid(grid: Grid, table: Table, lists: Sequence[_List]) -> Sheet:
    own = {column for one in lists for column in one}
    shared = [column.index for column in table.columns if column.index not in own]
    place = {header: column for column, header in lists[0].items()}
    headers = {table.header_rows[0], *table.repeated_headers}
    rows: list[list[CellValue]] = [[*cells, *[None] * ((len(lists) - 1) * (grid.width + 1))] for cells in grid.rows]
    for row in (*headers, *table.body_rows):
        for column in own:
            rows[row][column] = None
        for at, one in enumerate(lists):
            offset = at * (grid.width + 1)
            told = {place[header]: grid.rows[row][column] for column, header in one.items()}
            if row in headers:
                told = {place[header]: header for header in one.values()}
            if any(value is not None for value in told.values()):
                told.update({column: grid.value(row, column) for column in shared})
            for column, value in told.items():
                rows[row][offset + column] = value
    return _without_merges(grid, table, rows)


def _lines_of_row(grid: Grid, table: Table, row: int, name: int) -> dict[int, list[str]] | None:
    """By column the lines of a row's cells, as many as it names projects; None where it names one, or it does not say which
    figures are whose.
    """
    value = grid.rows[row][name]
    names = _lines(value) if isinstance(value, str) else []
    if not 1 < len(names) <= _MOST_LINES or len(set(names)) < len(names) or not all(map(is_name, names)):
        return None
    found: dict[int, list[str]] = {name: names}
    counted = False
    for column in table.columns:
        cell = grid.rows[row][column.index]
        if cell is None or column.index == name:
            continue
        lines = _lines(cell) if isinstance(cell, str) else []
        if len(lines) == len(names):
            found[column.index] = lines
            counted = counted or all(map(is_data_like, lines))
        elif len(lines) > 1 or interpret_column(column.path, context=HeaderContext()).value_type in _AMOUNTS:
            return None
    return found if counted else None


def _lines(text: str) -> list[str]:
    """The lines of a cell without the numbers before them, where all have one."""
    lines = _LINES.split(text.strip())
    return [_ENUMERATED.sub("", line, count=1) for line in lines] if all(map(_ENUMERATED.match, lines)) else lines


def _lines_laid(grid: Grid, table: Table, parted: Mapping[int, Mapping[int, Sequence[str]]]) -> Sheet:
    most = max(len(next(iter(lines.values()))) for lines in parted.values())
    headers = {table.header_rows[0], *table.repeated_headers}
    columns = [column.index for column in table.columns]
    rows: list[list[CellValue]] = [[*cells, *[None] * ((most - 1) * (grid.width + 1))] for cells in grid.rows]
    for at in range(1, most):
        for row in headers:
            for column in columns:
                rows[row][at * (grid.width + 1) + column] = grid.rows[row][column]
    for row, lines in parted.items():
        for at in range(len(next(iter(lines.values())))):
            for column in columns:
                told = lines[column][at] if column in lines else grid.value(row, column)
                rows[row][at * (grid.width + 1) + column] = told
    return _without_merges(grid, table, rows)


def _without_merges(grid: Grid, table: Table, rows: list[list[CellValue]]) -> Sheet:
    merges = [area for area in grid.sheet.merges if area.bottom < table.header_rows[0] or area.top >= table.end_row]
    return replace(grid.sheet, rows=rows, merges=merges)
