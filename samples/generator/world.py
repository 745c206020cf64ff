"""The invented world: every project with its whole history, before any county writes it down.

Amounts are whole 万元 (10,000 yuan). Months are 0 (May 2026) to 5 (October 2026). Companies and people are made up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

MONTH_ENDS = [
    dt.date(2026, 5, 31),
    dt.date(2026, 6, 30),
    dt.date(2026, 7, 31),
    dt.date(2026, 8, 31),
    dt.date(2026, 9, 30),
    dt.date(2026, 10, 31),
]
MONTHS = range(len(MONTH_ENDS))
AS_OF = dt.date(2026, 11, 5)


@dataclass(frozen=True, slots=True)
class Project:
    """One project and what truly happened to it. A date after a month's end is not known yet in that month."""

    county_code: str
    name: str
    content: str
    investor: str
    origin: str
    chain: str
    total: int
    company: str
    legal_representative: str
    park: str
    town: str
    unit: str
    leader: str
    person: str
    phone: str
    signed: dt.date | None
    registered: dt.date | None = None
    started: dt.date | None = None
    completed: dt.date | None = None
    produced: dt.date | None = None
    terminated: dt.date | None = None
    performed: bool = False
    opening: int = 0
    opening_this_year: int = 0
    arrivals: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    first_month: int = 0
    absent_months: tuple[int, ...] = ()
    later_name: str | None = None
    renamed_in: int = 99
    problem: str | None = None
    measure: str | None = None
    broken: dict[str, object] = field(default_factory=dict)

    def name_in(self, month: int) -> str:
        """What the county calls it in this month's ledger."""
        return self.later_name if self.later_name and month >= self.renamed_in else self.name

    def cumulative(self, month: int) -> int:
        """Funds arrived since the beginning, 万元, at the end of the month."""
        return self.opening + sum(self.arrivals[: month + 1])

    def year_to_date(self, month: int) -> int:
        """Funds arrived since 1 January 2026, 万元, at the end of the month."""
        return self.opening_this_year + sum(self.arrivals[: month + 1])

    def known(self, event: dt.date | None, month: int) -> dt.date | None:
        """The event's date, where it has happened by the end of the month."""
        return event if event and event <= MONTH_ENDS[month] else None

    def stage_in(self, month: int) -> str:
        """The stage at the end of the month, in luodi's words."""
        for stage, event in (
            ("terminated", self.terminated),
            ("in_production", self.produced),
            ("completed", self.completed),
            ("started", self.started),
        ):
            if self.known(event, month):
                return stage
        if self.signed is None and not self.broken:
            return "talks"
        return "performed" if self.performed else "signed"

    def listed_in(self, month: int) -> bool:
        """Whether this month's ledger has the project."""
        if self.signed and self.signed > MONTH_ENDS[month]:
            return False
        return month >= self.first_month and month not in self.absent_months


def _timeline(archetype: str, number: int, total: int) -> dict[str, object]:
    """Dates and arrivals of a typical history; `number` varies it within the archetype."""
    day = 3 + (number * 7) % 24
    step = max(total // 100, 10) // 10 * 10
    lively = tuple(step * (2 + (number + month) % 4) for month in MONTHS)
    early = dt.date(2025, 2 + number % 7, day)
    half = total * (40 + number * 3 % 25) // 100 // 10 * 10
    none = (0, 0, 0, 0, 0, 0)
    match archetype:
        case "talks":
            return {"signed": None}
        case "fresh":
            month = number // 2 % 3
            return {
                "signed": dt.date(2026, 8 + month, max(day, 10)),
                "arrivals": (0,) * (3 + month) + (step,) * (3 - month),
            }
        case "signed_yellow":
            return {"signed": dt.date(2026, 2 + number % 5, day)}
        case "signed_red":
            return {"signed": dt.date(2025, 3 + number % 6, day)}
        case "performed":
            return {
                "signed": dt.date(2026, 1 + number % 3, day),
                "registered": dt.date(2026, 4, day),
                "performed": True,
                "opening": step,
                "opening_this_year": step,
                "arrivals": (0, step, 0, step, 0, 0),
            }
        case "moving":
            return {
                "signed": early,
                "registered": early + dt.timedelta(days=35),
                "started": early + dt.timedelta(days=150 + number % 5 * 20),
                "opening": half,
                "opening_this_year": half // 4,
                "arrivals": lively,
            }
        case "starved":  # started, enough funds once, nothing since July
            return {
                "signed": early,
                "registered": early + dt.timedelta(days=30),
                "started": early + dt.timedelta(days=160),
                "opening": half,
                "opening_this_year": half // 5,
                "arrivals": (step * 2, step, *none[2:]),
            }
        case "thin":  # started long ago, money drips
            return {
                "signed": early,
                "registered": early + dt.timedelta(days=40),
                "started": early + dt.timedelta(days=170),
                "opening": step * 3,
                "opening_this_year": step,
                "arrivals": (step // 2, 0, step // 2, 0, step // 2, step),
            }
        case "thin_starved":
            return {
                "signed": early,
                "registered": early + dt.timedelta(days=25),
                "started": early + dt.timedelta(days=140),
                "opening": step * 4,
                "opening_this_year": step,
                "arrivals": (step, *none[1:]),
            }
        case "new_start":
            month = number % 5
            return {
                "signed": dt.date(2026, 1 + number % 3, day),
                "registered": dt.date(2026, 4, day),
                "started": dt.date(2026, 6 + month, max(day - 2, 1)),
                "opening": step * 5,
                "opening_this_year": step * 5,
                "arrivals": tuple(step * 3 if m >= month else 0 for m in MONTHS),
            }
        case "finishing":
            return {
                "signed": early,
                "registered": early + dt.timedelta(days=20),
                "started": early + dt.timedelta(days=120),
                "completed": dt.date(2026, 7 + number % 3, day),
                "opening": total * 7 // 10 // 10 * 10,
                "opening_this_year": total // 10 // 10 * 10,
                "arrivals": (step * 4, step * 4, step * 2, step, 0, 0),
            }
        case "producing":
            return {
                "signed": early,
                "registered": early + dt.timedelta(days=20),
                "started": early + dt.timedelta(days=90),
                "completed": dt.date(2026, 5, day),
                "produced": dt.date(2026, 6 + number % 5, day),
                "opening": total * 8 // 10 // 10 * 10,
                "opening_this_year": total // 10 // 10 * 10,
                "arrivals": (step * 3, step * 2, step, 0, 0, 0),
            }
        case "produced":
            return {
                "signed": dt.date(2024, 2 + number % 8, day),
                "registered": dt.date(2024, 11, day),
                "started": dt.date(2025, 1, day),
                "completed": dt.date(2025, 12, day),
                "produced": dt.date(2026, 2, day),
                "opening": total * 95 // 100 // 10 * 10,
                "opening_this_year": total // 20 // 10 * 10,
            }
        case "terminated":
            return {
                "signed": early,
                "terminated": dt.date(2026, 7 + number % 2, day),
                "opening": step,
                "opening_this_year": 0,
            }
    raise ValueError(f"no such archetype: {archetype}")


_PROBLEMS = {
    "signed_yellow": ("土地指标未落实", "自然资源部门本月内完成组卷报批"),
    "signed_red": ("投资方资金链紧张，迟迟未进场", "约谈投资方，限期签订补充协议"),
    "performed": ("环评手续办理中", "专班代办，压缩审批时限"),
    "starved": ("后续资金未到位，施工放缓", "对接银行落实项目贷款"),
    "thin": ("建设进度偏慢", "按周调度，倒排工期"),
    "thin_starved": ("工地停工，总包单位撤场", "由分包领导牵头协调复工"),
}
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = [
    "明远",
    "启航",
    "文博",
    "思源",
    "建业",
    "晓峰",
    "佳宁",
    "志恒",
    "立群",
    "子安",
    "雨辰",
    "国栋",
    "海燕",
    "春林",
]
_UNITS = ["商务局", "发展改革委", "工业和信息化局", "农业农村局", "先进制造业开发区管委会", "住房城乡建设局"]


def _person(number: int) -> str:
    return _SURNAMES[number * 5 % len(_SURNAMES)] + _GIVEN[number * 3 % len(_GIVEN)]


@dataclass(frozen=True, slots=True)
class County:
    """A county of the sample: its places and its list of projects as (archetype, name, content, investor, origin, chain, total)."""

    code: str
    name: str
    park: str
    towns: tuple[str, ...]
    projects: tuple[tuple[str, str, str, str, str, str, int], ...]

    @property
    def is_district(self) -> bool:
        """Districts say 区, counties 县."""
        return self.name.endswith("区")


def project_of(county: County, number: int) -> Project:
    """The county's `number`-th listed project with its history."""
    archetype, name, content, investor, origin, chain, total = county.projects[number]
    seed = number + int(county.code) % 17
    problem, measure = _PROBLEMS.get(archetype, (None, None))
    short = county.name.removesuffix("县").removesuffix("区")
    stem = investor.split("有限")[0]
    history = _timeline(archetype, seed, total)
    return replace(
        Project(
            county_code=county.code,
            name=name,
            content=content,
            investor=investor,
            origin=origin,
            chain=chain,
            total=total,
            company=f"{short}{stem[2:]}有限公司",
            legal_representative=_person(seed + 40),
            park=county.park,
            town=county.towns[number % len(county.towns)],
            unit=("区" if county.is_district else "县") + _UNITS[seed % len(_UNITS)],
            leader=_person(seed + 80),
            person=_person(seed + 120),
            phone=f"13{seed % 10}****{1000 + seed * 37 % 9000:04d}",
            signed=None,
            problem=problem,
            measure=measure,
        ),
        **history,  # type: ignore[arg-type]
    )
