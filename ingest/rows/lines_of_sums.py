"""Lines without number and name between a record and the sum of both: 县国资公司 | 200 below 甲项目 | 深圳甲公司 | 300, above 合计 | 500.

They would be projects whose names were forgotten, and the record would have its first line's money only.
"""

from __future__ import annotations

from collections.abc import Iterable

from ingest.layout.table_rows import TableRows, plain_number
from ingest.rows.furniture import label_kind
from ingest.rows.row_types import RowFindings
from ingest.values.printed import cell_text

_SUMS = frozenset({"total", "subtotal"})


def settle_lines_of_sums(rows: TableRows, found: RowFindings) -> None:
    """Lines that come to a sum together with the record above them go on with it; the sum says so beside their own texts."""
    if rows.kind != "project" or rows.name is None or not rows.figures:
        return
    for row in found.with_role("total", "subtotal"):
        if rows.name_text(row) or rows.number_text(row):
            continue
        top = row - 1
        while found.roles.get(top) == "data" and not rows.name_text(top) and not rows.number_text(top):
            top -= 1
        lines = range(top + 1, row)
        if not lines or found.roles.get(top) != "data" or not rows.name_text(top):
            continue
        if rows.is_sum(row, (top, *lines)) and rows.adds_several(row, (top, *lines)):
            _join(found, top, lines)
    names = {row: rows.name_text(row) for row in found.with_role("data")}
    for row, name in names.items():
        has_lines = names.get(row + 1) == "" or names.get(row - 1) == name
        # Few rows have lines; all their texts are looked at for these alone.
        if name and has_lines and _says_sum(rows, row):
            _join(found, row, _lines_of(rows, found, row))
            if above := _named_alike_above(rows, found, row):
                _join(found, above[0], range(above[0] + 1, row + 1))


def _join(found: RowFindings, top: int, lines: Iterable[int]) -> None:
    for line in lines:
        found.roles[line] = "continuation"
        found.result.continuations[line] = top


def _says_sum(rows: TableRows, row: int) -> bool:
    """甲项目 | 合计 | 500: whether a record's own line is the sum of the lines below it, who paid it."""
    others = set(rows.cells(row)) - {rows.sequence, rows.name} - rows.figures
    return any(label_kind(cell_text(rows.values[row][column])) in _SUMS for column in others)


def _lines_of(rows: TableRows, found: RowFindings, row: int) -> range:
    """The lines without number and name below a record that come to all that it and they tell."""
    end = row + 1
    while found.roles.get(end) == "data" and not rows.name_text(end) and not rows.number_text(end):
        end += 1
    lines = range(row + 1, end)
    told = [column for column in rows.figures if any(rows.values[line][column] is not None for line in lines)]
    sums = (rows.sum_of(lines, column) - (plain_number(rows.values[row][column]) or 0.0) for column in told)
    return lines if told and all(abs(difference) < 1e-6 for difference in sums) else range(0)


def _named_alike_above(rows: TableRows, found: RowFindings, row: int) -> range:
    """The lines above a sum that bear its name again (甲项目 | 深圳甲公司 | 300), where what each tells comes to it."""
    top = row
    while found.roles.get(top - 1) == "data" and rows.name_text(top - 1) == rows.name_text(row):
        top -= 1
    lines = range(top, row)
    told = [column for column in rows.figures - {*rows.wholes} if plain_number(rows.values[row][column])]
    sums = (rows.sum_of(lines, column) - (plain_number(rows.values[row][column]) or 0.0) for column in told)
    is_sum = len(lines) > 1 and bool(told) and all(abs(difference) < 1e-6 for difference in sums)
    return lines if is_sum else range(0)
