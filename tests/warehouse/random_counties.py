"""Random counties of the invented world, and what must come out of them, counted by hand from what happened there.

Nothing here looks at the warehouse's SQL: a project has its days and its money, a ledger shows what of that had happened by
its date, and the truth follows from the contract's words. The world holds these counties beside the told histories.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import random_works
from lake_builder import LakeBuilder, Row

AS_OF = dt.date(2026, 7, 5)
COUNTIES = ("360726", "360729")
EVENTS = ("赣南客商恳谈会", "赣州集中签约仪式")
STAGES = ("signed", "performed", "started", "completed", "in_production")
DAY_OF = {
    "signed": "signed_on", "performed": "performed_on", "started": "started_on", "completed": "completed_on",
    "in_production": "production_on",
}  # fmt: skip
_FIRST_MONTH = dt.date(2024, 11, 1)
_MONTHS = 20
_PROJECTS = 9
_NO_LEDGER = {("360729", 7)}
_WINDOW = 3  # report months that R05 sums


@dataclass
class Project:
    """What happened: days, money; which month its county first lists it; which ledgers leave its funds blank."""

    county: str
    name: str
    investor: str
    total_cny: int
    days: dict[str, dt.date | None]
    planned_start_on: dt.date | None
    planned_production_on: dt.date | None
    event: str
    listed_from: dt.date
    blank_ledgers: int
    cumulative_cny: dict[dt.date, int | None] = field(default_factory=dict)

    @cached_property
    def works(self) -> random_works.Works:
        months = [months_later(_FIRST_MONTH, n) for n in range(_MONTHS)]
        return random_works.works_of(self.name, self.total_cny, self.days, months)

    def told(self, stage: str, by: dt.date) -> dt.date | None:
        """The day a ledger of that date can state."""
        day = self.days[stage]
        return day if day is not None and day <= by else None

    def reached(self, stage: str, by: dt.date) -> bool:
        """Whether it had come so far, or further, by that day."""
        return any(self.told(later, by) for later in STAGES[STAGES.index(stage) :])


def month_end(month: dt.date) -> dt.date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def months_later(month: dt.date, count: int) -> dt.date:
    number = month.year * 12 + month.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)


def ledger_months(county: str) -> list[dt.date]:
    """The months for which the county sent a ledger."""
    return [months_later(_FIRST_MONTH, n) for n in range(_MONTHS) if (county, n) not in _NO_LEDGER]


def projects(seed: int = 7) -> list[Project]:
    """The projects of all random counties, with the cumulative of every month that lists them."""
    dice = random.Random(seed)
    found = [_project(dice, county, number) for county in COUNTIES for number in range(_PROJECTS)]
    for project in found:
        _fill_money(dice, project)
    return [project for project in found if project.cumulative_cny]


def _project(dice: random.Random, county: str, number: int) -> Project:
    # The first one is in the first ledger: an empty ledger is none.
    signed = dt.date(2024, 7, 1) + dt.timedelta(dice.randrange(690 if number else 100))
    started = _later(dice, signed, 20, 300, 0.8)
    completed = _later(dice, started, 100, 300, 0.6)
    days = {
        "signed": signed,
        # Whoever starts has performed: a project without that day says nothing of when.
        "performed": _later(dice, signed, 0, 15, 1.0),
        "started": started,
        "completed": completed,
        "in_production": _later(dice, completed, 5, 90, 0.8),
    }
    listed_from = months_later(signed.replace(day=1), dice.choice((0, 0, 0, 1, 3)))
    return Project(
        county, f"随机{county[-2:]}{number:02d}号加工项目", f"江南{county[-2:]}{number:02d}实业有限公司",
        dice.randrange(2_000, 60_000) * 10_000, days, _later(dice, signed, 30, 240, 0.7),
        _later(dice, signed, 200, 600, 0.6), dice.choice((*EVENTS, "")), listed_from, dice.choice((0, 0, 2)),
    )  # fmt: skip


def _later(dice: random.Random, day: dt.date | None, least: int, most: int, chance: float) -> dt.date | None:
    return None if day is None or dice.random() > chance else day + dt.timedelta(dice.randrange(least, most))


def _fill_money(dice: random.Random, project: Project) -> None:
    so_far = ledgers = 0
    for month in ledger_months(project.county):
        end = month_end(month)
        if project.listed_from > month or (signed := project.days["signed"]) is None or signed > end:
            continue
        if project.told("performed", end) and dice.random() < 0.7:
            so_far += dice.randrange(project.total_cny // 15)
        elif dice.random() < 0.1:
            so_far -= min(so_far, dice.randrange(500_000))
        project.cumulative_cny[month] = None if ledgers < project.blank_ledgers else so_far
        ledgers += 1


def land_random_counties(lake: LakeBuilder) -> None:
    """Land every ledger as its county would have filled it in at the end of the month."""
    told = projects()
    for county in COUNTIES:
        for month in ledger_months(county):
            end = month_end(month)
            rows = [_row(one, month, end) for one in told if one.county == county and month in one.cumulative_cny]
            lake.ledger(county, end.isoformat(), rows, columns=random_works.COLUMNS)


def spells(told: list[Project]) -> list[random_works.Spell]:
    """Every spell of yellow and red of the rules that look at works and formalities."""
    found: list[random_works.Spell] = []
    for project in told:
        ledgers = [(month_end(month), _row(project, month, month_end(month))) for month in project.cumulative_cny]
        found += random_works.spells(project.name, ledgers, AS_OF)
    return sorted(found, key=lambda spell: spell[:3])


def _row(project: Project, month: dt.date, end: dt.date) -> Row:
    stage = next(stage for stage in reversed(STAGES) if project.told(stage, end))
    days = {DAY_OF[one]: project.told(one, end) for one in STAGES}
    days |= {"planned_start_on": project.planned_start_on, "planned_production_on": project.planned_production_on}
    row: Row = {
        "project_name": project.name, "investor_name": project.investor, "total_investment_cny": project.total_cny,
        "signing_event": project.event or None, "funds_arrived_cumulative_cny": project.cumulative_cny[month],
        "stage": stage, **{name: day.isoformat() for name, day in days.items() if day},
        **project.works.row(month, end, stage),
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not None}


Arrival = tuple[str, str, dt.date, str, int]


def arrivals(told: list[Project]) -> list[Arrival]:
    """Openings, arrivals and corrections, but for months that brought nothing (contract, section 4)."""
    return sorted(movement for project in told for movement in _arrivals_of(project) if movement[4])


def _arrivals_of(project: Project) -> Iterator[Arrival]:
    months = ledger_months(project.county)
    signed = project.days["signed"]
    last: int | None = None
    for month, cumulative in project.cumulative_cny.items():
        if cumulative is None:
            continue
        if last is None:
            before = [one for one in months if one < month]
            was_there = not before or (signed is not None and signed < month_end(before[-1]))
            kind = "opening" if was_there else "arrival"
        else:
            kind = "arrival" if cumulative >= last else "correction"
        yield project.county, project.name, month, kind, cumulative - (last or 0)
        last = cumulative


def known_by(project: Project, month: dt.date) -> int | None:
    """The last cumulative known at the end of a month."""
    known = [cny for at, cny in project.cumulative_cny.items() if cny is not None and at <= month]
    return known[-1] if known else None


def latest(project: Project) -> dt.date:
    """The date of the last ledger that lists the project: nothing later can be known of it."""
    return month_end(max(project.cumulative_cny))


def scorecard(told: list[Project], county: str, month: dt.date) -> dict[str, float | int | None]:
    """What a county's scorecard says for a month, as known on the day of the run."""
    own = [project for project in told if project.county == county]
    end, year = month_end(month), month.replace(month=1)
    card: dict[str, float | int | None] = {}
    for stage in STAGES:
        days = [(one, day) for one in own if (day := one.told(stage, latest(one)))]
        in_month = [one for one, day in days if month <= day <= end]
        in_year = [one for one, day in days if year <= day <= end]
        card |= {
            f"{stage}_count": len(in_month), f"{stage}_amount_cny": sum(one.total_cny for one in in_month),
            f"{stage}_count_ytd": len(in_year), f"{stage}_amount_ytd_cny": sum(one.total_cny for one in in_year),
            f"{stage}_stock": sum(day <= end for _, day in days),
        }  # fmt: skip
    moved = [one for one in arrivals(told) if one[0] == county and one[3] != "opening"]
    signed = [one for one in own if one.told("signed", end)]
    card["funds_arrived_cny"] = sum(cny for *_, at, _, cny in moved if at == month)
    card["funds_arrived_ytd_cny"] = sum(cny for *_, at, _, cny in moved if year <= at <= month)
    card["total_investment_stock"] = sum(one.total_cny for one in signed)
    known = [cny for one in signed if (cny := known_by(one, month)) is not None]
    card["funds_stock"] = sum(known) if known else None
    return card | _rates(card)


def _rates(card: dict[str, float | int | None]) -> dict[str, float | int | None]:
    parts = {
        "performance_rate": ("performed_stock", "signed_stock"), "start_rate": ("started_stock", "signed_stock"),
        "production_rate": ("in_production_stock", "started_stock"),
        "funds_arrival_rate": ("funds_stock", "total_investment_stock"),
    }  # fmt: skip
    values = {rate: (card[above], card[below]) for rate, (above, below) in parts.items()}
    return {rate: above / below if above is not None and below else None for rate, (above, below) in values.items()}


def cohort(told: list[Project], event: str) -> dict[str, int]:
    """How far the projects of a signing event have come."""
    own = [project for project in told if project.event == event]
    return {
        "signed_count": len(own), "signed_amount_cny": sum(one.total_cny for one in own),
        **{f"{stage}_count": sum(one.reached(stage, latest(one)) for one in own)
           for stage in ("performed", "started", "in_production")},
        "funds_arrived_cumulative_cny": sum(known_by(one, AS_OF) or 0 for one in own),
    }  # fmt: skip


def funnel(told: list[Project], county: str, pair: tuple[str, str]) -> dict[str, float | int | None]:
    """How many went from one stage to the next, and the median of days between stated days."""
    own = [project for project in told if project.county == county]
    begun = [one for one in own if one.reached(pair[0], latest(one))]
    ended = [one for one in begun if one.reached(pair[1], latest(one))]
    stated = [[one.told(stage, latest(one)) for stage in pair] for one in ended]
    days = [(last - first).days for first, last in stated if first and last]
    return {
        "from_count": len(begun), "to_count": len(ended), "from_amount_cny": sum(one.total_cny for one in begun),
        "to_amount_cny": sum(one.total_cny for one in ended), "median_days": statistics.median(days) if days else None,
    }  # fmt: skip


def lights(told: list[Project]) -> dict[tuple[str, str], str]:
    """The light of every project under the rules that its days, plans and money alone decide (contract, section 5)."""
    return {(project.name, rule): light for project in told for rule, light in _lights_of(project, told)}


def _lights_of(project: Project, told: list[Project]) -> Iterator[tuple[str, str]]:
    by = latest(project)
    signed, started = project.told("signed", by), project.told("started", by)
    if started is None and signed is not None:
        yield "R01", _light((AS_OF - signed).days, 90, 365)
        planned = project.planned_start_on
        yield "R02", "unknown" if planned is None else _light(_whole_months(planned), 1, 3)
        yield "R03", "unknown" if planned is None else "red" if (AS_OF - planned).days >= 180 else "green"
    if project.told("in_production", by) is None:
        promised = project.planned_production_on
        yield "R12", "unknown" if promised is None else _light((AS_OF - promised).days, 1, 91)
    if started is None or project.told("completed", by):
        return
    window = ledger_months(project.county)[-_WINDOW:]
    if started < window[0]:
        moved = sum(cny for _, name, at, kind, cny in arrivals(told)
                    if name == project.name and kind != "opening" and at >= window[0])  # fmt: skip
        yield "R05", "red" if moved <= 0 else "green"
    funds = known_by(project, AS_OF)
    if (AS_OF - started).days > 180:
        yield "R06", "unknown" if funds is None else "red" if funds * 100 < project.total_cny * 15 else "green"


def _light(value: int, yellow: int, red: int) -> str:
    return "red" if value >= red else "yellow" if value >= yellow else "green"


def _whole_months(planned: dt.date) -> int:
    months = (AS_OF.year - planned.year) * 12 + AS_OF.month - planned.month
    return months - (AS_OF.day < planned.day)
