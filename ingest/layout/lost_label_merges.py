"""Lists turned on their side whose labels stand in two columns and have lost their merges, as in CSV.

`项目名称 |  | 甲 | 乙`, `投资情况（万元） | 总投资 | 5000 | 900`, ` | 年度投资 | 800 | 300`: a label with nothing behind it covers both
columns, a group heads the rows below it whose own first cell is blank.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import CellValue, Merge
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid, is_data_like
from ingest.layout.header_score import header_score
from ingest.values.printed import header_text

_KNOWN = 0.75
_MOST_ROWS = 400
_LEAST_ROWS = 4
_LEAST_COLUMNS = 3
_FEWEST_LEAVES = 3


def with_label_merges(grid: Grid) -> Grid:
    """The sheet with the merges that its two columns of labels must have had; the same sheet where it is no such list."""
    if grid.merges or not _LEAST_ROWS <= grid.height <= _MOST_ROWS or grid.width < _LEAST_COLUMNS:
        return grid
    rows = [row for row, filled in enumerate(grid.filled) if len(filled) > 1]
    if len(rows) < _LEAST_ROWS:
        return grid
    first = min(grid.filled[row][0] for row in rows)
    whole = [row for row in rows if _is_text(grid.rows[row][first]) and grid.rows[row][first + 1] is None]
    leaves = [row for row in rows if grid.rows[row][first + 1] is not None]
    names = sum(_field(grid.text(row, first)) == "project_name" for row in whole)
    if (
        not names
        or len(leaves) < _FEWEST_LEAVES
        or len(whole) + len(leaves) < len(rows)
        or not _are_labels(grid, leaves, first + 1)
    ):
        return grid
    # 甲项目 | 建设内容, | 进展情况, 乙项目 | 建设内容: records of labelled lines tell each label as often as there are records.
    if max(Counter(grid.text(row, first + 1) for row in leaves).values()) > names:
        return grid
    groups = _groups(grid, leaves, first)
    merges = [Merge(row, first, row, first + 1) for row in whole]
    merges += [Merge(top, first, bottom, first) for top, bottom in groups if bottom > top]
    return Grid(replace(grid.sheet, merges=merges))


def _groups(grid: Grid, leaves: list[int], first: int) -> list[tuple[int, int]]:
    """The rows of each group of labels, ends included."""
    found: list[tuple[int, int]] = []
    for row in leaves:
        if grid.rows[row][first] is not None:
            found.append((row, row))
        elif found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
    return found


def _are_labels(grid: Grid, rows: list[int], column: int) -> bool:
    cells = [grid.rows[row][column] for row in rows]
    known = sum(header_score(header_text(cell)) >= _KNOWN for cell in cells)
    return all(map(_is_text, cells)) and known * 2 > len(cells)


def _is_text(value: CellValue) -> bool:
    return isinstance(value, str) and not is_data_like(value)


def _field(text: str) -> str | None:
    return interpret_column((text,), context=HeaderContext()).field
