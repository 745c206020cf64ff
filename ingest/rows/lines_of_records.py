"""Records of several lines whose merged cells were lost, or filled again: who answers, what hinders, which agreements.

Left blank, the cells of the name and of what the project comes to make every further line a project without a name; filled
again, they make it the same project twice. Only lines that tell nothing that is counted are read so: further amounts may be
those of a project whose name was forgotten.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.neighbour_words import says
from ingest.layout.grid import is_data_like, is_period_header
from ingest.layout.table_rows import TableRows
from ingest.rows.row_types import RowFindings
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact

_PAIR = 2
_GO_ON = frozenset({"data", "continuation"})


def settle_lines_of_records(rows: TableRows, found: RowFindings) -> None:
    """Make lines that go on with the record above them continuations."""
    if rows.kind != "project" or rows.name is None:
        return
    data = found.with_role("data")
    nameless = [row for row in data if not rows.name_text(row) and not rows.number_text(row)]
    if nameless and _are_lines(rows, found, nameless, [row for row in data if rows.name_text(row)]):
        _join(found, nameless)
    _join(found, [row for row in data if _is_told_again(rows, found, row)])


def _join(found: RowFindings, lines: Sequence[int]) -> None:
    for row in lines:
        found.roles[row] = "continuation"
        found.result.continuations[row] = found.result.continuations.get(row - 1, row - 1)


def _are_lines(rows: TableRows, found: RowFindings, nameless: Sequence[int], named: Sequence[int]) -> bool:
    """Whether all rows without a name fill the same few columns beside those that every record fills, and none that counts
    or names who invests."""
    told = {column for row in nameless for column in rows.cells(row)}
    if told & (rows.figures | rows.parties) or any(len(rows.cells(row)) < _PAIR for row in nameless):
        return False
    if any(found.roles.get(row - 1) not in _GO_ON for row in nameless) or max(told) - min(told) >= len(told):
        return False
    # The name, and what the project comes to or who invests, belong to the record alone.
    own = {column for column in rows.cells(named[0]) if column not in told} if named else set()
    beside = own & (rows.figures | rows.parties)
    all_told = all(told <= set(rows.cells(row)) for row in named)
    return bool(beside) and all_told and all(beside <= set(rows.cells(row)) for row in named)


def _is_told_again(rows: TableRows, found: RowFindings, row: int) -> bool:
    """Whether a row repeats number, name and whole of the row above it, and differs in words only: who answers, what hinders,
    and, where both bear one printed number, who invests and what came of it. A month or day of its own tells a row a month.
    """
    above = row - 1
    if found.roles.get(above) not in _GO_ON or not rows.wholes:
        return False
    if rows.sequence is not None and not rows.is_numbered(row):
        return False
    values, before = rows.values[row], rows.values[above]
    same = [column for column in (rows.sequence, rows.name, *rows.wholes) if column is not None]
    if any(values[column] is None or values[column] != before[column] for column in same):
        return False
    cells = rows.cells(row)
    others = {column for column in cells if values[column] != before[column]}
    counted = rows.figures | rows.parties
    if cells != rows.cells(above) or not others or (rows.sequence is None and others & counted):
        return False
    if any(says("names_agreement", rows.leaves.get(column, "")) for column in others):
        return not others & rows.figures
    words = others - rows.owners - rows.figures
    return bool(others - rows.figures) and all(_are_words(cell_text(values[column])) for column in words)


def _are_words(text: str) -> bool:
    return not is_data_like(text) and not is_period_header(compact(text)) and not is_placeholder(text)
