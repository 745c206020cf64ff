"""The columns of one table with what settles them: its cells, its other columns, its titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import segment
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact
from ingest.values.units import Unit

PLAIN_FIGURE = re.compile(r"\d+(?:\.\d+)?")
PARTS = re.compile("[、,，;；/\n ]+")


@dataclass(slots=True)
class ColumnsOfTable:
    """The columns of one table, with what settles them."""

    grid: Grid
    table: Table
    meanings: list[ColumnMeaning]
    context: HeaderContext
    titles: str

    def has(self, *fields: str) -> bool:
        """Whether a column has any of the fields."""
        return any(meaning.field in fields for meaning in self.meanings)

    def open(self, words: str) -> list[int]:
        """The columns without a field whose only header is such a wording."""
        return [
            index
            for index, meaning in enumerate(self.meanings)
            if meaning.field is None and len(meaning.path) == 1 and says(words, segment(meaning.path[-1]).core)
        ]

    def texts(self, index: int) -> list[str]:
        """What the column's cells say, without placeholders and repeated headers."""
        return list(self._said(index))

    def _said(self, index: int) -> Iterator[str]:
        header = compact(self.table.columns[index].path[-1])
        found = (compact(cell_text(value)) for value in self.cells(index) if value is not None)
        return (text for text in found if text and text != header and not is_placeholder(text))

    def cells(self, index: int) -> Iterator[CellValue]:
        """What stands below the column's header, row by row."""
        place = self.table.columns[index].index
        return (self.grid.rows[row][place] for row in self.table.body_rows)

    def share(self, index: int, fits: Callable[[str], object]) -> float:
        """How much of what the column says fits, 0 to 1."""
        texts = self.texts(index)
        return sum(1 for text in texts if fits(text)) / len(texts) if texts else 0.0

    def mostly(self, index: int, fits: Callable[[str], object], least: float) -> bool:
        """Whether at least this share of what the column says fits; most columns that do not tell so in their first rows."""
        said = fitting = 0
        may_miss = len(self.table.body_rows) * (1 - least)
        for text in self._said(index):
            said += 1
            fitting += bool(fits(text))
            if said - fitting > may_miss:
                return False
        return said > 0 and fitting / said >= least

    def never_less(self, index: int, unit: Unit | None, other: int, other_unit: Unit | None = None) -> bool:
        """Whether in every row that has both the one figure is as great as the other, and there is such a row."""
        its_unit = self.meanings[other].unit or other_unit
        if unit is None or its_unit is None:
            return False
        ones = (_figure(value, unit) for value in self.cells(index))
        pairs = zip(ones, (_figure(value, its_unit) for value in self.cells(other)), strict=True)
        both = [(one, two) for one, two in pairs if one is not None and two is not None]
        return bool(both) and all(one >= two for one, two in both)

    def take(self, index: int, read: ColumnMeaning, why: str) -> None:
        """Give the column what `read` says, keeping its own path."""
        self.meanings[index] = replace(read, path=self.meanings[index].path, match_method="close", why=why)

    def name(self, index: int, field: str, why: str) -> None:
        """Give the column a field of texts."""
        self.take(index, replace(self.meanings[index], field=field, value_type="text", match_score=1.0), why)


def _figure(value: CellValue, unit: Unit) -> Decimal | None:
    """A bare figure in its header's unit; CSV has figures as texts."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = compact(str(value)).replace(",", "")
    return Decimal(text) * unit.multiplier if PLAIN_FIGURE.fullmatch(text) else None


def give_to_another(columns: ColumnsOfTable, index: int, field: str) -> None:
    """Let another column that alone would be this field have it, now that `index` holds something else."""
    for other, one in enumerate(columns.meanings):
        alone = interpret_column(one.path, context=columns.context) if one.field is None and other != index else None
        if alone is not None and alone.field == field and not holds_amounts(columns, other):
            columns.meanings[other] = alone
            break


def holds_amounts(columns: ColumnsOfTable, index: int) -> bool:
    """Whether all that a column says are plain figures, and it says any; most columns tell by their first cell."""
    found = False
    for text in column_texts(columns.grid, columns.table, columns.table.columns[index]):
        if not PLAIN_FIGURE.fullmatch(text.replace(",", "")):
            return False
        found = True
    return found


def is_office(text: str) -> bool:
    """Whether a cell names offices of the government, one or several."""
    return all(says("office_cell", part) for part in PARTS.split(text) if part)
