"""A header path taken apart, and the marks it bears: leaf and groups, unit, currency, period, plan, person.

Nothing is looked up here but the groups that say nothing; which field the path names is asked in `header_field.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_currency import with_magnitudes
from ingest.headers.header_grammar import SCOPE_FEATURES, features, features_within, is_other_year
from ingest.headers.header_lookup import neutral_keys
from ingest.headers.header_text import Period, Segment, head_key, segment
from ingest.values.units import Unit, unit_in_text

# What a group may say without changing its leaves; 全县 and 认定 (`above_all`) leave a leaf of one cell open.
NEUTRAL_FEATURES = frozenset(
    {"project", "build", "filler", "company", "sum", "contract", "note", "milestones", "actual", "to_date", "duration"}
    | {"above_all"}
)
_OF_LISTED_PROJECTS = frozenset({"assess", "years", "average", "change", "party"})
_KINDS_OF_MONEY = frozenset({"invest", "arrived", "contract", "foreign", "plan"})
_GROUPED = 2
_PAST_YEARS = re.compile("(?:历年|分年度|各年度?|逐年)(?:的|来)?")
_AND = re.compile(r"以及|[及和与、/／]")
_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_OF_A_LIST = "(?:(?:基本|主要|进展|推进|建设)?(?:情况|信息|概况)|一览表?|清单|台账)?"
_NOT_LISTED = (
    "原",
    "配套",
    "子",
    "关联",
    "同类",
    "备选",
    "上级",
    "融资",
    "出让",
    "供地",
    "用地",
    "贷款",
    "奖补",
    "政策",
)
# 商会招引项目 above a list says which projects; 原项目 is another than the row's.
_LISTED_PROJECTS = re.compile("".join(f"(?<!{other})" for other in _NOT_LISTED) + f"项目{_OF_A_LIST}$")
# 存在问题及协调事项 heads what is to be seen to, by whom and until when.
ABOUT_PROBLEMS = re.compile(
    "(?:项目|目前|当前|推进|存在|主要|需要?|的)*(?:问题|困难|难点|堵点|卡点)+"
    "(?:存在|需要?|协调|解决|整改|化解|处置|销号|落实|办理|事项|措施|建议|对策|情况|清单|台账)+"
    "|(?:项目|目前|当前|推进|需要?|[亟急]?需|亟?待|提请|上级|[省市县区][级里]?|帮助|研究|支持)*"
    "(?:协调|解决|整改|化解)+(?:问题|困难|难点|堵点|卡点|事项)+"
)
_TAIL = ("资金来源", "基本情况", "有关情况", "相关情况", "情况", "信息", "资料", "概况", "明细")
PERSONAL_WORDS = (
    "电话",
    "手机",
    "联系方式",
    "身份证",
    "联系人",
    "姓名",
    "负责人",
    "责任人",
    "经办人",
    "联络",
    "法人代表",
    "法定代表人",
    "引荐人",
    "邮箱",
)


@dataclass(frozen=True, slots=True)
class HeaderPath:
    """One path in one context.

    Attributes:
        context: what is known of the sheet.
        kind: kind of the ledger, `project` where it is not known.
        segments: the cells without empty ones and repeats.
        units: the units of the lowest cell that states any.
        unit_basis: `leaf` or `group`, where they stand; None without units.
        leaf: the lowest cell that says more than a unit.
        heading: the cell above the leaf, whatever it says.
        groups: the cells above the leaf that say something.
        is_about_project: whether a cell above the leaf speaks of the project.
    """

    context: HeaderContext
    kind: str
    segments: tuple[Segment, ...]
    units: tuple[Unit, ...]
    unit_basis: str | None
    leaf: Segment | None
    heading: Segment | None
    groups: tuple[Segment, ...]
    is_about_project: bool

    @classmethod
    def of(cls, path: tuple[str, ...], context: HeaderContext) -> HeaderPath:
        """Take a path apart."""
        segments = with_magnitudes(_distinct(_without_past_years(path)), path, context.unit_line)
        kept = [part for part in segments if part.core or part.period or part.bracketed]
        units, basis = _stated_units(segments)
        return cls(
            context,
            context.kind or "project",
            segments,
            units,
            basis,
            leaf=kept[-1] if kept else None,
            heading=kept[-2] if len(kept) > 1 else None,
            groups=tuple(
                part
                for depth, part in enumerate(kept[:-1], start=1)
                if not _is_neutral(part) and not _titles_the_list(part, kept[depth:], context)
            ),
            is_about_project=any("项目" in part.key for part in kept[:-1]),
        )

    @property
    def currency(self) -> str | None:
        """The currency that the header itself or the sheet's unit line states."""
        units = self.units or unit_in_text(self.context.unit_line)
        codes = {unit.code for unit in units if unit.is_money and unit.is_currency_stated}
        return codes.pop() if len(codes) == 1 else None

    @property
    def period(self) -> Period | None:
        """The time that the path states."""
        return period_of(self.segments)

    @property
    def is_personal(self) -> bool:
        """Whether a cell speaks of a person."""
        return any(map(is_personal, self.segments))

    @property
    def says_plan(self) -> bool:
        """Whether a cell says 计划, 拟, 预计."""
        return any("plan" in features_within(part.key) for part in self.segments)

    @property
    def says_from_to(self) -> bool:
        """Whether the leaf holds a start and an end (外出起止时间)."""
        return self.leaf is not None and "from_to" in features_within(self.leaf.key)


def _without_past_years(path: tuple[str, ...]) -> tuple[str, ...]:
    """历年完成投资 > 2025年1-6月: what the leaf's own months bring is no sum of years."""
    if len(path) < _GROUPED or not any(_PAST_YEARS.match(part) for part in path[:-1]):
        return path
    period = segment(path[-1]).period
    if period is None or period.year is None or period.month_from is None or period.is_as_of:
        return path
    return (*(_PAST_YEARS.sub("", part) for part in path[:-1]), path[-1])


def _distinct(path: tuple[str, ...]) -> tuple[Segment, ...]:
    """The cells of the path without empty ones and without repeats (a merged header stands on every level)."""
    parts: list[Segment] = []
    for raw in path:
        part = segment(raw)
        if parts and part.core == parts[-1].core and part.bracketed == parts[-1].bracketed:
            # 美元 > （万美元）: two cells that say nothing but a unit; the lower tells it in full.
            if part.units and not (parts[-1].units and part.core):
                parts[-1] = part
            continue
        if part.core or part.units or part.period or part.bracketed:
            parts.append(part)
    return tuple(parts)


def _stated_units(segments: Sequence[Segment]) -> tuple[tuple[Unit, ...], str | None]:
    for depth, part in enumerate(reversed(segments)):
        if part.units:
            # A leaf that is nothing but its unit (`总投资 > 万元`) states it as a leaf does.
            return part.units, "leaf" if depth == 0 else "group"
    return (), None


def heads_two_kinds(part: Segment) -> bool:
    """投资及到位资金（万元）: a heading over columns of two kinds of money says nothing of any one of them."""
    pieces = [features(key) for text in _AND.split(_BRACKETS.sub("", part.raw)) if (key := head_key(text))]
    kinds = {frozenset(said & _KINDS_OF_MONEY) for said in pieces if said is not None}
    return len(pieces) > 1 and None not in pieces and len(kinds) > 1 and frozenset() not in kinds


def speaks_of_another(part: Segment) -> bool:
    """土地出让, 融资情况, 母公司 speak of no project; 投资及用地情况 does, among others."""
    pieces = [head_key(text) for text in _AND.split(_BRACKETS.sub("", part.raw))]
    return all("other_subject" in features_within(key) and not _LISTED_PROJECTS.search(key) for key in pieces if key)


def said_above(part: Segment) -> frozenset[str]:
    """The known words of a group; 考核项目, 十四五重点项目 say which projects are listed and not what was counted of them."""
    said = features_within(part.key)
    return said - _OF_LISTED_PROJECTS if lists_projects(part) else said


def lists_projects(part: Segment) -> bool:
    """在谈项目, 考核项目情况: a group that says which projects are listed."""
    return _LISTED_PROJECTS.search(part.key) is not None


def is_unknown(part: Segment) -> bool:
    """Whether a group says something that no word list explains (110kV线路): what stands below it may be another's."""
    told = without_tail(part.timeless)
    return bool(part.key) and not _is_neutral(part) and features(part.timeless) is None and features(told) is None


def _is_neutral(part: Segment) -> bool:
    is_known = part.key in neutral_keys() or without_tail(part.key) in neutral_keys()
    if part.period is None and (is_known or heads_two_kinds(part) or ABOUT_PROBLEMS.fullmatch(part.key)):
        return True
    said = features(part.key)
    return part.period is None and said is not None and said <= NEUTRAL_FEATURES - {"company"}


def _titles_the_list(part: Segment, below: Sequence[Segment], context: HeaderContext) -> bool:
    """2026年招商引资项目情况 above all columns says which projects are listed. Above money that states no time it states one."""
    year = part.period
    if year is None or year.year is None or not year.is_whole_year or is_other_year(year, context.report_year):
        return False
    if part.timeless not in neutral_keys() and without_tail(part.timeless) not in neutral_keys():
        return False
    said = frozenset[str]().union(*(features_within(one.key) for one in below))
    is_timed = any(one.period is not None for one in below) or bool(said & SCOPE_FEATURES)
    return is_timed or not said & _KINDS_OF_MONEY


def period_of(parts: Sequence[Segment]) -> Period | None:
    """The stated period: months from the lowest cell that has them, the year from the lowest that has one."""
    stated = [part.period for part in parts if part.period is not None]
    if not stated:
        return None
    months = next((p for p in reversed(stated) if p.month_from is not None), stated[-1])
    year = next((p.year for p in reversed(stated) if p.year is not None), None)
    return replace(months, year=year)


def is_personal(part: Segment) -> bool:
    """Whether a header cell speaks of a person."""
    return any(word in part.key for word in PERSONAL_WORDS)


def without_tail(key: str) -> str:
    """A group's wording without the 基本情况, 信息, … behind it."""
    for tail in _TAIL:
        if key.endswith(tail) and len(key) > len(tail):
            return key.removesuffix(tail)
    return key
