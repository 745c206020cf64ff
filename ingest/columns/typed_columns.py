"""Typing a table's cells column by column, each distinct value once.

Which faults reject a row: an amount, date, rate or number that states something unreadable, an error or an uncached
formula in such a column. Placeholders are null. A stage wording nobody knows leaves the stage open (`stage_raw` keeps
it). A planned date under a column of actual dates goes to the planned field. Each type of cells has a module of its own;
`typed_fields.py` holds what they fill.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.stage_hints import no_hints
from ingest.columns.typed_amounts import AmountCells
from ingest.columns.typed_dates import DateCells
from ingest.columns.typed_fields import TypedFields
from ingest.columns.typed_figures import FigureCells
from ingest.columns.typed_stages import StageCells
from ingest.columns.typed_texts import TextCells
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.values.event_time import EventTime


class Typing:
    """Types the columns of one table; `hints` then tells what they say of the rows' stages."""

    def __init__(
        self,
        table: TableReading,
        county_code: str | None,
        event_time: EventTime | None = None,
        *,
        counts_from_1904: bool = False,
        is_printed: bool = False,
    ) -> None:
        fields, self.hints = TypedFields(table), no_hints()
        amounts, figures = AmountCells(fields), FigureCells(fields)
        self._fields = fields
        self._dates = DateCells(
            fields, self.hints, event_time, counts_from_1904=counts_from_1904, is_printed=is_printed
        )
        self._stages = StageCells(fields, self.hints, county_code)
        self._texts = TextCells(fields, self.hints, county_code)
        self._by_type: dict[str, Callable[[ColumnReading, ColumnMeaning], None]] = {
            "amount_cny": amounts.take,
            "amount_usd": amounts.take,
            "date": self._dates.take,
            "date_range": self._dates.take,
            "rate": figures.take_rates,
            "number": figures.take_numbers,
            "stage": self._stages.take,
        }

    def run(self, column: ColumnReading) -> None:
        """Type one mapped column."""
        meaning = column.meaning
        if meaning.field is None or meaning.field == "value":
            return
        if column.is_month_column and not meaning.value_type.startswith("amount"):
            # Of 3月进展, 4月进展, 5月进展 only the reported month's fills the field; the others stay in `extra`.
            return
        self._by_type.get(meaning.value_type, self._texts.take)(column, meaning)

    def place_moved_dates(self) -> None:
        """Dates that columns of other fields told fill what a field's own column leaves open."""
        self._dates.place_moved()

    def remarks(self) -> list[str]:
        """What people should know of the cells, and the wordings of stages that nobody knows."""
        return [
            *self._fields.remarks,
            *(f"阶段词不认识 unknown stage wording: {word}" for word in self._stages.unknown),
        ]
