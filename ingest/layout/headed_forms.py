"""Forms below numbered headings that name the project: 一、甲饲料项目, below it 投资方 | 甲公司 | 总投资 | 1.2亿元, as documents list them.

Sections of one form have numbered headings too (一、项目基本情况): what they say names no project.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ingest.columns.names_by_cells import is_name
from ingest.layout.form_cells import FormCell, FormCells
from ingest.layout.form_labels import FormLabels
from ingest.layout.forms import Form
from ingest.layout.grid import Grid
from ingest.rows.group_fields import is_heading

_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|\d{1,3}[、.．](?!\d))\s*(\S.*)",
    re.DOTALL,
)
_MOST_ROWS = 400
_FEWEST_PAIRS = 2
_ALONE = 3


def forms_below_headings(grid: Grid) -> list[Form]:
    """The forms, or none where not every numbered heading names a project with labels and values below it."""
    headings = {row: name for row in range(min(grid.height, _MOST_ROWS)) if (name := _numbered(grid, row)) is not None}
    if not headings or grid.height > _MOST_ROWS:
        return []
    if not all(is_name(name) and not is_heading(name) for name in headings.values()):
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


def _numbered(grid: Grid, row: int) -> str | None:
    """What a row of a single cell says behind its number."""
    if len(grid.filled[row]) != 1:
        return None
    match = _NUMBERED.fullmatch(str(grid.rows[row][grid.filled[row][0]]))
    return match[1].strip() if match else None


def _holds_pairs(grid: Grid, labels: FormLabels, start: int, end: int, fewest: int) -> bool:
    """Whether the rows are labels with values beside them, but for a note or two, and tell several things of a project."""
    rows = [row for row in range(start, end) if len(grid.filled[row]) > 1]
    leads = [(row, grid.filled[row][0]) for row in rows]
    pairs = [at for at in leads if at in labels.known and labels.is_pair(*at)]
    told = {labels.field(*at) for at in pairs} - {None, "project_name"}
    return len(pairs) == len(rows) and len(told) >= fewest


def _name(grid: Grid, row: int, name: str) -> FormCell:
    return FormCell(row, grid.filled[row][0], ("项目名称",), name)
