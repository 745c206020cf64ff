"""Of two columns under the same header, one of them hidden (last month's figures kept beside this month's), the one that people see tells."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.column_meaning import ColumnMeaning
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table


def shown_before_hidden(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """The meanings, a hidden column's exchanged with that of a shown one that says the same and was left open for it."""
    found = list(meanings)
    hidden = grid.sheet.hidden_columns
    for at, column in enumerate(table.columns if hidden else ()):
        if column.index not in hidden or found[at].field is None:
            continue
        for other, shown in enumerate(table.columns):
            if shown.path == column.path and shown.index not in hidden and found[other].field is None:
                found[at], found[other] = found[other], found[at]
                break
    return found
