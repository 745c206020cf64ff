"""What a monthly pack says, read from the published warehouse. The queries are files in `queries/`."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.home import Home
from warehouse.query import reading

if TYPE_CHECKING:
    import duckdb

QUERIES = Path(__file__).parent / "queries"
Row = dict[str, Any]

# Columns of the overview that add up; the rest names the county.
SUMMED = (
    "signed_month", "signed_month_cny", "signed_year", "signed_year_cny", "arrived_month_cny", "arrived_year_cny",
    "started_month", "started_year", "produced_month", "produced_year", "stalled_red", "stalled_all",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """Odd months hold the construction meeting, even months the signing ceremony."""

    on_date: dt.date

    @property
    def is_construction(self) -> bool:
        """Whether this month's meeting is about construction."""
        return self.on_date.month % 2 == 1

    @property
    def title(self) -> str:
        """The meeting's name."""
        return "项目建设推进会" if self.is_construction else "集中签约"

    @property
    def signings_since(self) -> dt.date:
        """The first day of the month of the ceremony before: ledgers come after the month, so its own signings are new."""
        month = self.on_date.replace(day=1)
        for _ in range(2):
            month = (month - dt.timedelta(days=1)).replace(day=1)
        return month


@dataclass(frozen=True, slots=True)
class Period:
    """The month the figures are about and the days its ledgers tell of; without any ledger, the meeting's own month."""

    month_start: dt.date
    period_end: dt.date
    has_ledgers: bool = True

    @property
    def year_start(self) -> dt.date:
        """1 January of the same year."""
        return self.month_start.replace(month=1)


@dataclass(frozen=True, slots=True)
class DispatchData:
    """Everything a pack shows. Amounts are yuan; what a pack does not need is empty."""

    meeting: Meeting
    period: Period
    overview: list[Row]
    total: Row
    stalled: list[Row]
    reached: list[Row]
    under_construction: list[Row]
    new_signings: list[Row]
    conversion: list[Row]
    sources: list[Row]

    @property
    def unreported(self) -> list[Row]:
        """The counties without a ledger of the month, of which the overview has the year only."""
        return [row for row in self.overview if not row["has_reported"]]

    @property
    def days_counted_to(self) -> dt.date | None:
        """The day to which the days of stalled projects are counted: the business date of the published tables."""
        dated = (row for row in self.stalled if row["since_on"] is not None and row["days_stalled"] is not None)
        return next((row["since_on"] + dt.timedelta(days=row["days_stalled"]) for row in dated), None)


def by_project(stalled: list[Row]) -> list[list[Row]]:
    """The stalled list with one group a project, in the order of its first row."""
    groups: dict[str, list[Row]] = {}
    for row in stalled:
        groups.setdefault(row["project_id"], []).append(row)
    return list(groups.values())


def read_dispatch(home: Home, on_date: dt.date) -> DispatchData:
    """The pack's content as the published warehouse has it.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    meeting = Meeting(on_date)
    with reading(home) as connection:
        period = _period(connection, on_date)
        given = {
            "on_date": on_date,
            "told_to": max(on_date, period.period_end),
            "since": meeting.signings_since,
            "month_start": period.month_start,
            "period_end": period.period_end,
            "year_start": period.year_start,
        }

        def rows(query: str, wanted: bool = True) -> list[Row]:
            return _rows(connection, query, given) if wanted else []

        overview = rows("overview")
        return DispatchData(
            meeting=meeting,
            period=period,
            overview=overview,
            total={column: sum(row[column] or 0 for row in overview) for column in SUMMED},
            stalled=rows("stalled"),
            reached=rows("reached", meeting.is_construction),
            under_construction=rows("under_construction", meeting.is_construction),
            new_signings=rows("new_signings", not meeting.is_construction),
            conversion=rows("conversion", not meeting.is_construction),
            sources=rows("sources"),
        )


def _period(connection: duckdb.DuckDBPyConnection, on_date: dt.date) -> Period:
    """The last reported month; where nothing is reported yet, the meeting's own."""
    (found,) = _rows(connection, "period", {"on_date": on_date})
    if found["report_month"] is None:
        return Period(on_date.replace(day=1), on_date, has_ledgers=False)
    start = found["report_month"].replace(day=1)
    last = start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return Period(start, min(last, found["reported_to"]))


def _rows(connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, Any]) -> list[Row]:
    text = (QUERIES / f"{query}.sql").read_text(encoding="utf-8")
    result = connection.execute(text, {name: value for name, value in given.items() if f"${name}" in text})
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, record, strict=True)) for record in result.fetchall()]
