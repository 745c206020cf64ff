"""Lines below a record that tell more of it by a label (`进展情况：主体封顶`, `存在问题：用地未落实`), mostly merged over the table.

Most records must have such a line, at least two of them: below the last one alone it speaks of the whole list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.headers.interpretation import left_open
from ingest.layout.grid import Grid
from ingest.layout.table_rows import TableRows
from ingest.ledgers.ledger_types import TableReading
from ingest.rows.row_types import RowFindings, RowRoles
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text

_REMARK = "remark"
_TOLD = frozenset({"progress_note", "problem", "measure", "project_content", _REMARK})
_LINE = re.compile(r"([^：:]{2,10})[：:]\s*(.+)", re.DOTALL)
_WHY = "每行前有栏目名，分别归入各字段 each line is labelled and told by its label"
_FEWEST = 2
_MOST = 0.6
_PAIR = 2
_MAY_BE = frozenset({"note", "group", "title", "data", "continuation", "signature"})


def settle_told_lines(rows: TableRows, found: RowFindings) -> None:
    """Take the labelled lines below records for more of them."""
    if rows.kind != "project" or rows.name is None:
        return
    told = {row: line for row in found.with_role(*_MAY_BE) if (line := told_line(rows, row)) is not None}
    if len(told) < _FEWEST:
        return
    records = [row for row in found.with_role("data") if row not in told]
    record_of: dict[int, int] = {}
    for row in sorted(told):
        above = record_of.get(row - 1, row - 1)
        if above in records and not _labels_too(rows, above, row):
            record_of[row] = above
    remarked = {record for row, record in record_of.items() if told[row][0] == _REMARK}
    if len(remarked) < _MOST * len(records):
        # 备注：… below the last record alone is the list's, whatever else the lines tell.
        record_of = {row: record for row, record in record_of.items() if told[row][0] != _REMARK}
    heads = set(record_of.values())
    if len(heads) < _FEWEST or len(heads) < _MOST * len(records):
        return
    for row, record in record_of.items():
        found.roles[row] = "continuation"
        found.headings.pop(row, None)
        found.unnamed.pop(row, None)
        found.result.continuations.pop(row, None)
        found.result.told_lines.setdefault(record, []).append(told[row])


def _labels_too(rows: TableRows, record: int, row: int) -> bool:
    """Whether the record's own line has a label and a text where this one has them: then the columns tell (`tell_by_labels`)."""
    cells = rows.cells(row)
    label = rows.values[record][cells[0]]
    return len(cells) == _PAIR and isinstance(label, str) and _field_of(label.strip().rstrip("：:")) is not None


def told_line(rows: TableRows, row: int) -> tuple[str, str] | None:
    """The field and the text of a line: one cell with a colon, or a label and one text."""
    cells = rows.cells(row)
    if len(cells) > _PAIR or rows.is_numbered(row):
        return None
    texts = [cell_text(rows.values[row][column]).strip() for column in cells]
    if not all(isinstance(rows.values[row][column], str) for column in cells):
        return None
    match = _LINE.fullmatch(texts[0]) if len(texts) == 1 else None
    label, text = match.groups() if match else (texts[0].rstrip("：:"), texts[-1] if len(texts) == _PAIR else "")
    field = _field_of(label.strip()) if text else None
    return (field, text.strip()) if field is not None else None


@lru_cache(maxsize=1024)
def _field_of(label: str) -> str | None:
    field = interpret_column((label,), context=HeaderContext()).field
    return field if field in _TOLD else None


def tell_by_labels(grid: Grid, reading: TableReading, roles: RowRoles) -> None:
    """Records of several lines, each with a label and its text beside it (当前进展 | 主体封顶, 存在问题 | 无): what the lines tell
    are fields, and the two columns are none.
    """
    if not roles.continuations:
        return
    first_of = {**{row: row for row in roles.data}, **roles.continuations}
    for column, beside in pairwise(reading.columns):
        labels = {row: grid.rows[row][column.index] for row in first_of}
        if not all(isinstance(label, str) for label in labels.values()):
            continue
        fields = {row: _field_of(cell_text(label).strip().rstrip("：:")) for row, label in labels.items()}
        if None in fields.values() or len(set(fields.values())) < _FEWEST:
            continue
        for row, first in first_of.items():
            text, field = grid.rows[row][beside.index], fields[row]
            if field is not None and text is not None and not is_placeholder(text):
                roles.told_lines.setdefault(first, []).append((field, cell_text(text).strip()))
        for one in (column, beside):
            one.meaning = left_open(one.meaning, _WHY)
        return


def fill_told_lines(reading: TableReading, roles: RowRoles) -> None:
    """Write what such lines tell below what the record tells of the same itself."""
    for position, row in enumerate(roles.data):
        for field, text in roles.told_lines.get(row, ()):
            values = reading.fields.setdefault(field, [None] * len(reading))
            own = values[position]
            values[position] = text if own is None or text == own else f"{own}\n{text}"
