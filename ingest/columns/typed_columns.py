"""Typing a table's cells column by column, each distinct value once.

Which faults reject a row: an amount, date, rate or number that states something unreadable, an error or an uncached
formula in such a column. Placeholders are null. A stage wording nobody knows leaves the stage open (`stage_raw` keeps
it). A planned date under a column of actual dates goes to the planned field.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import says
from ingest.columns.unit_and_person_cells import LISTED_FIELDS, as_listed
from ingest.formats.sheet import CellValue
from ingest.headers.header_text import segment
from ingest.ledgers.ledger_types import ColumnReading, FieldValue, RowReason, TableReading
from ingest.values.amounts import usual_amount
from ingest.values.cell_text import without_text_mark
from ingest.values.cell_values import (
    ParsedAmount,
    ParsedDate,
    ParsedRate,
    bare_number,
    clean_text,
    done_sibling,
    is_own_event,
    is_own_money,
    may_be_either,
    parse_amount,
    parse_date,
    parse_number,
    parse_rate,
    parse_stage,
    planned_sibling,
    rate_scale,
    share_scale,
    usd_sibling,
)
from ingest.values.dates import FIRST_YEAR, LAST_YEAR, states_no_date
from ingest.values.event_time import EventTime
from ingest.values.printed import cell_text, compact
from ingest.values.reasons import Reason, reason

USD_PART = "（美元部分）"
_ENOUGH_CELLS = 4
_LONGEST_STAGE = 8
_OTHER_TYPE = frozenset({"not_a_date", "not_a_rate", "not_a_number", "not_an_amount"})
_BAND = "amount_band"
_BEHIND_A_NUMBER = ".．、"
_IN_WORDS = frozenset({"not_an_amount", "amount_with_text", "two_amounts"})
_MISMATCH = "currency_mismatch"
_FOREIGN = "foreign_currency"
_NO_YEAR = frozenset({"year_missing", "two_dates"})
_AMBIGUOUS = "date_ambiguous"
_DOTTED_MONTH = re.compile(r"20\d\d\.\d{1,2}")
_DOTTED_DAY = re.compile(r"(\d{1,2})[.．](\d{1,2})")
_YEAR_MONTH = re.compile(r"(\d{2})[-./](\d{1,2})月?")
_NO_DATE = frozenset({"not_a_date", "date_with_text"})
_ROWS_NAMED = 5
_INTENDED = ("拟", "意向", "计划", "预计")
_DONE = ("funds_arrived_", "foreign_arrived_", "investment_done_")
_SAFE_INT = 10**10
_EXACT_DIGITS = 1e15
_SHARE = re.compile("[%％]|百分之")
_CODES = frozenset({"project_code", "contact_phone"})
_WORKFLOW = "stage_workflow"
_FIGURE_OR_MASK = re.compile(r"[\d*＊×]")
_PLAIN_DATE = ParsedDate()[2:]


def _may_tell_story(meaning: ColumnMeaning) -> bool:
    """资金到位情况 without a unit of its own may hold words (首期资金已到位): its row is a project all the same."""
    leaf = segment(meaning.path[-1]).core if meaning.path else ""
    return meaning.unit_basis not in ("leaf", "group") and says("tells_story", leaf)


def _clean_list(value: CellValue) -> str | None:
    return clean_text(as_listed(value) if isinstance(value, str) else value)


class StageHints(NamedTuple):
    """What cells say about a row's stage beside its stage column, by position; a tick says that a stage is reached,
    not that it is the last one. Of a row that may have ended, dates don't tell how it stands; of one whose stage column
    could not be read they do only where nothing later can be hidden. What a note says is not reached bounds stated dates
    less: `noted_before` by position, `paperwork` where the note tells of papers, which works need not wait for."""

    reached: dict[int, str]
    not_reached: dict[int, str]
    noted_before: dict[int, str]
    paperwork: set[int]
    ticked: dict[int, str]
    perhaps_ended: set[int]
    unread: set[int]


class Typing:
    """Fills `fields`, `precisions`, `reasons`, `approximate`, `added_extra` of one table."""

    def __init__(
        self,
        table: TableReading,
        county_code: str | None,
        event_time: EventTime | None = None,
        *,
        counts_from_1904: bool = False,
        is_printed: bool = False,
    ) -> None:
        self.table = table
        self.event_time = event_time
        self.county_code = county_code
        self.counts_from_1904 = counts_from_1904
        self.is_printed = is_printed
        self.hints = StageHints({}, {}, {}, set(), {}, set(), set())
        self.unknown_stages: dict[str, str] = {}
        self.remarks: list[str] = []
        self.dollar_rows: dict[str, list[int]] = {}
        self.foreign_rows: dict[str, list[int]] = {}
        self.undated_rows: dict[str, list[int]] = {}
        self.either_rows: dict[str, list[int]] = {}
        self.moved_dates: list[tuple[int, str, ColumnReading, ParsedDate]] = []

    def run(self, column: ColumnReading) -> None:
        """Type one mapped column."""
        meaning = column.meaning
        if meaning.field is None or meaning.field == "value":
            return
        if column.is_month_column and not meaning.value_type.startswith("amount"):
            # Of 3月进展, 4月进展, 5月进展 only the reported month's fills the field; the others stay in `extra`.
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

    def _is_other(self, column: ColumnReading, parsed: list[Any]) -> bool:
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

    def _texts(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        assert meaning.field is not None  # noqa: S101 - for the type checker
        cleaned = _each(column.cells, _clean_list if meaning.field in LISTED_FIELDS else clean_text)
        if meaning.field in _CODES:
            self._drop_cut_codes(column, cleaned)
            self._drop_words(column, cleaned)
        if meaning.field == "sequence_no":
            cleaned = [text.rstrip(_BEHIND_A_NUMBER) if text is not None else None for text in cleaned]
        if meaning.field == "progress_note":
            self._told_shares(column)
            self._told_stages(column)
        if meaning.field in self.table.fields:
            self._fill(meaning.field, cleaned)
        else:
            self.table.fields[meaning.field] = cleaned

    def _told_stages(self, column: ColumnReading) -> None:
        """`在建` alone under 进展 is the row's own word for its stage, though the column's other cells tell more."""
        for position, value in enumerate(column.values):
            if not isinstance(value, str) or len(value) > _LONGEST_STAGE:
                continue
            told = parse_stage(value, self.county_code)
            if told.reason is None and told.stage is not None:
                self.hints.reached.setdefault(position, told.stage)
            elif told.reason is None and told.before is not None:
                self.hints.noted_before.setdefault(position, told.before)
                if says("paperwork", compact(value)):
                    self.hints.paperwork.add(position)

    def _told_shares(self, column: ColumnReading) -> None:
        """`20%` under 进度 is the share done too, unless a column of its own tells it."""
        if any(other.meaning.field == "progress_rate" for other in self.table.columns):
            return
        shares = {position: share for position, value in enumerate(column.values) if (share := _share_told(value))}
        if shares:
            target = self.values("progress_rate")
            for position, share in shares.items():
                target[position] = share.value
                if share.is_approximate:
                    self.approximate(position, "progress_rate")

    def _drop_cut_codes(self, column: ColumnReading, cleaned: list[Any]) -> None:
        """A long code stored as a number has lost its last digits; it must not identify a project."""
        for position, value in enumerate(column.values):
            if isinstance(value, float) and abs(value) >= _EXACT_DIGITS:
                cleaned[position] = None
                self.add_extra(position, column.key, cell_text(value))
                self.remarks.append(
                    f"第{self.table.row_numbers[position]}行“{column.key}”存成了数字，末几位已丢失，不采用；请设为文本格式后重填。 "
                    f"Row {self.table.row_numbers[position]}: the code was stored as a number and lost its last digits."
                )

    def _drop_words(self, column: ColumnReading, cleaned: list[Any]) -> None:
        """已备案 or 办理中 under 项目代码 would tie projects to each other that have nothing else in common.

        The mark that kept a code a text in its spreadsheet is no part of it.
        """
        for position, text in enumerate(cleaned):
            if text is None:
                continue
            if _FIGURE_OR_MASK.search(text):
                cleaned[position] = without_text_mark(text)
            else:
                cleaned[position] = None
                self.add_extra(position, column.key, text)

    def _fill(self, name: str, values: list[Any]) -> None:
        target = self.values(name)
        for position, value in enumerate(values):
            if value is not None and target[position] is None:
                target[position] = value

    def _amounts(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
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

        parsed = _each(column.cells, parse)
        if self._is_other(column, parsed):
            return
        column.typed = typed = [None if one is None else one[pick] for one in parsed]
        if not column.is_month_column:
            self._fill_or_take(meaning.field, typed)
        if not special:
            return
        for position, one in enumerate(parsed):
            if one is not None and id(one) in special:
                self._special_amount(position, column, one, currency)
        self._tell_rows(
            column, self.dollar_rows, "只有美元", "state dollars only; no rate is guessed, the yuan amount is unknown"
        )
        self._tell_rows(
            column, self.foreign_rows, "是其他外币", "state another currency; no rate is guessed, the amount is unknown"
        )

    def _fill_or_take(self, name: str, values: list[Any]) -> None:
        if name in self.table.fields:
            self._fill(name, values)
        else:
            self.table.fields[name] = list(values)

    def _special_amount(self, position: int, column: ColumnReading, parsed: ParsedAmount, currency: str) -> None:
        field = column.meaning.field or ""
        if parsed.reason is not None and parsed.reason.code == _BAND and _is_intended(column.meaning):
            # 拟投资额 1亿-5亿: an intention told as a band is no fault; it has no figure, but is kept.
            self.approximate(position, field)
            self.add_extra(position, column.key, cell_text(column.values[position]))
            return
        if parsed.reason is not None and parsed.reason.code == _MISMATCH and parsed.usd is not None:
            self._dollars_alone(position, column, field, parsed)
            return
        if parsed.reason is not None and parsed.reason.code == _FOREIGN:
            # 3000万港元: the cell states what it counts; only what it is worth can't be told.
            self._untold(position, column, self.foreign_rows)
            return
        if parsed.reason is not None:
            if parsed.reason.code in _IN_WORDS and _may_tell_story(column.meaning):
                self.add_extra(position, column.key, cell_text(column.values[position]))
            else:
                self.reject(position, column, parsed.reason)
            if column.typed is not None:
                column.typed[position] = None
            return
        if not is_own_money(field, parsed.kinds) or (parsed.note_kinds and is_own_money(field, parsed.note_kinds)):
            # 3亿元（已到位1亿元） under 到位资金: the note tells what the column asks for.
            self.reject(position, column, reason("amount_with_text"))
            self._clear(position, column)
            return
        if parsed.is_planned and field.startswith(_DONE):
            # 计划500 under money that has arrived or been spent: nothing has yet.
            self._clear(position, column)
            self.add_extra(position, column.key, cell_text(column.values[position]))
            return
        if parsed.is_approximate:
            self.approximate(position, field)
        if parsed.has_note:
            self.add_extra(position, column.key, cell_text(column.values[position]))
        if parsed.cny is not None and parsed.usd is not None:
            sibling = usd_sibling(field) if currency == "CNY" else None
            self._both_currencies(position, column, sibling, parsed.cny if currency == "USD" else parsed.usd)

    def _clear(self, position: int, column: ColumnReading) -> None:
        self.values(column.meaning.field or "")[position] = None
        if column.typed is not None:
            column.typed[position] = None

    def _dollars_alone(self, position: int, column: ColumnReading, field: str, parsed: ParsedAmount) -> None:
        """Dollars under yuan: no rate is guessed, so the yuan are unknown; the dollars go where they belong, or beside."""
        if parsed.is_planned and field.startswith(_DONE):
            self.add_extra(position, column.key, cell_text(column.values[position]))
            return
        self._both_currencies(position, column, usd_sibling(field), parsed.usd)
        self.dollar_rows.setdefault(column.key, []).append(self.table.row_numbers[position])

    def _untold(self, position: int, column: ColumnReading, rows: dict[str, list[int]]) -> None:
        """A cell that says something plain which its field can't hold: null, marked, kept beside, and told to people."""
        self.approximate(position, column.meaning.field or "")
        self.add_extra(position, column.key, cell_text(column.values[position]))
        rows.setdefault(column.key, []).append(self.table.row_numbers[position])

    def _tell_rows(self, column: ColumnReading, told: dict[str, list[int]], chinese: str, english: str) -> None:
        if rows := told.get(column.key):
            named = "、".join(map(str, rows[:_ROWS_NAMED])) + ("…" if len(rows) > _ROWS_NAMED else "")
            self.remarks.append(
                f"“{column.key}”有{len(rows)}行{chinese}（第{named}行），不折算、不猜测，此项为空。 "
                f"{len(rows)} row(s) of this column {english}."
            )

    def _both_currencies(self, position: int, column: ColumnReading, sibling: str | None, part: FieldValue) -> None:
        """A cell that states yuan and dollars: each part goes to its own field, else beside it into `extra`."""
        assert column.meaning.field is not None  # noqa: S101 - for the type checker
        self.approximate(position, column.meaning.field)
        is_own = any(other.meaning.field == sibling for other in self.table.columns)
        if sibling and not is_own and self.values(sibling)[position] is None:
            self.values(sibling)[position] = part
        else:
            self.add_extra(position, f"{column.key}{USD_PART}", str(part))

    def _dates(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        assert meaning.field is not None  # noqa: S101 - for the type checker
        is_range = meaning.value_type == "date_range"
        year = meaning.period.year if meaning.period and meaning.period.year else None

        def parse(value: CellValue) -> ParsedDate:
            if value.__class__ is dt.date and FIRST_YEAR <= value.year <= LAST_YEAR:
                return ParsedDate(value, "day")
            one = parse_date(value, report_year=year, is_range=is_range, date_1904=self.counts_from_1904)
            if one.reason is not None and one.reason.code in _NO_YEAR and self.event_time is not None and year is None:
                return self._in_event_time(value, one, meaning, self.event_time)
            return one

        cells = _as_numbers(column.cells) if self.is_printed else column.cells
        parsed = _in_years_beside(cells, _each(cells, parse))
        if self._is_other(column, parsed):
            return
        if meaning.field not in self.table.fields and all(one is None or one[2:] == _PLAIN_DATE for one in parsed):
            self.table.fields[meaning.field] = [None if one is None else one.value for one in parsed]
            self.table.precisions[meaning.field] = [None if one is None else one.precision for one in parsed]
            return
        for position, one in enumerate(parsed):
            if one is not None:
                self._special_date(position, column, one)
        self._tell_rows(
            column, self.undated_rows, "没有写明日期", "tell the time in words without a date; it is unknown"
        )

    def _in_event_time(
        self, value: CellValue, plain: ParsedDate, meaning: ColumnMeaning, time: EventTime
    ) -> ParsedDate:
        """A day without a year, read in the year of the title where it lies in the title's time."""
        if not time.holds_for(meaning.field or ""):
            return plain
        # 5.20 in a list of May is a day of it, as 5.18-5.20 is.
        day = _DOTTED_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
        written = f"{day[1]}月{day[2]}日" if day else value
        dated = parse_date(written, report_year=time.period.year, is_range=meaning.value_type == "date_range")
        is_inside = time.covers(dated.value) and (dated.end_value is None or time.covers(dated.end_value))
        return dated if dated.reason is None and is_inside else plain

    def _special_date(self, position: int, column: ColumnReading, parsed: ParsedDate) -> None:
        meaning = column.meaning
        if parsed.reason is not None:
            raw = column.values[position]
            if meaning.is_planned and isinstance(raw, str) and _tells_no_date(raw, parsed.reason.code):
                # 手续办结后, 签约后3个月内, 5月底前 is an intention told in words, no fault; its year is not guessed.
                self._untold(position, column, self.undated_rows)
                return
            self.reject(position, column, parsed.reason)
            return
        if parsed.stage_hint:
            self._hint(position, parsed.stage_hint)
        name = meaning.field or ""
        if not is_own_event(name, parsed.events):
            self.add_extra(position, column.key, cell_text(column.values[position]))
            return
        other = _other_field(meaning, parsed)
        if other:
            self.moved_dates.append((position, other, column, parsed))
            return
        if other is not None:
            name = ""
        self._date(position, name, parsed.value, parsed.precision, parsed.is_approximate)
        if meaning.end_field:
            self._date(position, meaning.end_field, parsed.end_value, parsed.end_precision, parsed.is_approximate)
        if not name and parsed.value:
            self.add_extra(position, column.key, cell_text(column.values[position]))

    def place_moved_dates(self) -> None:
        """Dates that columns of other fields told: they fill only what a field's own column leaves open."""
        for position, name, column, parsed in self.moved_dates:
            if self.values(name)[position] is None:
                self._date(position, name, parsed.value, parsed.precision, parsed.is_approximate)
            else:
                self.add_extra(position, column.key, cell_text(column.values[position]))
        self.moved_dates.clear()

    def _date(self, position: int, name: str, value: FieldValue, precision: str | None, is_approximate: bool) -> None:
        if not name or value is None:
            return
        target = self.values(name)
        if target[position] is not None:
            return
        target[position] = value
        self.table.precisions.setdefault(name, [None] * len(self.table))[position] = precision
        if is_approximate:
            self.approximate(position, name)

    def _hint(self, position: int, hint: str) -> None:
        if hint.startswith("before:"):
            self.hints.not_reached[position] = hint.removeprefix("before:")
        else:
            self.hints.reached[position] = hint

    def _rates(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        is_share = meaning.field == "progress_rate"
        is_percent = meaning.unit is not None and meaning.unit.code == "percent"
        scale = share_scale(column.values, is_percent_stated=is_percent) if is_share else rate_scale(column.values)

        def parse(value: CellValue) -> ParsedRate:
            rate = parse_rate(value, column_unit=meaning.unit, scale=scale)
            # No more can be undone than was done: a negative share is growth, or a slip.
            return ParsedRate(reason=reason("not_a_rate")) if is_share and (rate.value or 0) < 0 else rate

        parsed = _each(column.values, parse)
        if is_share:
            either = may_be_either(column.values, scale, is_percent_stated=is_percent)
            for position, value in enumerate(column.values):
                if bare_number(value) in either:
                    parsed[position] = None
                    self._untold(position, column, self.either_rows)
            self._tell_rows(
                column,
                self.either_rows,
                "看不出是小数还是百分数",
                "may hold a fraction or a percentage; the share is unknown",
            )
        self._numeric(column, parsed)

    def _numbers(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        parsed = _each(column.values, lambda value: parse_number(value, column_unit=meaning.unit))
        self._numeric(column, parsed)
        if column.meaning.field is not None:
            column.typed = [None if one is None or one.reason else one.value for one in parsed]

    def _numeric(self, column: ColumnReading, parsed: list[Any]) -> None:
        """Take over parsed rates or numbers."""
        if self._is_other(column, parsed):
            return
        name = column.meaning.field or ""
        target = self.values(name)
        for position, one in enumerate(parsed):
            if one is None:
                continue
            if one.reason is not None:
                self.reject(position, column, one.reason)
            elif target[position] is None:
                target[position] = one.value
                if one.is_approximate:
                    self.approximate(position, name)

    def _stages(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        stages, raws = self.values("stage"), self.values("stage_raw")
        for position, one in enumerate(_each(column.cells, lambda value: parse_stage(value, self.county_code))):
            if one is None:
                continue
            if raws[position] is None:
                raws[position] = one.raw
            if one.stage is not None and stages[position] is None:
                stages[position] = one.stage
            elif one.before is not None:
                self.hints.not_reached[position] = one.before
            if one.may_have_ended:
                self.hints.perhaps_ended.add(position)
            if one.reason is not None and one.raw:
                self.unknown_stages.setdefault(one.raw, one.reason.code)
                if one.reason.code != _WORKFLOW:
                    self.hints.unread.add(position)


def _share_told(value: CellValue) -> ParsedRate | None:
    """The share that a text is, whole; bare numbers tell none."""
    if not isinstance(value, str) or not _SHARE.search(value):
        return None
    share = parse_rate(value)
    return share if share.value is not None and 0 <= share.value <= 1 else None


def _other_field(meaning: ColumnMeaning, parsed: ParsedDate) -> str | None:
    """The field of a date that is planned under actual ones, or has come under planned ones; empty where none holds it."""
    if parsed.is_planned and not meaning.is_planned:
        return planned_sibling(meaning.field or "") or ""
    return done_sibling(meaning.field or "") if parsed.is_done and meaning.is_planned else None


def _tells_no_date(text: str, code: str) -> bool:
    """Whether a planned time is told in words that name no calendar date, or a month of a year that is not said."""
    return code == "year_missing" or (code in _NO_DATE and states_no_date(text))


def _in_years_beside(cells: list[CellValue], parsed: list[ParsedDate | None]) -> list[ParsedDate | None]:
    """08.5 is May 2008 in a column whose other dates lie in 2008 too; alone it may be the fifth of August."""
    if not any(one is not None and one.reason is not None and one.reason.code == _AMBIGUOUS for one in parsed):
        return parsed
    years = {one.value.year for one in parsed if one is not None and one.value is not None}
    settled = list(parsed)
    for position, one in enumerate(parsed):
        text = cells[position]
        if one is None or one.reason is None or one.reason.code != _AMBIGUOUS or not isinstance(text, str):
            continue
        match = _YEAR_MONTH.fullmatch(compact(text))
        if match and 2000 + int(match[1]) in years and 1 <= int(match[2]) <= 12:
            settled[position] = ParsedDate(dt.date(2000 + int(match[1]), int(match[2]), 1), "month")
    return settled


def _as_numbers(cells: list[CellValue]) -> list[CellValue]:
    """2022.1 of a printed table is what a spreadsheet prints for 2022.10 too, unless its months keep their zeros (2022.10, 2022.01)."""
    texts = {text for text in cells if isinstance(text, str) and _DOTTED_MONTH.fullmatch(text)}
    if any("0" in text.partition(".")[2] for text in texts):
        return cells
    return [float(text) if isinstance(text, str) and text in texts and text.endswith(".1") else text for text in cells]


def _is_intended(meaning: ColumnMeaning) -> bool:
    """Whether the header says that the amount is meant, not stated as a fact (拟投资额, 意向投资)."""
    return meaning.is_planned or any(compact(part).startswith(_INTENDED) for part in meaning.path)


def _plain_amount(value: CellValue, multiplier: int) -> Decimal | None:
    """The common case: a number under a known unit. Whole ones are exact as they are. None for what needs a closer look."""
    if value.__class__ is int and -_SAFE_INT < value < _SAFE_INT:
        return Decimal(value * multiplier)
    return usual_amount(value, multiplier) if value.__class__ is float else None


def _each(values: list[CellValue], parse: Callable[[CellValue], Any]) -> list[Any]:
    """The results for all cells, each distinct value parsed once; None for empty cells."""
    if bool in set(map(type, values)):
        # True equals 1 as a key.
        return [None if value is None else parse(value) for value in values]
    known: dict[CellValue, Any] = {value: parse(value) for value in set(values) if value is not None}
    known[None] = None
    return [known[value] for value in values]
