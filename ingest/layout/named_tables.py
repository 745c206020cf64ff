"""Projects told by a table of one row each: 一、甲饲料项目（乙公司） above 总投资 | 到位资金 | 责任单位 and a single row of values.

The line right above each header names the project, in brackets behind it perhaps who invests.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.names_by_cells import is_name
from ingest.columns.neighbour_words import says
from ingest.headers.header_column import interpret_column
from ingest.layout.form_cells import FormCell
from ingest.layout.forms import Form
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.rows.group_fields import is_heading

_FEWEST = 2
_FEWEST_FIELDS = 3
_NUMBER = re.compile(r"^\s*[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）、.．:：]+\s*")
_BEHIND = re.compile(r"\s*[(（]([^()（）]{2,40})[)）]\s*$")


def forms_of_named_tables(grid: Grid, tables: Sequence[Table]) -> list[Form]:
    """A form for each of such tables, none where one has no name above it, several rows, or a column of names."""
    if not tables or any(table.band or len(table.header_rows) > 1 for table in tables):
        return []
    columns: dict[int, list[TableColumn]] = {}
    for table in tables:
        fields = {interpret_column(column.path, context=HeaderContext()).field for column in table.columns} - {None}
        if "project_name" in fields or len(fields) < _FEWEST_FIELDS:
            return []
        columns.update(dict.fromkeys((table.header_rows[0], *sorted(table.repeated_headers)), table.columns))
    headers = sorted(columns)
    if len(headers) < _FEWEST:
        return []
    forms: list[Form] = []
    for header, end in pairwise([*headers, grid.height + 1]):
        form = _form(grid, header, end - 1, columns[header])
        if form is None:
            return []
        forms.append(form)
    return forms


def _form(grid: Grid, header: int, end: int, columns: Sequence[TableColumn]) -> Form | None:
    """The form of a header and its row of values, up to the next name's line."""
    named = grid.filled[header - 1] if header else ()
    filled = [row for row in range(header + 1, end) if grid.filled[row]]
    if len(named) != 1 or len(filled) != 1:
        return None
    text = _NUMBER.sub("", grid.text(header - 1, named[0]))
    behind = _BEHIND.search(text)
    name = text[: behind.start()] if behind else text
    if not is_name(name) or is_heading(name):
        return None
    told = [(("项目名称",), named[0], name)]
    if behind and says("company_cell", behind[1]):
        told.append((("投资方",), named[0], behind[1]))
    cells = [FormCell(header - 1, at, path, value) for path, at, value in told]
    cells += [
        FormCell(filled[0], column.index, column.path, value)
        for column in columns
        if (value := grid.rows[filled[0]][column.index]) is not None
    ]
    return Form(header - 1, header - 1, filled[0] + 1, 0, tuple(cells))
