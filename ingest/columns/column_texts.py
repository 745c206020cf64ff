"""What the cells of a column say, as texts."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact


def column_texts(grid: Grid, table: Table, column: TableColumn) -> Iterator[str]:
    """The texts of a column's cells in their order, without placeholders and repeated headers."""
    header = compact(column.path[-1])
    for row in table.body_rows:
        value = grid.rows[row][column.index]
        if value is not None and not is_placeholder(value) and (text := compact(cell_text(value))) != header:
            yield text
