"""Records whose every printed line became a row of its own, as conversions from PDF and pasted paragraphs give them.

`1 | 恒丰年产5万 | 浙江恒丰实 | 4000` above ` | 吨饲料项目 | 业有限公司 | `: the second line has no number and no figure, stands below texts
only, and with it a name or a company is complete that is not so without it. A lone rest of a name is sure only where
other records of the table are cut in several columns, or where every record has a complete name with such lines and
several have not without. A number in the middle of its cell has as many lines above it as below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ingest.layout.grid import is_data_like
from ingest.layout.header_wraps import TAILS
from ingest.layout.table_rows import TableRows
from ingest.rows.furniture import ends_like_project, label_kind, plain_group_text
from ingest.rows.group_fields import kind_of_heading
from ingest.rows.row_data import heads_others, record_above
from ingest.rows.row_types import RowFindings
from ingest.values.printed import cell_text, compact

_COMPLETE = re.compile(
    r"(?:项目|工程|基地|园区?|建设|公司|集团|厂|中心|合作社|商会|协会|研究院|[一二三四]期)(?:[(（][^()（）]{1,12}[)）])?$"
)
_SEVERAL = 2
_MAY_END_NAMES = frozenset({"industry", "industry_chain", None})
_LINES = frozenset({"data", "group", "continuation"})


def settle_wrapped_lines(rows: TableRows, found: RowFindings) -> None:
    """Join such lines to their records."""
    if rows.kind != "project" or rows.name is None or rows.sequence is None:
        return
    lines = _lines_around(rows, found) or _lines_below(rows, found)
    if not lines:
        return
    for row, record in lines.items():
        found.roles[record], found.roles[row] = "data", "continuation"
        found.headings.pop(row, None)
        found.unnamed.pop(row, None)
        found.result.continuations[row] = record
    continued = found.result.continuations
    found.result.continuations = {row: lines.get(continued[row], continued[row]) for row in sorted(continued)}
    found.result.wrapped.update(row for row in continued if row not in rows.merged_tops)


def _lines_below(rows: TableRows, found: RowFindings) -> dict[int, int]:
    """Lines below the numbered one of their record → its row."""
    fitting: dict[int, int] = {}
    whole: set[int] = set()
    lone: set[int] = set()
    for row in sorted(found.with_role("data", "group")):
        record = _record_of(rows, found, fitting, row)
        if record is None:
            continue
        above = [record, *(one for one in sorted(fitting) if fitting[one] == record)]
        if not _goes_on(rows, above, row):
            continue
        is_lone_heading = rows.cells(row) == [rows.name] and rows.is_heading(rows.name_text(row))
        if is_lone_heading and kind_of_heading(plain_group_text(rows.name_text(row))) not in _MAY_END_NAMES:
            # 续建项目 ends no name; 制造项目 may.
            continue
        fitting[row] = record
        if _completes(rows, above, row):
            whole.add(record)
            if is_lone_heading:
                lone.add(record)
    lines = {row: record for row, record in fitting.items() if record in whole}
    if not lines:
        return {}
    sure = {row: record for row, record in lines.items() if record not in lone}
    is_sure = any(len(rows.cells(row)) >= _SEVERAL for row in sure)
    if _names_are_complete(rows, found, lines) and (is_sure or len(lines) >= _SEVERAL):
        return lines
    return sure if is_sure else {}


def _names_are_complete(rows: TableRows, found: RowFindings, lines: Mapping[int, int]) -> bool:
    """Whether every numbered record's name is complete with the lines that go on with it."""
    records = [row for row in found.with_role("data") if rows.is_numbered(row)]
    wholes = [
        compact("".join(rows.name_text(row) for row in (record, *(one for one in lines if lines[one] == record))))
        for record in records
    ]
    return all(map(_is_complete, wholes))


def _record_of(rows: TableRows, found: RowFindings, lines: Mapping[int, int], row: int) -> int | None:
    """The numbered record that a line without number stands below, other lines of it between them."""
    if rows.number_text(row):
        return None
    above = lines.get(row - 1)
    above = record_above(rows, found, row) if above is None else above
    above = lines.get(above, above) if above is not None else None
    return above if above is not None and rows.is_numbered(above) else None


def _goes_on(rows: TableRows, above: Sequence[int], row: int) -> bool:
    """Whether every cell of a line goes on with a text above it."""
    for column in rows.cells(row):
        more, own = rows.values[row][column], _text_above(rows, above, column)
        if column in rows.figures or not own or is_data_like(own) or not isinstance(more, str) or is_data_like(more):
            return False
        if label_kind(more) is not None:
            return False
        if column == rows.name and compact(more) not in TAILS and _is_complete(own):
            return False
    return True


def _completes(rows: TableRows, above: Sequence[int], row: int) -> bool:
    """Whether a name or a company is complete with a line that is not so without it."""
    for column in rows.cells(row):
        own, more = _text_above(rows, above, column), compact(cell_text(rows.values[row][column]))
        if more in TAILS or (not _is_complete(own) and _is_complete(own + more)):
            return True
    return False


def _text_above(rows: TableRows, above: Sequence[int], column: int) -> str:
    return "".join(compact(cell_text(value)) for one in above if (value := rows.values[one][column]) is not None)


def _is_complete(text: str) -> bool:
    return ends_like_project(text) or _COMPLETE.search(text) is not None


def _lines_around(rows: TableRows, found: RowFindings) -> dict[int, int]:
    """Lines above and below the numbered one of their record → its row, where every record has as many above as below."""
    told = [row for row in sorted(found.roles) if found.roles[row] in _LINES or _has_only_figures(rows, found, row)]
    records = [row for row in told if rows.is_numbered(row)]
    if len(records) < _SEVERAL or told[0] == records[0] or all(rows.name_text(row) for row in records):
        return {}
    others = [row for row in told if not rows.is_numbered(row)]
    if not all(_is_of_texts(rows, row) for row in others):
        return {}
    lines: dict[int, int] = {}
    before = [row for row in others if row < records[0]]
    for record, following in pairwise([*records, told[-1] + 1]):
        between = [row for row in others if record < row < following]
        below = between[: len(before)]
        if not before or len(below) < len(before):
            return {}
        lines.update(dict.fromkeys([*before, *below], record))
        before = between[len(before) :]
    if before:
        return {}
    wholes = [
        compact(
            "".join(rows.name_text(row) for row in sorted([record, *(one for one in lines if lines[one] == record)]))
        )
        for record in records
    ]
    return lines if all(map(_is_complete, wholes)) else {}


def _has_only_figures(rows: TableRows, found: RowFindings, row: int) -> bool:
    """Whether a row has nothing but its number and figures."""
    return found.roles[row] == "unlabelled" and rows.is_numbered(row)


def _is_of_texts(rows: TableRows, row: int) -> bool:
    cells = rows.cells(row)
    values = [rows.values[row][column] for column in cells]
    is_text = all(isinstance(value, str) and not is_data_like(value) for value in values)
    return is_text and not rows.number_text(row) and rows.figures.isdisjoint(cells)


def settle_paragraphs(rows: TableRows, found: RowFindings) -> None:
    """A lone text right of the names that reads as a note, below a record's own text and above the next record, is the next
    paragraph of that text (`2.配套建设办公楼；`); so are those of the last record where others have such.
    """
    if rows.kind != "project" or rows.name is None:
        return
    lines: dict[int, int] = {}
    for row in sorted(found.with_role("note", "continuation", "group")):
        if found.roles[row] == "continuation":
            continue
        record = lines.get(row - 1)
        if record is None and found.roles.get(row - 1) in {"data", "continuation"}:
            record = found.result.continuations.get(row - 1, row - 1)
        if record is not None and _is_paragraph(rows, row, record):
            lines[row] = record
    followed = {column for row in lines if _is_followed(rows, found, lines, row) for column in rows.cells(row)}
    for row, record in lines.items():
        if followed.issuperset(rows.cells(row)):
            found.roles[row] = "continuation"
            found.headings.pop(row, None)
            found.result.continuations[row] = record
    found.result.continuations = dict(sorted(found.result.continuations.items()))


def _is_paragraph(rows: TableRows, row: int, record: int) -> bool:
    cells = rows.cells(row)
    if len(cells) != 1 or rows.name is None or cells[0] <= rows.name or cells[0] in rows.figures:
        return False
    text, own = rows.values[row][cells[0]], rows.values[record][cells[0]]
    is_below_text = isinstance(own, str) and not is_data_like(own)
    return (
        is_below_text
        and isinstance(text, str)
        and rows.grid.span(row, cells[0]) == rows.grid.span(record, cells[0])
        and label_kind(text) is None
        and not heads_others(rows, text)
    )


def _is_followed(rows: TableRows, found: RowFindings, lines: Mapping[int, int], row: int) -> bool:
    """Whether the next row that is no paragraph is a record."""
    below = row + 1
    while below in lines:
        below += 1
    return found.roles.get(below) == "data"
