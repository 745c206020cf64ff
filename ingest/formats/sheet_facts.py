"""What a sheet says beside its values, and the check of how much its cells span before a dense reader allocates it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from ingest.formats.cell_reference import cell_name
from ingest.formats.number_formats import NumberShown, as_shown
from ingest.formats.sheet import CellValue, Merge, MonthShown, Sheet, YearShown
from ingest.limits import Limits
from ingest.refused import too_large


@dataclass(slots=True)
class SheetFacts:
    """Collected from a sheet's own bytes; positions are 0-based. `last_row` and `last_column` count cells with content."""

    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """First and last column of each hidden stretch."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    date_precisions: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells whose format shows a date to the `month` or `year` only."""
    numbers_shown: dict[tuple[int, int], NumberShown] = field(default_factory=dict)
    """Cells whose format shows a unit of money or a smaller number."""
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    bad_rows: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Rows that hold one cell twice, as in `Sheet`."""
    counts_from_1904: bool = False
    is_written_oddly: bool = False
    """Values with markup inside (CDATA, a comment), of which calamine would drop a part, or texts by a number that is none."""
    cells: int = 0
    last_row: int = -1
    last_column: int = -1

    def count(self, row: int, column: int) -> None:
        """One more cell with content."""
        self.cells += 1
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self.last_column = column

    def check_span(self, limits: Limits) -> None:
        """Refuse what a dense reader could not hold.

        Raises:
            Refused: `too_large`, naming the far cell or the count.
        """
        if self.cells > limits.cells:
            raise too_large(f"超过 {limits.cells} 个有内容的单元格", f"more than {limits.cells} cells with content")
        if self.last_row >= limits.rows or (self.last_row + 1) * (self.last_column + 1) > limits.area:
            corner = cell_name(self.last_row, self.last_column)
            raise too_large(f"内容一直延伸到 {corner}，请删除远处的单元格", f"content reaches out to {corner}")

    def sheet(self, name: str, rows: list[list[CellValue]], hidden: bool) -> Sheet:
        """The sheet with these facts, cut to the rows and columns that hold something."""
        height, width = len(rows), max(map(len, rows), default=0)
        for row in self.bad_rows:
            if row < height:
                rows[row] = []
        for row, column in self.uncached:
            if row < height and column < len(rows[row]):
                rows[row][column] = None
        for (row, column), precision in self.date_precisions.items():
            if row < height and column < len(rows[row]):
                rows[row][column] = _as_shown(rows[row][column], precision)
        for (row, column), shown in self.numbers_shown.items():
            if row < height and column < len(rows[row]):
                rows[row][column] = as_shown(rows[row][column], shown)
        return Sheet(
            name,
            rows,
            hidden,
            merges=[
                Merge(m.top, m.left, min(m.bottom, height - 1), min(m.right, width - 1))
                for m in self.merges
                if m.top < height and m.left < width
            ],
            hidden_rows=frozenset(row for row in self.hidden_rows if row < height),
            hidden_columns=frozenset(
                column for first, last in self.hidden_columns for column in range(first, min(last, width - 1) + 1)
            ),
            errors=self.errors,
            uncached=frozenset(self.uncached),
            bad_rows=self.bad_rows,
            indents=self.indents,
            percents=frozenset(self.percents),
            counts_from_1904=self.counts_from_1904,
        )


def _as_shown(value: CellValue, precision: str) -> CellValue:
    """The same day, known to be shown to its month or year only."""
    if value.__class__ is not dt.date or value.day != 1:
        return value
    if precision == "month":
        return MonthShown(value.year, value.month, 1)
    return YearShown(value.year, 1, 1) if value.month == 1 else value
