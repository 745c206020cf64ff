"""Wide month columns: one figure for twelve months side by side (`1月完成投资`, `1-2月完成投资` …).

The column of the report month fills the row's field; every month goes into a long list of typed figures (the lake's
`ledger_month_values`), so that nothing has to be read out of `extra` again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ingest.ledgers.ledger_types import ColumnReading, MonthValue, TableReading
from ingest.values.printed import cell_text


def month_columns(columns: Sequence[ColumnReading]) -> dict[str, list[ColumnReading]]:
    """Columns whose header names its months, by field, in the order of months.

    A single one counts too: `1月完成投资` in a ledger of June is not June's figure.
    """
    found: dict[str, list[ColumnReading]] = {}
    for column in columns:
        meaning = column.meaning
        if meaning.field and meaning.period and meaning.period.month_to:
            found.setdefault(meaning.field, []).append(column)
    return {name: sorted(group, key=_months) for name, group in found.items()}


def _months(column: ColumnReading) -> tuple[int, int, int]:
    period = column.meaning.period
    assert period is not None  # noqa: S101 - for the type checker
    return period.year or 0, period.month_to or 0, -(period.month_from or 0)


def reporting_column(group: Sequence[ColumnReading], report_month: dt.date | None) -> ColumnReading | None:
    """The column of the report month; where that is unknown, the last one that any row fills."""
    if report_month is not None:
        own = next((column for column in group if _reports(column, report_month)), None)
        return own or _latest_story(group, report_month)
    filled = [column for column in group if any(value is not None for value in column.values)]
    return filled[-1] if filled else None


def _latest_story(group: Sequence[ColumnReading], report_month: dt.date) -> ColumnReading | None:
    """What is told of May is the latest known in a ledger filed in June; a figure of May is not June's."""
    if group[0].meaning.value_type.startswith("amount"):
        return None
    told = [column for column in group if _months(column)[:2] <= _time_of(column, report_month)]
    return told[-1] if told else (group[0] if len(group) == 1 else None)


def _time_of(column: ColumnReading, month: dt.date) -> tuple[int, int]:
    """The month as a column counts it, with the year where the column states one."""
    return (month.year if _months(column)[0] else 0, month.month)


def _reports(column: ColumnReading, report_month: dt.date) -> bool:
    period = column.meaning.period
    return period is not None and period.month_to == report_month.month and period.year in (None, report_month.year)


def keep_months(table: TableReading, column: ColumnReading) -> None:
    """Add a typed month column's figures to the rows' long lists."""
    period = column.meaning.period
    for position, amount in enumerate(column.typed or ()):
        value = column.values[position]
        if value is None or period is None:
            continue
        table.month_values.setdefault(position, []).append(
            MonthValue(
                header=column.key,
                field=column.meaning.field,
                year=period.year,
                # 截至8月底本年完成投资 is of the months since January.
                month_from=1 if period.is_as_of and "_ytd_" in (column.meaning.field or "") else period.month_from,
                month_to=period.month_to,
                amount_cny=amount,
                raw=cell_text(value),
            )
        )
