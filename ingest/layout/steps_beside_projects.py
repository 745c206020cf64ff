"""Permit steps down the rows and projects across: 手续名称 | 甲项目 | 乙项目 over 项目备案 | √ | ×, read as one form a project."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.names_by_cells import is_name
from ingest.columns.neighbour_words import says
from ingest.headers.header_text import head_key
from ingest.kinds.permit_steps import names_step
from ingest.layout.form_cells import FormCell
from ingest.layout.forms import Form
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table

_FEWEST = 2
_MOST = 0.6
_NUMBERS = frozenset({"序号", "编号"})


def forms_of_steps_beside_projects(grid: Grid, tables: Sequence[Table]) -> list[Form]:
    """A form for each project of a sheet with one such table, none for other sheets."""
    if len(tables) != 1 or len(tables[0].header_rows) != 1:
        return []
    header = tables[0].header_rows[0]
    columns = [column for column in tables[0].columns if head_key(column.path[-1]) not in _NUMBERS]
    if len(columns) <= _FEWEST or not says("names_steps", head_key(columns[0].path[-1])):
        return []
    label, projects = columns[0].index, [column.index for column in columns[1:]]
    if not all(is_name(grid.text(header, at)) for at in projects):
        return []
    rows = [row for row in tables[0].body_rows if grid.text(row, label) and len(grid.filled[row]) > 1]
    known = sum(names_step(grid.text(row, label)) for row in rows)
    if known < _FEWEST or known < _MOST * len(rows):
        return []
    return [_form(grid, header, label, at, rows, number) for number, at in enumerate(projects)]


def _form(grid: Grid, header: int, label: int, column: int, rows: Sequence[int], number: int) -> Form:
    cells = [FormCell(header, column, ("项目名称",), grid.rows[header][column])]
    cells += [
        FormCell(row, column, (grid.text(row, label),), value)
        for row in rows
        if (value := grid.value(row, column)) is not None
    ]
    return Form(header, header, rows[-1] + 1, number, tuple(cells))
