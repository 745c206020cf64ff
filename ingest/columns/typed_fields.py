"""Where typed cells go: the fields, reasons, marks and leftovers of one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ingest.formats.sheet import CellValue
from ingest.ledgers.ledger_types import ColumnReading, FieldValue, RowReason, TableReading
from ingest.values.printed import cell_text
from ingest.values.reasons import Reason

_ENOUGH_CELLS = 4
_OTHER_TYPE = frozenset({"not_a_date", "not_a_rate", "not_a_number", "not_an_amount"})
_ROWS_NAMED = 5


class TypedFields:
    """Fills `fields`, `precisions`, `reasons`, `approximate`, `added_extra` of one table; `remarks` are for people."""

    def __init__(self, table: TableReading) -> None:
        self.table = table
        self.remarks: list[str] = []

    def values(self, name: str) -> list[FieldValue]:
        """The list of a field, empty at first."""
        found = self.table.fields.get(name)
        if found is None:
            found = self.table.fields[name] = [None] * len(self.table)
        return found

    def fill(self, name: str, values: list[Any]) -> None:
        """Fill what a field leaves open; the first column of a field gives it all of its values."""
        known = self.table.fields.get(name)
        if known is None:
            self.table.fields[name] = list(values)
            return
        for position, value in enumerate(values):
            if value is not None and known[position] is None:
                known[position] = value

    def reject(self, position: int, column: ColumnReading, reason: Reason) -> None:
        """Turn a row away for one cell."""
        raw = cell_text(column.values[position])
        reasons = self.table.reasons.setdefault(position, [])
        if not any(known.column == column.key for known in reasons):
            reasons.append(RowReason(reason.code, column.key, raw, reason.message))

    def approximate(self, position: int, name: str) -> None:
        """Mark a field of a row as approximate."""
        self.table.approximate.setdefault(position, []).append(name)

    def add_extra(self, position: int, key: str, text: str) -> None:
        """Keep what has no field of its own."""
        self.table.added_extra.setdefault(position, {})[key] = text

    def untold(self, position: int, column: ColumnReading, rows: dict[str, list[int]]) -> None:
        """A cell that says something plain which its field can't hold: null, marked, kept beside, and told to people."""
        self.approximate(position, column.meaning.field or "")
        self.add_extra(position, column.key, cell_text(column.values[position]))
        rows.setdefault(column.key, []).append(self.table.row_numbers[position])

    def tell_rows(self, column: ColumnReading, told: dict[str, list[int]], chinese: str, english: str) -> None:
        """Say how many rows of a column are left open, and which."""
        if rows := told.get(column.key):
            named = "、".join(map(str, rows[:_ROWS_NAMED])) + ("…" if len(rows) > _ROWS_NAMED else "")
            self.remarks.append(
                f"“{column.key}”有{len(rows)}行{chinese}（第{named}行），不折算、不猜测，此项为空。 "
                f"{len(rows)} row(s) of this column {english}."
            )

    def is_other(self, column: ColumnReading, parsed: list[Any]) -> bool:
        """Whether a column holds nothing of its type at all: then its header was misread, and it goes to `extra`."""
        if all(one is None or one.reason is None for one in parsed):
            return False
        found = [one for one in parsed if one is not None and any(part is not None for part in one)]
        if len(found) < _ENOUGH_CELLS or not all(one.reason and one.reason.code in _OTHER_TYPE for one in found):
            return False
        self.remarks.append(
            f"“{column.key}”整列都不是{column.meaning.field}应有的类型，放入 extra；请核对表头。 "
            f"No cell of this column is of the type that {column.meaning.field} needs; it went to extra."
        )
        column.meaning = replace(column.meaning, field=None, unit=None, unit_basis=None, why=self.remarks[-1])
        return True


def each(values: list[CellValue], parse: Callable[[CellValue], Any]) -> list[Any]:
    """The results for all cells, each distinct value parsed once; None for empty cells."""
    if bool in set(map(type, values)):
        # True equals 1 as a key.
        return [None if value is None else parse(value) for value in values]
    known: dict[CellValue, Any] = {value: parse(value) for value in set(values) if value is not None}
    known[None] = None
    return [known[value] for value in values]
