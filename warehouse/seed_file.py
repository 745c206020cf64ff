"""A seed as read, the mistakes found in it, and the checks that many seeds share."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

_DATE_ENDINGS = ("_on", "date_day", "valid_from", "valid_to", "_start", "_end")
# What Excel on a Chinese machine makes of every date when it saves a CSV.
_EXCEL_DATE = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")

RULES = tuple(f"R{number:02}" for number in range(1, 14))

Record = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeedFault:
    """One mistake in a seed: `line` is the line in the file, 1 for the header."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第{self.line}行 line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A seed with its records by line, cells stripped, and what its cells may name from other seeds."""

    name: str
    records: Sequence[tuple[int, Record]]
    counties: frozenset[str]
    size_tiers: frozenset[str]
    schemes: frozenset[str]
    plan_curves: frozenset[str]

    def fault(self, line: int, message: str) -> SeedFault:
        """A mistake in this file."""
        return SeedFault(self.name, line, message)


def missing(file: SeedFile, required: Sequence[str]) -> Iterator[SeedFault]:
    """Cells that must be filled and are not."""
    for line, record in file.records:
        for column in required:
            if not record[column]:
                yield file.fault(line, f"{column} 不能为空 must not be empty")


def bad_dates(file: SeedFile) -> Iterator[SeedFault]:
    """Dates that are none or written in two ways, and periods that end before they begin."""
    yield from _dates_in_two_ways(file)
    for line, record in file.records:
        for column, value in record.items():
            if value and column.endswith(_DATE_ENDINGS) and date_of(value) is None:
                yield file.fault(line, f"{column} 应为 YYYY-MM-DD must be a date: {value}")
        for first, last in (("valid_from", "valid_to"), ("period_start", "period_end"), ("start_on", "end_on")):
            if _backwards(record.get(first, ""), record.get(last, "")):
                yield file.fault(line, f"{last} 早于 lies before {first}")


def _dates_in_two_ways(file: SeedFile) -> Iterator[SeedFault]:
    """The first date of a column that is not written as those above it: DuckDB reads a column of either way, not of both."""
    ways: dict[str, tuple[bool, int]] = {}
    for line, record in file.records:
        for column, value in record.items():
            if not value or not column.endswith(_DATE_ENDINGS) or date_of(value) is None:
                continue
            way, first = ways.setdefault(column, ("/" in value, line))
            if way != ("/" in value):
                yield file.fault(
                    line,
                    f"{column} 与第{first}行的日期写法不同，请统一为 YYYY-MM-DD written otherwise than on line {first}, "
                    f"write both as YYYY-MM-DD: {value}",
                )
                return


def date_of(text: str) -> dt.date | None:
    """The date, or None: `YYYY-MM-DD`, or as Excel leaves it, `2026/1/5`."""
    excel = _EXCEL_DATE.fullmatch(text)
    try:
        if excel is not None:
            return dt.date(*(int(part) for part in excel.groups()))
        return dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _backwards(first: str, last: str) -> bool:
    begin, end = date_of(first), date_of(last)
    return begin is not None and end is not None and end < begin


def number_of(text: str) -> Decimal | None:
    """The number, or None: infinity is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def unknown_counties(file: SeedFile, *columns: str) -> Iterator[SeedFault]:
    """Codes of no region; an empty cell is none."""
    for line, record in file.records:
        for column in columns:
            if record[column] and record[column] not in file.counties:
                yield file.fault(line, f"{column} 没有这个地区代码 no such region code: {record[column]}")


def not_among(file: SeedFile, column: str, allowed: Sequence[str]) -> Iterator[SeedFault]:
    """Values that are not allowed."""
    for line, record in file.records:
        if record[column] not in allowed:
            listed = " ".join(value for value in allowed if value)
            yield file.fault(line, f"{column} 只能是 must be one of: {listed}（{record[column]}）")


def not_true_or_false(file: SeedFile, column: str) -> Iterator[SeedFault]:
    """Values that are neither; Excel writes them in capitals."""
    for line, record in file.records:
        if record[column].lower() not in ("true", "false"):
            yield file.fault(line, f"{column} 只能是 must be one of: true false（{record[column]}）")


def overlaps(file: SeedFile, key: Sequence[str], first: str, last: str) -> Iterator[SeedFault]:
    """Rows of one key whose periods meet; an open end lasts forever."""
    groups: dict[tuple[str, ...], list[tuple[dt.date, dt.date, int]]] = defaultdict(list)
    for line, record in file.records:
        begin = date_of(record[first]) or dt.date.min
        groups[tuple(record[column] for column in key)].append((begin, date_of(record[last]) or dt.date.max, line))
    for spans in groups.values():
        spans.sort()
        for (_, end, earlier), (begin, _, line) in pairwise(spans):
            if begin <= end:
                yield file.fault(line, f"与第{earlier}行时间重叠 overlaps line {earlier}")


def not_whole(file: SeedFile, *columns: str) -> Iterator[SeedFault]:
    """Values that are no whole number of 0 or more."""
    for line, record in file.records:
        for column in columns:
            if not (record[column].isascii() and record[column].isdigit()):
                yield file.fault(
                    line, f"{column} 应为不小于零的整数 must be a whole number of 0 or more: {record[column]}"
                )


def negative(file: SeedFile, *columns: str) -> Iterator[SeedFault]:
    """Values that are no number of 0 or more; an empty cell is none."""
    for line, record in file.records:
        for column in columns:
            number = number_of(record[column] or "0")
            if number is None or number < 0:
                yield file.fault(line, f"{column} 应为不小于零的数 must be a number of 0 or more: {record[column]}")


def twice(file: SeedFile, records: Sequence[tuple[int, Record]], column: str) -> Iterator[SeedFault]:
    """Values of a column that stand in more than one of the records."""
    seen: dict[str, int] = {}
    for line, record in records:
        if record[column] in seen:
            yield file.fault(line, f"与第{seen[record[column]]}行重复 stands twice: {record[column]}")
        seen[record[column]] = line


def same_rows(file: SeedFile) -> Iterator[SeedFault]:
    """Rows that say the same as one above, as where somebody pasted twice."""
    seen: dict[tuple[str, ...], int] = {}
    for line, record in file.records:
        first = seen.setdefault(tuple(record.values()), line)
        if first != line:
            yield file.fault(line, f"与第{first}行完全相同，请删去一行 the same as line {first}: delete one")
