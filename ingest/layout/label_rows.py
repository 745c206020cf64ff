"""Forms whose labels stand above their values: 项目名称 | 投资方 over theirs, below them 签约时间 | 责任单位 over theirs.

To the finder of tables each row of labels is the header of a table with one row; only the first names the project.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.layout.form_cells import FormCell
from ingest.layout.forms import Form
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table


def forms_of_label_rows(grid: Grid, tables: Sequence[Table]) -> list[Form]:
    """The forms, or none where a table holds more than one row, or each names its own project, or its labels are unknown.

    A title may stand above each of several forms (项目二), but none between the rows of labels of one.
    """
    fields = [_fields(table) for table in tables]
    named = [position for position, known in enumerate(fields) if "project_name" in known]
    if not named or named[0] != 0 or len(named) == len(tables):
        return []
    ends = [*named[1:], len(tables)]
    have_several = all(end - start > 1 for start, end in zip(named, ends, strict=True))
    for position, (table, known) in enumerate(zip(tables, fields, strict=True)):
        may_have_titles = position == 0 or (have_several and position in named)
        own_titles = not may_have_titles and table.start_row != table.header_rows[0]
        if own_titles or not _holds_one_row(grid, table) or len(known) * 2 < len(table.columns):
            return []
    return [_form(grid, tables[start:end]) for start, end in zip(named, ends, strict=True)]


def _fields(table: Table) -> set[str]:
    found = (interpret_column(column.path, context=HeaderContext()).field for column in table.columns)
    return {field for field in found if field is not None}


def _holds_one_row(grid: Grid, table: Table) -> bool:
    filled = [row for row in range(table.first_row, table.end_row) if grid.filled[row]]
    return table.band == 0 and len(table.header_rows) == 1 and filled == [table.first_row]


def _form(grid: Grid, blocks: Sequence[Table]) -> Form:
    cells = [
        FormCell(block.first_row, column.index, column.path, value)
        for block in blocks
        for column in block.columns
        if (value := grid.rows[block.first_row][column.index]) is not None
    ]
    first = blocks[0].header_rows[0]
    return Form(first, first, blocks[-1].first_row + 1, 0, tuple(cells))
