"""What the ledgers of random counties say of works and formalities, and the spells of R04, R07, R11 and R13 that follow.

Every light is judged anew on every day, from the last ledger of that day; a spell is a run of such days. Nothing here looks
at the warehouse's SQL.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from lake_builder import Row

RULES = ("R04", "R07", "R11", "R13")
COLUMNS = (
    "registered_on", "statistics_entered_on", "planned_completion_on", "investment_plan_year_cny",
    "investment_done_ytd_cny", "investment_done_cumulative_cny", "progress_rate",
)  # fmt: skip
Ledger = tuple[dt.date, Row]
Spell = tuple[str, str, dt.date, dt.date | None, dt.date | None, str | None]


@dataclass
class Works:
    """The formalities of a project, and month by month its works."""

    registered_on: dt.date | None
    entered_on: dt.date | None
    planned_completion_on: dt.date | None
    tells_year_to_date: bool
    plan_cny: dict[int, int] = field(default_factory=dict)
    done_cny: dict[dt.date, tuple[int, int]] = field(default_factory=dict)
    progress: dict[dt.date, float] = field(default_factory=dict)

    def row(self, month: dt.date, end: dt.date, stage: str) -> Row:
        """What the ledger of a month states of them."""
        days = {
            "registered_on": self.registered_on,
            "statistics_entered_on": self.entered_on,
        }
        row: Row = {name: day.isoformat() for name, day in days.items() if day and day <= end}
        if self.planned_completion_on:
            row["planned_completion_on"] = self.planned_completion_on.isoformat()
        if stage in ("started", "completed", "in_production"):
            year, cumulative = self.done_cny[month]
            row["investment_done_cumulative_cny"] = cumulative
            row["progress_rate"] = self.progress[month]
            if self.tells_year_to_date:
                row["investment_done_ytd_cny"] = year
            if month.year in self.plan_cny:
                row["investment_plan_year_cny"] = self.plan_cny[month.year]
        return row


def works_of(name: str, total_cny: int, days: dict[str, dt.date | None], months: list[dt.date]) -> Works:
    """Works of a project of that name: always the same."""
    dice = random.Random(name)
    signed, started, completed = days["signed"], days["started"], days["completed"]

    def later(day: dt.date | None, least: int, most: int, chance: float) -> dt.date | None:
        return None if day is None or dice.random() > chance else day + dt.timedelta(dice.randrange(least, most))

    works = Works(
        later(signed, 10, 90, 0.8), later(started, 5, 150, 0.6), later(started, 200, 700, 0.8), dice.random() < 0.6
    )  # fmt: skip
    works.plan_cny = {year: total_cny * share // 10 for year in (2024, 2025, 2026) if (share := dice.choice((0, 4, 8)))}
    cumulative = year_to_date = 0
    progress = 0.0
    for month in months:
        year_to_date = 0 if month.month == 1 else year_to_date
        end = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        if started and started <= end and not (completed and completed < month):
            done = dice.randrange(total_cny // 8)
            cumulative, year_to_date = cumulative + done, year_to_date + done
            progress = min(1.0, progress + dice.choice((0.0, 0.05, 0.1)))
        works.done_cny[month] = (year_to_date, cumulative)
        works.progress[month] = round(progress, 2)
    return works


def spells(name: str, ledgers: list[Ledger], as_of: dt.date) -> Iterator[Spell]:
    """Project, rule, first day, first red day, the day the light went off and why, of every spell."""
    for rule in RULES:
        open_spell: list[dt.date | None] | None = None
        day = ledgers[0][0]
        while day <= as_of:
            known = [ledger for ledger in ledgers if ledger[0] <= day]
            light = light_on(rule, known, day)
            if light in ("yellow", "red"):
                open_spell = open_spell or [day, None]
                if light == "red" and open_spell[1] is None:
                    open_spell[1] = day
            elif open_spell and light != "unknown":
                yield name, rule, _first(open_spell), open_spell[1], day, "resolved" if light else "stage_moved"
                open_spell = None
            day += dt.timedelta(1)
        if open_spell:
            yield name, rule, _first(open_spell), open_spell[1], None, None


def _first(open_spell: list[dt.date | None]) -> dt.date:
    assert open_spell[0] is not None
    return open_spell[0]


def light_on(rule: str, ledgers: list[Ledger], day: dt.date) -> str | None:
    """The light of a rule by the ledgers up to a day (contract, section 5); none where the rule does not apply."""
    told: Row = {}
    for _, row in ledgers:
        told |= row
    judge = {"R04": _behind_plan, "R07": _not_in_statistics, "R11": _not_registered, "R13": _apart}[rule]
    return judge(told, ledgers, day)


def _behind_plan(told: Row, ledgers: list[Ledger], day: dt.date) -> str | None:
    if told["stage"] != "started":
        return None
    reported_on, row = ledgers[-1]
    plan, done = row.get("investment_plan_year_cny"), _done_this_year(ledgers)
    if plan and done is not None:
        last = min(day, dt.date(reported_on.year, 12, 31))
        days = 366 if calendar.isleap(last.year) else 365
        return _by_points(last.timetuple().tm_yday / days - done / plan)
    started, planned = _day(told, "started_on"), _day(told, "planned_completion_on")
    if started is None or planned is None or planned <= started:
        return "unknown"
    due = min(1.0, (day - started).days / (planned - started).days)
    return _by_points(due - told["progress_rate"])


def _by_points(share: float) -> str:
    points = round(share * 100, 8)
    return "red" if points > 30 else "yellow" if points >= 10 else "green"


def _done_this_year(ledgers: list[Ledger]) -> int | None:
    """As the last ledger states it; else its cumulative less last December's, or all of it where it was signed this year."""
    reported_on, row = ledgers[-1]
    if (stated := row.get("investment_done_ytd_cny")) is not None:
        return int(stated)
    for date, before in ledgers:
        if (date.year, date.month) == (reported_on.year - 1, 12) and "investment_done_cumulative_cny" in before:
            return int(row["investment_done_cumulative_cny"] - before["investment_done_cumulative_cny"])
    signed = _day(row, "signed_on")
    return int(row["investment_done_cumulative_cny"]) if signed and signed.year == reported_on.year else None


def _not_in_statistics(told: Row, ledgers: list[Ledger], day: dt.date) -> str | None:
    if told["stage"] != "started":
        return None
    started = _day(told, "started_on")
    if started is None:
        return "unknown"
    if _day(told, "statistics_entered_on"):
        return "green"
    return "red" if day > _months_after(started, 2) else "yellow" if day >= _months_after(started, 1) else "green"


def _months_after(day: dt.date, count: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _not_registered(told: Row, ledgers: list[Ledger], day: dt.date) -> str | None:
    if told["stage"] not in ("signed", "performed"):
        return None
    signed, funds = _day(told, "signed_on"), told.get("funds_arrived_cumulative_cny")
    assert signed is not None
    registered = _day(told, "registered_on") is not None
    if registered and funds is None:
        return "unknown"
    if registered and funds:
        return "green"
    return "yellow" if (day - signed).days >= 30 else "green"


def _apart(told: Row, ledgers: list[Ledger], day: dt.date) -> str | None:
    funds, progress = told.get("funds_arrived_cumulative_cny"), told.get("progress_rate")
    if funds is None or progress is None:
        return "unknown"
    return "yellow" if round(abs(funds / told["total_investment_cny"] - progress), 10) > 0.3 else "green"


def _day(row: Row, name: str) -> dt.date | None:
    return dt.date.fromisoformat(row[name]) if name in row else None
