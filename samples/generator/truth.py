"""What a right warehouse must say about the invented world: computed from the histories, never from the files.

Only what the contract settles is written down; where a county's form does not show a fact, the truth is silent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from generator.counties import NANLE, PINGYU, PUYANG, QINGFENG, SHANGCAI, SHANGNAN
from generator.world import AS_OF, MONTH_ENDS, MONTHS, Project

LAST = len(MONTH_ENDS) - 1
_MISSING_LEDGERS = {SHANGNAN.code: {3}}
# These counties' forms have one word for signed and performed: 签约.
_SAYS_ONLY_SIGNED = {PUYANG.code, QINGFENG.code, SHANGCAI.code, NANLE.code}
_NO_REGISTRATION_DATE = {SHANGNAN.code, PINGYU.code, NANLE.code}


def months_seen(project: Project) -> list[int]:
    """The months whose ledgers list the project."""
    missing = _MISSING_LEDGERS.get(project.county_code, set())
    return [month for month in MONTHS if project.listed_in(month) and month not in missing]


def _is_deal(project: Project) -> bool:
    return project.stage_in(LAST) != "talks"


def signings(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """One row a signed project with a known signing date; the later claim of a shared project does not count."""
    rows = []
    for project in projects:
        if not _is_deal(project) or project.signed is None:
            continue
        twin = _earlier_claim(project, projects)
        rows.append(
            {
                "county_code": project.county_code,
                "project_name": project.name_in(LAST),
                "signed_on": project.signed.isoformat(),
                "total_investment_cny": project.total * 10000,
                "is_counted": twin is None,
                "duplicate_of_county": twin.county_code if twin else None,
            }
        )
    return rows


def _earlier_claim(project: Project, projects: Sequence[Project]) -> Project | None:
    for other in projects:
        same = (other.name, other.investor) == (project.name, project.investor) and other is not project
        if same and other.first_month < project.first_month:
            return other
    return None


def arrivals(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """Non-zero opening, arrival and correction rows by report month; `cumulative_cny` null where the county hides it."""
    return [row for project in projects if _is_deal(project) for row in _arrivals_of(project)]


def _arrivals_of(project: Project) -> Iterator[dict[str, Any]]:
    seen = months_seen(project)
    if project.county_code == PINGYU.code:
        for month in seen:
            yield from _arrival(project, month, project.arrivals[month], None, "month_column")
        return
    last: int | None = None
    for month in seen:
        cumulative = project.cumulative(month)
        if last is None:
            yield from _first(project, month, cumulative)
        else:
            yield from _arrival(project, month, cumulative - last, cumulative, "cumulative_difference")
        last = cumulative


def _first(project: Project, month: int, cumulative: int) -> Iterator[dict[str, Any]]:
    own_month = project.arrivals[month] if project.county_code == PUYANG.code else 0
    previous = _previous_report(project.county_code, month)
    is_new = previous is not None and project.signed is not None and project.signed > previous
    if is_new:
        yield from _arrival(project, month, cumulative, cumulative, "cumulative_difference")
        return
    opening = cumulative - own_month
    if opening:
        yield _money_row(project, month, "opening", opening, None, None)
    yield from _arrival(project, month, own_month, cumulative, None)


def _previous_report(county_code: str, month: int) -> dt.date | None:
    missing = _MISSING_LEDGERS.get(county_code, set())
    earlier = [m for m in range(month) if m not in missing]
    return MONTH_ENDS[earlier[-1]] if earlier else None


def _arrival(
    project: Project, month: int, amount: int, cumulative: int | None, basis: str | None
) -> Iterator[dict[str, Any]]:
    if amount:
        yield _money_row(project, month, "arrival" if amount > 0 else "correction", amount, cumulative, basis)


def _money_row(
    project: Project, month: int, kind: str, amount: int, cumulative: int | None, basis: str | None
) -> dict[str, Any]:
    return {
        "county_code": project.county_code,
        "project_name": project.name_in(LAST),
        "report_month": MONTH_ENDS[month].replace(day=1).isoformat(),
        "kind": kind,
        "amount_cny": amount * 10000,
        "cumulative_cny": None if cumulative is None else cumulative * 10000,
        "basis": basis,
    }


def milestones(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """Stated dates of milestones, as far as the county's form has a column for them."""
    rows = []
    for project in projects:
        if not _is_deal(project) or not months_seen(project):
            continue
        last = months_seen(project)[-1]
        for milestone, event in (
            ("signed", project.signed),
            ("registered", project.registered),
            ("started", project.started),
            ("completed", project.completed),
            ("in_production", project.produced),
        ):
            hidden = _hides(project, milestone, last)
            if project.known(event, last) and event and not hidden:
                rows.append(
                    {
                        "county_code": project.county_code,
                        "project_name": project.name_in(LAST),
                        "milestone": milestone,
                        "reached_on": event.isoformat(),
                        "basis": "stated",
                    }
                )
    return rows


def _hides(project: Project, milestone: str, last: int) -> bool:
    if milestone != "registered":
        return False
    if project.county_code in _NO_REGISTRATION_DATE:
        return True
    # 上蔡县's sheet of signed projects has no registration date; the other sheets have one.
    return project.county_code == SHANGCAI.code and project.stage_in(last) in ("signed", "performed")


def stages(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """The stage of every project after its last ledger."""
    return [
        {
            "county_code": project.county_code,
            "project_name": project.name_in(LAST),
            "stage": _stated_stage(project, months_seen(project)[-1]),
        }
        for project in projects
        if months_seen(project)
    ]


def _stated_stage(project: Project, month: int) -> str:
    stage = project.stage_in(month)
    return "signed" if stage == "performed" and project.county_code in _SAYS_ONLY_SIGNED else stage


def lights(projects: Sequence[Project]) -> list[dict[str, Any]]:
    """Yellow, red and unknown lights of R01, R05 and R06 at `AS_OF`, with the observed value."""
    rows: list[dict[str, Any]] = []
    for project in projects:
        if not months_seen(project):
            continue
        for rule, (light, observed) in _judge(project).items():
            rows.append(
                {
                    "county_code": project.county_code,
                    "project_name": project.name_in(LAST),
                    "rule_id": rule,
                    "light": light,
                    "observed_value": observed,
                }
            )
    return rows


def _judge(project: Project) -> dict[str, tuple[str, float | None]]:
    stage = project.stage_in(LAST)
    found: dict[str, tuple[str, float | None]] = {}
    if stage in ("signed", "performed"):
        if project.signed is None:
            found["R01"] = ("unknown", None)
        else:
            days = (AS_OF - project.signed).days
            if days >= 90:
                found["R01"] = ("red" if days >= 365 else "yellow", days)
    if stage == "started" and project.started is not None:
        recent = sum(project.arrivals[3:])
        if project.started < dt.date(2026, 8, 1) and recent <= 0:
            found["R05"] = ("red", recent * 10000)
        ratio = project.cumulative(LAST) / project.total
        if project.county_code == PINGYU.code:  # states no cumulative funds: unknown from the first day
            found["R06"] = ("unknown", None)
        elif (AS_OF - project.started).days > 180 and ratio < 0.15:
            found["R06"] = ("red", round(ratio, 6))
    return found


# Rows that no reader may accept: (county, month number, text in the raw row, why).
REJECTED = [
    {"county_code": PUYANG.code, "month": 6, "text": "衡岳汽车线束项目", "why": "the total is written 三个多亿"},
    {"county_code": QINGFENG.code, "month": 7, "text": "宥和家居五金电镀项目", "why": "the start date is 2026-13-05"},
    {"county_code": SHANGCAI.code, "month": 9, "text": "2.2", "why": "a row with an amount and no project name"},
    {"county_code": SHANGNAN.code, "month": 10, "text": "渊渟天麻种植项目", "why": "the total is written 待定后填"},
]
REFUSED = [{"county_code": QINGFENG.code, "file": "清丰县招商引资签约项目20260831.xlsx", "code": "truncated"}]
CONTROL_TOTAL_OFF = [
    {
        "county_code": PUYANG.code,
        "month": 9,
        "field": "funds_arrived_cumulative_cny",
        "off_by": "stated 500万元 above the sum",
    }
]
