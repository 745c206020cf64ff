"""Cells of money: yuan, dollars, both in one cell, plans and bands."""

from __future__ import annotations

from decimal import Decimal

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import says
from ingest.columns.typed_fields import TypedFields, each
from ingest.formats.sheet import CellValue
from ingest.headers.header_text import segment
from ingest.ledgers.ledger_types import ColumnReading, FieldValue
from ingest.values.amounts import usual_amount
from ingest.values.cell_values import ParsedAmount, is_own_money, parse_amount, usd_sibling
from ingest.values.printed import cell_text, compact
from ingest.values.reasons import reason

_USD_PART = "（美元部分）"
_BAND = "amount_band"
_IN_WORDS = frozenset({"not_an_amount", "amount_with_text", "two_amounts"})
_MISMATCH = "currency_mismatch"
_FOREIGN = "foreign_currency"
_INTENDED = ("拟", "意向", "计划", "预计")
_DONE = ("funds_arrived_", "foreign_arrived_", "investment_done_")
_SAFE_INT = 10**10


class AmountCells:
    """Types the columns of money of one table."""

    def __init__(self, fields: TypedFields) -> None:
        self.fields = fields
        self._dollar_rows: dict[str, list[int]] = {}
        self._foreign_rows: dict[str, list[int]] = {}

    def take(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        """Type one column."""
        assert meaning.field is not None  # noqa: S101 - for the type checker
        currency = "USD" if meaning.value_type == "amount_usd" else "CNY"
        unit, basis, units = meaning.unit, meaning.unit_basis, meaning.other_units
        pick = 0 if currency == "CNY" else 1
        special: set[int] = set()
        whole = int(unit.multiplier) if unit and unit.code == currency and unit.multiplier % 1 == 0 else 0

        def parse(value: CellValue) -> ParsedAmount:
            amount = _plain_amount(value, whole) if whole else None
            if amount is not None:
                return ParsedAmount(amount, None) if currency == "CNY" else ParsedAmount(None, amount)
            one = parse_amount(value, column_unit=unit, unit_basis=basis, other_units=units, currency=currency)
            if one[1 - pick] is not None or one.is_special:
                special.add(id(one))
            return one

        parsed = each(column.cells, parse)
        if self.fields.is_other(column, parsed):
            return
        column.typed = typed = [None if one is None else one[pick] for one in parsed]
        if not column.is_month_column:
            self.fields.fill(meaning.field, typed)
        if not special:
            return
        for position, one in enumerate(parsed):
            if one is not None and id(one) in special:
                self._special_amount(position, column, one, currency)
        self.fields.tell_rows(
            column, self._dollar_rows, "只有美元", "state dollars only; no rate is guessed, the yuan amount is unknown"
        )
        self.fields.tell_rows(
            column,
            self._foreign_rows,
            "是其他外币",
            "state another currency; no rate is guessed, the amount is unknown",
        )

    def _special_amount(self, position: int, column: ColumnReading, parsed: ParsedAmount, currency: str) -> None:
        field = column.meaning.field or ""
        if parsed.reason is not None and parsed.reason.code == _BAND and _is_intended(column.meaning):
            # 拟投资额 1亿-5亿: an intention told as a band is no fault; it has no figure, but is kept.
            self.fields.approximate(position, field)
            self.fields.add_extra(position, column.key, cell_text(column.values[position]))
            return
        if parsed.reason is not None and parsed.reason.code == _MISMATCH and parsed.usd is not None:
            self._dollars_alone(position, column, field, parsed)
            return
        if parsed.reason is not None and parsed.reason.code == _FOREIGN:
            # 3000万港元: the cell states what it counts; only what it is worth can't be told.
            self.fields.untold(position, column, self._foreign_rows)
            return
        if parsed.reason is not None:
            if parsed.reason.code in _IN_WORDS and _may_tell_story(column.meaning):
                self.fields.add_extra(position, column.key, cell_text(column.values[position]))
            else:
                self.fields.reject(position, column, parsed.reason)
            if column.typed is not None:
                column.typed[position] = None
            return
        if not is_own_money(field, parsed.kinds) or (parsed.note_kinds and is_own_money(field, parsed.note_kinds)):
            # 3亿元（已到位1亿元） under 到位资金: the note tells what the column asks for.
            self.fields.reject(position, column, reason("amount_with_text"))
            self._clear(position, column)
            return
        if parsed.is_planned and field.startswith(_DONE):
            # 计划500 under money that has arrived or been spent: nothing has yet.
            self._clear(position, column)
            self.fields.add_extra(position, column.key, cell_text(column.values[position]))
            return
        if parsed.is_approximate:
            self.fields.approximate(position, field)
        if parsed.has_note:
            self.fields.add_extra(position, column.key, cell_text(column.values[position]))
        if parsed.cny is not None and parsed.usd is not None:
            sibling = usd_sibling(field) if currency == "CNY" else None
            self._both_currencies(position, column, sibling, parsed.cny if currency == "USD" else parsed.usd)

    def _clear(self, position: int, column: ColumnReading) -> None:
        self.fields.values(column.meaning.field or "")[position] = None
        if column.typed is not None:
            column.typed[position] = None

    def _dollars_alone(self, position: int, column: ColumnReading, field: str, parsed: ParsedAmount) -> None:
        """Dollars under yuan: no rate is guessed, so the yuan are unknown; the dollars go where they belong, or beside."""
        if parsed.is_planned and field.startswith(_DONE):
            self.fields.add_extra(position, column.key, cell_text(column.values[position]))
            return
        self._both_currencies(position, column, usd_sibling(field), parsed.usd)
        self._dollar_rows.setdefault(column.key, []).append(self.fields.table.row_numbers[position])

    def _both_currencies(self, position: int, column: ColumnReading, sibling: str | None, part: FieldValue) -> None:
        """A cell that states yuan and dollars: each part goes to its own field, else beside it into `extra`."""
        assert column.meaning.field is not None  # noqa: S101 - for the type checker
        self.fields.approximate(position, column.meaning.field)
        is_own = any(other.meaning.field == sibling for other in self.fields.table.columns)
        if sibling and not is_own and self.fields.values(sibling)[position] is None:
            self.fields.values(sibling)[position] = part
        else:
            self.fields.add_extra(position, f"{column.key}{_USD_PART}", str(part))


def _is_intended(meaning: ColumnMeaning) -> bool:
    """Whether the header says that the amount is meant, not stated as a fact (拟投资额, 意向投资)."""
    return meaning.is_planned or any(compact(part).startswith(_INTENDED) for part in meaning.path)


def _plain_amount(value: CellValue, multiplier: int) -> Decimal | None:
    """The common case: a number under a known unit. Whole ones are exact as they are. None for what needs a closer look."""
    if value.__class__ is int and -_SAFE_INT < value < _SAFE_INT:
        return Decimal(value * multiplier)
    return usual_amount(value, multiplier) if value.__class__ is float else None


def _may_tell_story(meaning: ColumnMeaning) -> bool:
    """资金到位情况 without a unit of its own may hold words (首期资金已到位): its row is a project all the same."""
    leaf = segment(meaning.path[-1]).core if meaning.path else ""
    return meaning.unit_basis not in ("leaf", "group") and says("tells_story", leaf)
