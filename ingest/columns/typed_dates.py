"""Cells of dates: days, months, periods, plans told in words, and what they tell of the stage."""

from __future__ import annotations

import datetime as dt
import re

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.stage_hints import StageHints
from ingest.columns.typed_fields import TypedFields, each
from ingest.formats.sheet import CellValue
from ingest.ledgers.ledger_types import ColumnReading, FieldValue
from ingest.values.cell_values import ParsedDate, done_sibling, is_own_event, parse_date, planned_sibling
from ingest.values.dates import FIRST_YEAR, LAST_YEAR, states_no_date
from ingest.values.event_time import EventTime
from ingest.values.printed import cell_text, compact

_NO_YEAR = frozenset({"year_missing", "two_dates"})
_AMBIGUOUS = "date_ambiguous"
_DOTTED_MONTH = re.compile(r"20\d\d\.\d{1,2}")
_DOTTED_DAY = re.compile(r"(\d{1,2})[.．](\d{1,2})")
_YEAR_MONTH = re.compile(r"(\d{2})[-./](\d{1,2})月?")
_NO_DATE = frozenset({"not_a_date", "date_with_text"})
_PLAIN_DATE = ParsedDate()[2:]


class DateCells:
    """Types the columns of dates of one table.

    Args:
        event_time: the time that a list's title tells (5月招商活动), for days without a year.
        counts_from_1904: whether numbers of days count from 1904.
        is_printed: whether the cells came as printed text, without types.
    """

    def __init__(
        self,
        fields: TypedFields,
        hints: StageHints,
        event_time: EventTime | None,
        *,
        counts_from_1904: bool,
        is_printed: bool,
    ) -> None:
        self.fields, self.hints, self.event_time = fields, hints, event_time
        self.counts_from_1904, self.is_printed = counts_from_1904, is_printed
        self._undated_rows: dict[str, list[int]] = {}
        self._moved: list[tuple[int, str, ColumnReading, ParsedDate]] = []

    def take(self, column: ColumnReading, meaning: ColumnMeaning) -> None:
        """Type one column."""
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
        parsed = _in_years_beside(cells, each(cells, parse))
        if self.fields.is_other(column, parsed):
            return
        if meaning.field not in self.fields.table.fields and all(
            one is None or one[2:] == _PLAIN_DATE for one in parsed
        ):
            self.fields.table.fields[meaning.field] = [None if one is None else one.value for one in parsed]
            self.fields.table.precisions[meaning.field] = [None if one is None else one.precision for one in parsed]
            return
        for position, one in enumerate(parsed):
            if one is not None:
                self._special_date(position, column, one)
        self.fields.tell_rows(
            column, self._undated_rows, "没有写明日期", "tell the time in words without a date; it is unknown"
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
                self.fields.untold(position, column, self._undated_rows)
                return
            self.fields.reject(position, column, parsed.reason)
            return
        if parsed.stage_hint:
            self._hint(position, parsed.stage_hint)
        name = meaning.field or ""
        if not is_own_event(name, parsed.events):
            self.fields.add_extra(position, column.key, cell_text(column.values[position]))
            return
        other = _other_field(meaning, parsed)
        if other:
            self._moved.append((position, other, column, parsed))
            return
        if other is not None:
            name = ""
        self._date(position, name, parsed.value, parsed.precision, parsed.is_approximate)
        if meaning.end_field:
            self._date(position, meaning.end_field, parsed.end_value, parsed.end_precision, parsed.is_approximate)
        if not name and parsed.value:
            self.fields.add_extra(position, column.key, cell_text(column.values[position]))

    def place_moved(self) -> None:
        """Dates that columns of other fields told: they fill only what a field's own column leaves open."""
        for position, name, column, parsed in self._moved:
            if self.fields.values(name)[position] is None:
                self._date(position, name, parsed.value, parsed.precision, parsed.is_approximate)
            else:
                self.fields.add_extra(position, column.key, cell_text(column.values[position]))
        self._moved.clear()

    def _date(self, position: int, name: str, value: FieldValue, precision: str | None, is_approximate: bool) -> None:
        if not name or value is None:
            return
        target = self.fields.values(name)
        if target[position] is not None:
            return
        target[position] = value
        self.fields.table.precisions.setdefault(name, [None] * len(self.fields.table))[position] = precision
        if is_approximate:
            self.fields.approximate(position, name)

    def _hint(self, position: int, hint: str) -> None:
        if hint.startswith("before:"):
            self.hints.not_reached[position] = hint.removeprefix("before:")
        else:
            self.hints.reached[position] = hint


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
