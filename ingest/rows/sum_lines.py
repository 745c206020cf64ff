"""Records of several lines, one of which is their sum: what each investor paid, and 小计 above or below them.

The sum is the project's; what the other lines tell of it is kept in `extra`. Only where the figures of the others come to
it: else nobody knows which of them counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ingest.formats.sheet import CellValue
from ingest.layout.grid import Grid
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.rows.furniture import label_kind
from ingest.rows.row_types import RowRoles
from ingest.values.amounts import exact
from ingest.values.printed import cell_text, compact

_SUMS = frozenset({"total", "subtotal"})
_ROUNDED = Decimal("0.005")
_FEWEST_LINES = 3


class SumLines:
    """The lines of records that are the sum of the record's others.

    Attributes:
        told: for a record's first row and a column, the value of its sum.
        rows: the rows of such lines.
    """

    def __init__(self, grid: Grid, reading: TableReading, roles: RowRoles, joiner: str) -> None:
        self.told: dict[tuple[int, int], CellValue] = {}
        self.rows: set[int] = set()
        if reading.kind != "project":
            return
        position_of = {row: position for position, row in enumerate(roles.data)}
        lines: dict[int, list[int]] = {}
        for row, first in roles.continuations.items():
            if first in position_of:
                lines.setdefault(first, [first]).append(row)
        for first, rows in lines.items():
            if roles.roles.get(max(rows) + 1) in _SUMS:
                rows.append(max(rows) + 1)
            sums = [row for row in rows if len(rows) >= _FEWEST_LINES and _is_sum(grid, reading.columns, row)]
            if len(sums) == 1:
                self._take(grid, reading, position_of, (first, sums[0], sorted(rows)), joiner)

    def _take(
        self,
        grid: Grid,
        reading: TableReading,
        position_of: Mapping[int, int],
        record: tuple[int, int, Sequence[int]],
        joiner: str,
    ) -> None:
        first, summed, rows = record
        self.rows.add(summed)
        for column in reading.columns:
            if first == summed and _says_sum(column.values[position_of[first]]):
                column.values[position_of[first]] = None
            if not column.meaning.value_type.startswith("amount"):
                continue
            whole = grid.rows[summed][column.index]
            parts = [value for row in rows if row != summed and (value := grid.rows[row][column.index]) is not None]
            if whole is None or not parts or not _come_to(parts, whole):
                continue
            self.told[first, column.index] = whole
            column.values[position_of[first]] = whole
            shown = joiner.join(cell_text(grid.rows[row][column.index]) for row in rows if row != summed)
            reading.added_extra.setdefault(position_of[first], {})[column.key] = shown

    def skips(self, row: int, value: CellValue) -> bool:
        """Whether a cell says nothing but that its line is the sum of the others."""
        return row in self.rows and _says_sum(value)


def _is_sum(grid: Grid, columns: Sequence[ColumnReading], row: int) -> bool:
    """Whether a line says 小计 or 合计 in a column of texts that names no project."""
    return any(
        _says_sum(grid.rows[row][column.index])
        for column in columns
        if column.meaning.field not in {"project_name", "sequence_no"}
    )


def _says_sum(value: CellValue) -> bool:
    return isinstance(value, str) and label_kind(value) in _SUMS


def _come_to(parts: Sequence[CellValue], whole: CellValue) -> bool:
    figures = [_figure(value) for value in (*parts, whole)]
    told = [figure for figure in figures if figure is not None]
    if len(told) < len(figures):
        return False
    *of_parts, of_whole = told
    return abs(sum(of_parts, Decimal()) - of_whole) <= abs(of_whole) * _ROUNDED


def _figure(value: CellValue) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return exact(float(value))
    try:
        return Decimal(compact(cell_text(value)).replace(",", ""))
    except InvalidOperation:
        return None
