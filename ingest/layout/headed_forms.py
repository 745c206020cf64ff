"""Forms below numbered headings that name the project: 一、甲饲料项目, below it 投资方 | 甲公司 | 总投资 | 1.2亿元, as documents list them,
or 投资方：甲公司 and 总投资：1.2亿元 in lines of their own; and lines of such pairs above a table that tells what was done when.

Sections of one form have numbered headings too (一、项目基本情况): what they say names no project.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.names_by_cells import is_name
from ingest.headers.header_column import interpret_column
from ingest.layout.form_cells import FormCell, FormCells
from ingest.layout.form_labels import FormLabels, label_text, labels_and_values
from ingest.layout.forms import Form
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.rows.group_fields import is_heading
from ingest.rows.heading_numbers import heading_number

_NUMBERED = re.compile(
    r"\s*(?:项目[一二三四五六七八九十\d]{1,2}[:：]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|\d{1,3}[、.．](?!\d))\s*(\S.*)",
    re.DOTALL,
)
_MOST_ROWS = 400
_FEWEST_PAIRS = 2
_ALONE = 3
_FORM_LINES = 4


def forms_below_headings(grid: Grid) -> list[Form]:
    """The forms, or none where not every numbered heading names a project with labels and values below it."""
    headings = _headings(grid)
    if not headings or grid.height > _MOST_ROWS:
        return []
    # 羊绒纺织技改项目 among other names reads like a class of projects; most of them do not.
    alike = sum(map(is_heading, headings.values()))
    if not all(map(is_name, headings.values())) or alike * 2 >= len(headings):
        return []
    labels = FormLabels(grid)
    bounds = list(pairwise([*headings, grid.height]))
    fewest = _FEWEST_PAIRS if len(headings) > 1 else _ALONE
    if any(not _holds_pairs(grid, labels, start + 1, end, fewest) for start, end in bounds):
        return []
    cells = FormCells(labels)
    return [
        Form(start, start, end, 0, (_name(grid, start, headings[start]), *cells.in_rows(start + 1, end)))
        for start, end in bounds
    ]


def forms_above_tables(grid: Grid, tables: Sequence[Table]) -> list[Form]:
    """项目名称：甲项目　总投资：5000万元　责任单位：县工信局 above 日期 | 工作进展: each table tells of the project named above it.

    None where a table names projects itself, or one stands without such a line.
    """
    if grid.height > _MOST_ROWS or any(_lists_projects(grid, table) for table in tables):
        return []
    labels = FormLabels(grid)
    # 项目名称 | 甲项目 | 责任单位 | 县工信局 is no header.
    tables = [table for table in tables if not _pairs_of(labels, table.header_rows[0])]
    if not tables or any(table.band for table in tables):
        return []
    fields = (interpret_column(one.path, context=HeaderContext()).field for table in tables for one in table.columns)
    if "project_name" in fields:
        return []
    forms: list[Form] = []
    floor = 0
    cells = FormCells(labels)
    for header in sorted({row for table in tables for row in (table.header_rows[0], *table.repeated_headers)}):
        told = {row: _told_in_cells(grid, row) or _pairs_of(labels, row) for row in range(floor, header)}
        start = next((row for row, found in told.items() if "project_name" in found), None)
        if start is None or len({field for found in told.values() for field in found}) < _ALONE:
            return []
        forms.append(Form(start, start, header, 0, tuple(cells.in_rows(start, header))))
        floor = header + 1
    return forms


def _lists_projects(grid: Grid, table: Table) -> bool:
    """Whether a table names projects, more than the lines of a form that read like one would."""
    fields = (interpret_column(one.path, context=HeaderContext()).field for one in table.columns)
    return "project_name" in fields and sum(1 for row in table.body_rows if grid.filled[row]) > _FORM_LINES


def _pairs_of(labels: FormLabels, row: int) -> set[str]:
    """The fields of a row that holds labels and their values by turns; none where it holds anything else."""
    filled = labels.grid.filled[row]
    if len(filled) % 2 or any(((row, column) in labels.known) == bool(at % 2) for at, column in enumerate(filled)):
        return set()
    return {field for column in filled[::2] if (field := labels.field(row, column)) is not None}


def _told_in_cells(grid: Grid, row: int) -> set[str]:
    """The fields that the cells of a row name before colons."""
    texts = [value for column in grid.filled[row] if isinstance(value := grid.rows[row][column], str)]
    pairs = [pair for text in texts for pair in labels_and_values(text)]
    fields = (interpret_column((label_text(label),), context=HeaderContext()).field for label, _ in pairs)
    return {field for field in fields if field is not None}


def _headings(grid: Grid) -> dict[int, str]:
    """The names behind numbers, by row: of the headings that are dressed as the first (1.完成备案 below 一、甲项目 is none)."""
    found = {row: name for row in range(min(grid.height, _MOST_ROWS)) if (name := _numbered(grid, row)) is not None}
    dress = {row: number.dress if (number := heading_number(_text(grid, row))) is not None else "" for row in found}
    return {row: name for row, name in found.items() if dress[row] == dress[min(found)]}


def _text(grid: Grid, row: int) -> str:
    return str(grid.rows[row][grid.filled[row][0]])


def _numbered(grid: Grid, row: int) -> str | None:
    """What a row of a single cell says behind its number."""
    if len(grid.filled[row]) != 1:
        return None
    match = _NUMBERED.fullmatch(str(grid.rows[row][grid.filled[row][0]]))
    return match[1].strip() if match else None


def _holds_pairs(grid: Grid, labels: FormLabels, start: int, end: int, fewest: int) -> bool:
    """Whether the rows are labels with values beside them, but for a note or two, and tell several things of a project."""
    inline = {row: told for row in range(start, end) if (told := _told_in_cells(grid, row))}
    rows = [row for row in range(start, end) if len(grid.filled[row]) > 1 and row not in inline]
    leads = [(row, grid.filled[row][0]) for row in rows]
    pairs = [at for at in leads if at in labels.known and labels.is_pair(*at)]
    beside = {field for at in pairs if (field := labels.field(*at)) is not None}
    told = beside.union(*inline.values()) - {"project_name"}
    return len(pairs) == len(rows) and len(told) >= fewest


def _name(grid: Grid, row: int, name: str) -> FormCell:
    return FormCell(row, grid.filled[row][0], ("项目名称",), name)
