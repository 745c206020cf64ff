"""Typing a table's cells column by column, each distinct value once.

Which faults reject a row: an amount, date, rate or number that states something unreadable, an error or an uncached
formula in such a column. Placeholders are null. A stage wording nobody knows leaves the stage open (`stage_raw` keeps
it). A planned date under a column of actual dates goes to the planned field.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ingest.headers import ColumnMeaning
from ingest.ledger_types import ColumnReading, FieldValue, RowReason, TableReading
from ingest.printed import cell_text
from ingest.reasons import Reason
from ingest.sheet import CellValue
from ingest.values import (
    clean_text,
    parse_amount,
    parse_date,
    parse_number,
    parse_rate,
    parse_stage,
    planned_sibling,
    rate_scale,
    usd_sibling,
)

USD_PART = "（美元部分）"


class StageHints(NamedTuple):
    """What cells say about a row's stage beside its stage column, by position."""

    reached: dict[int, str]
    not_reached: dict[int, str]


class Typing:
    """Fills `fields`, `precisions`, `reasons`, `approximate`, `added_extra` of one table."""

    def __init__(self, table: TableReading, county_code: str | None) -> None:
        self.table = table
        self.county_code = county_code
        self.hints = StageHints({}, {})
        self.unknown_stages: dict[str, str] = {}

    def run(self, column: ColumnReading) -> None:
        """Type one mapped column."""
        meaning = column.meaning
        if meaning.field is None or meaning.field == "value":
            return
        by_type: dict[str, Callable[[ColumnReading, ColumnMeaning], None]] = {
            "amount_cny": self._amounts,
            "amount_usd": self._amounts,
            "date": self._dates,
            "date_range": self._dates,
            "rate": self._rates,
            "number": self._numbers,
            "stage": self._stages,
        }
        by_type.get(meaning.value_type, self._texts)(column, meaning)

    def values(self, name: str) -> list[FieldValue]:
        """The list of a field, empty at first."""
        found = self.table.fields.get(name)
        if found is None:
            found = self.table.fields[name] = [None] * len(self.table)
        return found

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

    def _texts(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        assert meaning.field is not None  # noqa: S101 - for the type checker
        cache: dict[CellValue, str | None] = {}
        cleaned: list[Any] = []
        for value in column.values:
            if value is None:
                cleaned.append(None)
                continue
            text = cache.get(value)
            if text is None and value not in cache:
                text = cache[value] = clean_text(value)
            cleaned.append(text)
        if meaning.field in self.table.fields:
            self._fill(meaning.field, cleaned)
        else:
            self.table.fields[meaning.field] = cleaned

    def _fill(self, name: str, values: list[Any]) -> None:
        target = self.values(name)
        for position, value in enumerate(values):
            if value is not None and target[position] is None:
                target[position] = value

    def _parsed(self, column: ColumnReading, parse: Callable[[CellValue], Any]) -> list[tuple[int, Any]]:
        """Position and result of each filled cell, each distinct value parsed once."""
        cache: dict[Any, Any] = {}
        found = []
        for position, value in enumerate(column.values):
            if value is None:
                continue
            key = value if value.__class__ is not bool else (value,)
            result = cache.get(key)
            if result is None:
                result = cache[key] = parse(value)
            found.append((position, result))
        return found

    def _amounts(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        assert meaning.field is not None  # noqa: S101 - for the type checker
        currency = "USD" if meaning.value_type == "amount_usd" else "CNY"
        typed: list[Any] = [None] * len(self.table)
        column.typed = typed
        target: list[Any] = typed if column.is_month_column else self.values(meaning.field)
        other = usd_sibling(meaning.field) if currency == "CNY" else None
        unit, basis, units = meaning.unit, meaning.unit_basis, meaning.other_units

        def parse(value: CellValue) -> Any:
            return parse_amount(value, column_unit=unit, unit_basis=basis, other_units=units, currency=currency)

        for position, parsed in self._parsed(column, parse):
            cny, usd, is_approximate, _, reason = parsed
            if reason is not None:
                self.reject(position, column, reason)
                continue
            target[position] = typed[position] = cny if currency == "CNY" else usd
            if is_approximate:
                self.approximate(position, meaning.field)
            if cny is not None and usd is not None:
                self._both_currencies(position, column, other, cny if currency == "USD" else usd)

    def _both_currencies(self, position: int, column: ColumnReading, sibling: str | None, part: FieldValue) -> None:
        """A cell that states yuan and dollars: each part goes to its own field, else beside it into `extra`."""
        assert column.meaning.field is not None  # noqa: S101 - for the type checker
        self.approximate(position, column.meaning.field)
        if sibling and self.values(sibling)[position] is None:
            self.values(sibling)[position] = part
        else:
            self.add_extra(position, f"{column.key}{USD_PART}", str(part))

    def _dates(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        assert meaning.field is not None  # noqa: S101 - for the type checker
        is_range = meaning.value_type == "date_range"
        year = meaning.period.year if meaning.period and meaning.period.year else None

        def parse(value: CellValue) -> Any:
            return parse_date(value, report_year=year, is_range=is_range)

        for position, parsed in self._parsed(column, parse):
            if parsed.reason is not None:
                self.reject(position, column, parsed.reason)
                continue
            if parsed.stage_hint:
                self._hint(position, parsed.stage_hint)
            name = meaning.field
            if parsed.is_planned and not meaning.is_planned:
                name = planned_sibling(meaning.field) or ""
            self._date(position, name, parsed.value, parsed.precision, parsed.is_approximate)
            if meaning.end_field:
                self._date(position, meaning.end_field, parsed.end_value, parsed.end_precision, parsed.is_approximate)
            if not name and parsed.value:
                self.add_extra(position, column.key, cell_text(column.values[position]))

    def _date(self, position: int, name: str, value: FieldValue, precision: str | None, is_approximate: bool) -> None:
        if not name or value is None:
            return
        target = self.values(name)
        if target[position] is not None:
            return
        target[position] = value
        precisions = self.table.precisions.setdefault(name, [None] * len(self.table))
        precisions[position] = precision
        if is_approximate:
            self.approximate(position, name)

    def _hint(self, position: int, hint: str) -> None:
        if hint.startswith("before:"):
            self.hints.not_reached[position] = hint.removeprefix("before:")
        else:
            self.hints.reached[position] = hint

    def _rates(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        assert meaning.field is not None  # noqa: S101 - for the type checker
        target = self.values(meaning.field)
        scale = rate_scale(column.values)
        for position, parsed in self._parsed(
            column, lambda value: parse_rate(value, column_unit=meaning.unit, scale=scale)
        ):
            if parsed.reason is not None:
                self.reject(position, column, parsed.reason)
                continue
            target[position] = parsed.value
            if parsed.is_approximate:
                self.approximate(position, meaning.field)

    def _numbers(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        assert meaning.field is not None  # noqa: S101 - for the type checker
        target = self.values(meaning.field)
        typed = column.typed = [None] * len(self.table)
        for position, parsed in self._parsed(column, lambda value: parse_number(value, column_unit=meaning.unit)):
            if parsed.reason is not None:
                self.reject(position, column, parsed.reason)
                continue
            target[position] = typed[position] = parsed.value

    def _stages(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        stages, raws = self.values("stage"), self.values("stage_raw")
        for position, parsed in self._parsed(column, lambda value: parse_stage(value, self.county_code)):
            if raws[position] is None:
                raws[position] = parsed.raw
            if parsed.stage is not None and stages[position] is None:
                stages[position] = parsed.stage
            elif parsed.before is not None:
                self.hints.not_reached[position] = parsed.before
            if parsed.reason is not None and parsed.raw:
                self.unknown_stages.setdefault(parsed.raw, parsed.reason.code)
