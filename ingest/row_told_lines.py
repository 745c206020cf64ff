"""Lines below a record that tell more of it by a label (`进展情况：主体封顶`, `存在问题：用地未落实`), mostly merged over the table.

Most records must have such a line, at least two of them: below the last one alone it speaks of the whole list.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.column_meaning import HeaderContext
from ingest.header_column import interpret_column
from ingest.ledger_types import TableReading
from ingest.printed import cell_text
from ingest.row_types import RowFindings, RowRoles
from ingest.table_rows import TableRows

_TOLD = frozenset({"progress_note", "problem", "measure", "project_content"})
_LINE = re.compile(r"([^：:]{2,10})[：:]\s*(.+)", re.DOTALL)
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
        if above in records:
            record_of[row] = above
    heads = set(record_of.values())
    if len(heads) < _FEWEST or len(heads) < _MOST * len(records):
        return
    for row, record in record_of.items():
        found.roles[row] = "continuation"
        found.headings.pop(row, None)
        found.unnamed.pop(row, None)
        found.result.continuations.pop(row, None)
        found.result.told_lines.setdefault(record, []).append(told[row])


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


def fill_told_lines(reading: TableReading, roles: RowRoles) -> None:
    """Write what such lines tell below what the record tells of the same itself."""
    for position, row in enumerate(roles.data):
        for field, text in roles.told_lines.get(row, ()):
            values = reading.fields.setdefault(field, [None] * len(reading))
            own = values[position]
            values[position] = text if own is None or text == own else f"{own}\n{text}"
