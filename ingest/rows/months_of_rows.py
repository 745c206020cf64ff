"""Lists with a row a project and month (填报月份: 2026-04, 2026-05, 2026-06): the latest tells the state, as of sheets of months.

The figures of the earlier rows are kept as the project's month values; the rows themselves repeat the project and are
furniture, so that none is counted twice and no figure of April passes for June's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue
from ingest.headers.header_text import bare_heading
from ingest.ledgers.ledger_types import ColumnReading, MonthValue, TableReading
from ingest.rows.row_types import RowRoles
from ingest.values.dates import parse_date
from ingest.values.printed import cell_text, compact

EARLIER_MONTH = "earlier_month"
_BARE_MONTH = re.compile(r"(\d{1,2})月份?")
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})(?:月份?)?")
_BARE_YEAR = re.compile(r"((?:19|20)\d\d)(?:年度?)?")
_TIMED = re.compile(r"_(?:month|ytd)_")
_DECEMBER = 12

Month = tuple[int | None, int]


def fold_earlier_months(reading: TableReading, roles: RowRoles) -> list[str]:
    """Take the rows of a project's earlier months out of the table, their figures into its latest row; remarks for people."""
    months = _months(reading)
    if months is None:
        return []
    keys = _keys(reading)
    latest = _latest_rows(keys, months)
    earlier = {
        position: latest[keys[position]]
        for position, month in enumerate(months)
        if month is not None and position not in reading.reasons and months[latest[keys[position]]] != month
    }
    if not earlier:
        return []
    newest = max(_order(month) for month in months if month is not None)
    for position, month in enumerate(months):
        if month is not None and (position in earlier or _order(month) < newest):
            _keep_figures(reading, position, month, target=earlier.get(position, position))
    reading.drop(set(earlier))
    roles.drop(set(earlier), EARLIER_MONTH)
    return [
        f"本表一个项目按月列了多行，只取最新一月；较早月份的 {len(earlier)} 行不作项目，其数字记入逐月数。 "
        f"The table lists projects month by month: the latest row is read, and the figures of {len(earlier)} earlier rows are"
        " kept as those of their months."
    ]


def _months(reading: TableReading) -> list[Month | None] | None:
    """The month each row reports; None where no column says so for every row, nor two (年份 | 月份) of figures by month."""
    for column in _open_columns(reading, "month_of_row"):
        found = [_month(value, reading.report_month) for value in column.values]
        if any(found) and all(
            month is not None for month, value in zip(found, column.values, strict=True) if value is not None
        ):
            return found
    years, months = (_open_columns(reading, words) for words in ("year_of_row", "bare_month_of_row"))
    if len(years) != 1 or len(months) != 1 or not any(map(_TIMED.search, reading.fields)):
        return None
    parted = [_month_of_year(*pair) for pair in zip(years[0].values, months[0].values, strict=True)]
    return parted if all(parted) else None


def _open_columns(reading: TableReading, words: str) -> list[ColumnReading]:
    return [
        column
        for column in reading.columns
        if column.meaning.field is None and says(words, bare_heading(column.meaning.path[-1]))
    ]


def _month_of_year(year: CellValue, month: CellValue) -> Month | None:
    """2026 | 3, 2026年 | 3月."""
    told = _BARE_YEAR.fullmatch(compact(cell_text(year))) if year is not None else None
    bare = _MONTH_OF_YEAR.fullmatch(compact(cell_text(month))) if month is not None else None
    if told is None or bare is None or not 1 <= int(bare[1]) <= _DECEMBER:
        return None
    return int(told[1]), int(bare[1])


def _month(value: CellValue, report_month: dt.date | None) -> Month | None:
    """A month with its year; of a bare `11月` in a ledger of January the year before. Without a ledger's year it has none."""
    parsed = parse_date(value)
    if parsed.value is not None and parsed.end_value is None and parsed.precision in ("day", "month"):
        return parsed.value.year, parsed.value.month
    bare = _BARE_MONTH.fullmatch(compact(cell_text(value))) if value is not None else None
    if bare is None or not 1 <= int(bare[1]) <= _DECEMBER:
        return None
    month = int(bare[1])
    year = None if report_month is None else report_month.year - (month > report_month.month)
    return year, month


def _keys(reading: TableReading) -> list[str]:
    """What tells the projects of a table apart: their codes, else their names; a row without either is by itself."""
    codes = reading.fields.get("project_code") or [None] * len(reading)
    names = reading.fields.get("project_name") or [None] * len(reading)
    return [compact(str(code or name or f"\0{at}")) for at, (code, name) in enumerate(zip(codes, names, strict=True))]


def _latest_rows(keys: Sequence[str], months: Sequence[Month | None]) -> dict[str, int]:
    """The first row of each project's latest month, of the rows that tell their month."""
    latest: dict[str, int] = {}
    for position, month in enumerate(months):
        best = months[latest[keys[position]]] if keys[position] in latest else None
        if month is not None and (best is None or _order(month) > _order(best)):
            latest[keys[position]] = position
    return latest


def _order(month: Month) -> tuple[int, int]:
    return month[0] or 0, month[1]


def _keep_figures(reading: TableReading, position: int, month: Month, target: int) -> None:
    """Put a row's figures of its month and of its year so far among the month values of `target`."""
    for column in reading.columns:
        field = column.meaning.field
        if field is None or not _TIMED.search(field) or column.values[position] is None:
            continue
        reading.month_values.setdefault(target, []).append(_value(column, position, month))
        if target == position:
            reading.fields[field][position] = None


def _value(column: ColumnReading, position: int, month: Month) -> MonthValue:
    field = column.meaning.field or ""
    amount: Decimal | None = column.typed[position] if column.typed else None
    return MonthValue(
        header=column.key,
        field=field,
        year=month[0],
        month_from=1 if "_ytd_" in field else month[1],
        month_to=month[1],
        amount_cny=amount,
        raw=cell_text(column.values[position]),
    )
