"""Rows that are parts of the row above them (其中：一期, 二期) and no records of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.layout.table_rows import TableRows
from ingest.rows.furniture import plain_group_text
from ingest.rows.group_fields import kind_of_heading
from ingest.rows.row_types import UNNUMBERED_LEVEL, RowFindings
from ingest.values.printed import cell_text, compact

_OF_WHICH = re.compile("^其中:?")
_PHASE = re.compile("第?[一二三四五六1-6]期")


def settle_parts(rows: TableRows, found: RowFindings) -> None:
    """Rows below `其中：一期` that go on with it (`二期`): lone names without the number that projects have, or, where
    none has one, those that make up the row above it."""
    if rows.kind != "project" or rows.name is None:
        return
    _settle_parts_of_totals(rows, found)
    for first in found.with_role("of_which"):
        following = _lone_names_below(rows, found, first)
        if rows.sequence is None and found.roles.get(first - 1) == "data":
            following = _making_up(rows, first - 1, [first, *following, *_named_below(rows, found, first, following)])
        elif rows.sequence is None or any(row in found.headings for row in following):
            following = _making_up(rows, first - 1, [first, *following])
        else:
            following = [*following, *_described_below(rows, found, first, following)]
        for row in following:
            found.make_part(row)


def _lone_names_below(rows: TableRows, found: RowFindings, first: int) -> list[int]:
    following: list[int] = []
    for row in range(first + 1, rows.table.end_row):
        heading = found.headings.get(row)
        fits = heading.level == UNNUMBERED_LEVEL if heading is not None else found.roles[row] == "data"
        if not fits or not (rows.is_bare(row) or heading is not None) or _heads_otherwise(rows, found, first, row):
            break
        following.append(row)
    return following


def _described_below(rows: TableRows, found: RowFindings, first: int, lone: Sequence[int]) -> list[int]:
    """Rows without a number that go on with `其中：一期` below a numbered project, described as it is: further phases, and what
    together with it makes up the project."""
    whole = max((row for row in found.with_role("data") if row < first and rows.is_numbered(row)), default=None)
    if whole is None or any(found.roles.get(row) not in {"of_which", "part"} for row in range(whole + 1, first)):
        return []
    parts = _named_below(rows, found, first, lone)
    phases = [part for part in parts if _PHASE.match(compact(rows.name_text(part)))]
    if parts and (phases == parts or rows.is_sum(whole, [first, *lone, *parts])):
        return parts
    return []


def _named_below(rows: TableRows, found: RowFindings, first: int, lone: Sequence[int]) -> list[int]:
    """The records without a number that follow `其中：一期` and the lone names below it."""
    parts: list[int] = []
    row = first + 1 + len(lone)
    while found.roles.get(row) == "data" and rows.name_text(row) and not rows.number_text(row):
        parts.append(row)
        row += 1
    return parts


def _heads_otherwise(rows: TableRows, found: RowFindings, first: int, row: int) -> bool:
    """Whether a name above a record or a heading tells another kind of thing than 其中 does, and so heads what follows:
    其中：省外项目, 柳林镇, 1 甲项目.
    """
    told = kind_of_heading(_label(rows, row))
    below = row + 1
    follows = below in found.headings or (found.roles.get(below) == "data" and not rows.is_bare(below))
    return follows and told is not None and told != kind_of_heading(_OF_WHICH.sub("", _label(rows, first)))


def _label(rows: TableRows, row: int) -> str:
    return plain_group_text(cell_text(rows.values[row][rows.cells(row)[0]]))


def _settle_parts_of_totals(rows: TableRows, found: RowFindings) -> None:
    """Headings one below another that make up the total above them (`全县 12`, `城关镇 5`, `东风乡 7`) head nothing."""
    for total in found.with_role("total"):
        parts: list[int] = []
        while found.roles.get(total + 1 + len(parts)) == "group":
            parts.append(total + 1 + len(parts))
        if len(parts) > 1 and rows.is_sum(total, parts):
            for row in parts:
                found.make_part(row)
        if found.roles.get(total + 1) == "of_which":
            # 合计 50, 其中：新建项目 30, 续建项目 20: the last heads nothing either.
            lone = [total + 1]
            while found.roles.get(lone[-1] + 1) in {"of_which", "data", "group"} and rows.is_bare(lone[-1] + 1):
                lone.append(lone[-1] + 1)
            for row in _making_up(rows, total, lone):
                found.make_part(row)


def _making_up(rows: TableRows, whole: int, parts: Sequence[int]) -> list[int]:
    """The first of `parts` that together are the sum in row `whole`, without the first; none if they never are."""
    for count in range(2, len(parts) + 1):
        if rows.is_sum(whole, parts[:count]):
            return list(parts[1:count])
    return []
