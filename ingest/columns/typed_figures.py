"""Cells of shares, rates and plain numbers."""

from __future__ import annotations

from typing import Any

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.typed_fields import TypedFields, each
from ingest.formats.sheet import CellValue
from ingest.ledgers.ledger_types import ColumnReading
from ingest.values.cell_values import (
    ParsedRate,
    bare_number,
    may_be_either,
    parse_number,
    parse_rate,
    rate_scale,
    share_scale,
)
from ingest.values.reasons import reason


class FigureCells:
    """Types the columns of rates and numbers of one table."""

    def __init__(self, fields: TypedFields) -> None:
        self.fields = fields
        self._either_rows: dict[str, list[int]] = {}

    def take_rates(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        """Type a column of shares or rates."""
        is_share = meaning.field == "progress_rate"
        is_percent = meaning.unit is not None and meaning.unit.code == "percent"
        scale = share_scale(column.values, is_percent_stated=is_percent) if is_share else rate_scale(column.values)

        def parse(value: CellValue) -> ParsedRate:
            rate = parse_rate(value, column_unit=meaning.unit, scale=scale)
            # No more can be undone than was done: a negative share is growth, or a slip.
            return ParsedRate(reason=reason("not_a_rate")) if is_share and (rate.value or 0) < 0 else rate

        parsed = each(column.values, parse)
        if is_share:
            either = may_be_either(column.values, scale, is_percent_stated=is_percent)
            for position, value in enumerate(column.values):
                if bare_number(value) in either:
                    parsed[position] = None
                    self.fields.untold(position, column, self._either_rows)
            self.fields.tell_rows(
                column,
                self._either_rows,
                "看不出是小数还是百分数",
                "may hold a fraction or a percentage; the share is unknown",
            )
        self._numeric(column, parsed)

    def take_numbers(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        """Type a column of numbers."""
        parsed = each(column.values, lambda value: parse_number(value, column_unit=meaning.unit))
        self._numeric(column, parsed)
        if column.meaning.field is not None:
            column.typed = [None if one is None or one.reason else one.value for one in parsed]

    def _numeric(self, column: ColumnReading, parsed: list[Any]) -> None:
        """Take over parsed rates or numbers."""
        if self.fields.is_other(column, parsed):
            return
        name = column.meaning.field or ""
        target = self.fields.values(name)
        for position, one in enumerate(parsed):
            if one is None:
                continue
            if one.reason is not None:
                self.fields.reject(position, column, one.reason)
            elif target[position] is None:
                target[position] = one.value
                if one.is_approximate:
                    self.fields.approximate(position, name)
