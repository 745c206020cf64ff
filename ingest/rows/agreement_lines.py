"""Records of several lines of which each tells of an agreement of its own: 框架协议 | 2023年4月, and 投资合同 | 2023年7月 below it.

The days and sums of the agreements are no one day and sum of the project. They are kept in `extra`, and the project is read for
the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.neighbour_words import says
from ingest.headers.header_text import segment
from ingest.layout.grid import Grid
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.rows.row_types import RowRoles
from ingest.values.printed import cell_text, compact


def records_of_agreements(grid: Grid, reading: TableReading, roles: RowRoles) -> frozenset[int]:
    """The first rows of such records."""
    naming = [column for column in reading.columns if _names_agreements(column)] if reading.kind == "project" else []
    if not naming:
        return frozenset()
    lines: dict[int, list[int]] = {}
    for row, first in roles.continuations.items():
        lines.setdefault(first, [first]).append(row)
    return frozenset(
        first for first, rows in lines.items() if any(_tell_apart(grid, column, rows) for column in naming)
    )


def _names_agreements(column: ColumnReading) -> bool:
    meaning = column.meaning
    if meaning.field is not None:
        return meaning.field == "agreement_type"
    return bool(meaning.path) and says("names_agreement", segment(meaning.path[-1]).core)


def _tell_apart(grid: Grid, column: ColumnReading, rows: Sequence[int]) -> bool:
    told = {compact(cell_text(value)) for row in rows if (value := grid.rows[row][column.index]) is not None}
    return len(told) == len(rows)
