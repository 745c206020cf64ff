"""What a sheet is made of: its tables with their columns, and the lines of text around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.layout.forms import Form
from ingest.layout.grid import Grid


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside the data: 0-based row and its text, cells joined by two spaces."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table: 0-based index in the sheet and its header path from the top to the leaf."""

    index: int
    path: tuple[str, ...]
    has_header: bool = True


@dataclass(slots=True)
class Table:
    """One table: where its titles start, its header block, the rows it may hold data in (`first_row` to `end_row`, exclusive), its columns.

    `band` is 0, or 1, 2… for tables to the right of another.
    """

    start_row: int
    header_rows: tuple[int, ...]
    first_row: int
    end_row: int
    columns: list[TableColumn]
    titles: list[TextLine] = field(default_factory=list)
    repeated_headers: set[int] = field(default_factory=set)
    column_number_rows: set[int] = field(default_factory=set)
    band: int = 0

    @property
    def body_rows(self) -> Sequence[int]:
        """The rows that may hold data: all below the header but those that number the columns or repeat the header."""
        rows = range(self.first_row, self.end_row)
        apart = self.column_number_rows | self.repeated_headers
        return [row for row in rows if row not in apart] if apart else rows

    @property
    def left(self) -> int:
        """First column of the table."""
        return self.columns[0].index

    @property
    def right(self) -> int:
        """Last column of the table."""
        return self.columns[-1].index


@dataclass(slots=True)
class SheetLayout:
    """The tables of a sheet and every text line above and between them; or, for a form sheet, its forms."""

    grid: Grid
    tables: list[Table]
    lines: list[TextLine]
    forms: list[Form] = field(default_factory=list)
