"""What kind of ledger a table is: projects, a regional summary, outreach trips, problems (with steps and promises).

The words that tell are data (`wording/ledger_kinds.csv`): each found in a title or a header adds its weight; columns
that only a project has speak against the other kinds.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.fields import WORDING, fields
from ingest.headers.header_column import bare_figure, interpret_column
from ingest.headers.header_grammar import features_within
from ingest.headers.header_text import segment
from ingest.headers.interpretation import interpret_columns, left_open
from ingest.kinds.item_columns import read_items
from ingest.kinds.item_ledgers import BARE, PLAIN, is_titled, item_kind, weigh
from ingest.kinds.other_business import is_other_business
from ingest.kinds.permit_steps import StepColumn, lists_only_steps, step_columns, without_fields_of_steps
from ingest.kinds.summary_grammar import said_in
from ingest.kinds.summary_neighbours import attach_comparisons, attach_measures
from ingest.values.printed import compact
from ingest.wording_registry import summary_indicators

PROBLEM_KINDS = ("problem", "appeal", "approval_step", "policy_promise")
ENOUGH = 3
ALL_FIGURES = 0.8
_SURE = 2
_LABELS = frozenset({"region_name", "category"})
_WHO_ANSWERS = frozenset({"responsible_unit", "responsible_leader", "introducing_unit", "tracking_unit"})
_LONGEST_TITLE = 40
# 项目个数 and 总投资 alone may stand in a list of projects.
_OF_LISTS = frozenset({"projects", "total_investment"})
_ENDS_AS_NAME = re.compile("(?:项目|工程)(?:名称?|全称)$")
# 项目名称及投资方, 签约项目名称、内容: the name comes first.
_BEGINS_AS_NAME = re.compile(
    "^[^及和与、/（(]{0,6}(?:项目|工程)(?:名称?|全称)(?:以?及|[和与、/-])|^项目(?:[及和与、/]|或者?)(?:企业|公司|投资方)"
)
_ENDS_AS_PROJECTS = re.compile(
    ".项目$|^项目意向$|^名称$|^(?:签约|签订|投资|招商)?(?:合同|协议)名称$|^项目(?:信息|事项)(?:名称)?$|^(?:招商|项目|投资)?线索$"
    # 督查事项 of works with a total and a start is what is built.
    "|^(?:督查|督办|调度|攻坚|重点)事项$"
)
# 事项名称 beside who invests and how much: no matter to be handled has both.
_ENDS_AS_MATTERS = re.compile("^(?:重点|推进|工作)?事项(?:名称)?$")
# What may hold names that nobody read: beside it no investor stands for the projects.
_MAY_NAME = re.compile("(?i)项目|工程|合同|协议|名称|线索|事项|产品|内容|信息|name")
_OF_SINGLE_PROJECTS = frozenset(
    {
        "investor_name",
        "project_company",
        "project_content",
        "signed_on",
        "started_on",
        "planned_start_on",
        "planned_completion_on",
        "planned_production_on",
        "progress_note",
        "introducing_unit",
        "tracking_unit",
        "responsible_person",
        "contact_phone",
        "location",
        "problem",
        "completed_on",
        "production_on",
    }
)
_TELLS_OF_WORKS = frozenset({"investor_name", "project_content", "progress_note", "location", "problem", "signed_on"})
_SETS_TARGETS = re.compile(
    "(?:目标|任务|计划|指标)(?:任务|目标|责任|指标)?(?:分解|下达|分配|安排)|(?:目标|任务)(?:任务|目标)?(?:一览|明细|清单)?表$"
)
_TELLS_WORK = re.compile("完成|进度|进展|执行|落实|推进|考核|通报")
# 实际利用外资 is the indicator's name.
_DONE = frozenset({"done", "done_value", "accumulated"})
_OTHER_PROJECT = re.compile(
    # 原项目 and 子项目 are other projects, 原料项目 and 电子项目 are not.
    "曾|(?:^|> )原(?![料材创子生])|原(?=项目|工程|名)|[母父子旧](?=项目|工程)|[母子分]公司|变更前|更名前|上级|关联"
    "|(?<!拟)配套|其他|其它|所属|涉及|是否|计数|求和"
)
_COMPANY_OR_PROJECT = re.compile("企业|公司")
_FORMER_NAME = re.compile("原(?:签约|招商)?(?:项目|工程)(?:名称?|全称)?$")
_COMPANY_NAMES = frozenset({"企业名称", "公司名称", "企业全称", "公司全称", "企业(公司)名称"})
_PROJECT_ONLY = frozenset(
    {
        "signed_on",
        "started_on",
        "planned_start_on",
        "construction_nature",
        "registered_on",
        "investor_origin",
        "introducing_unit",
        "tracking_unit",
        "progress_rate",
        "signing_event",
    }
)
_HANDLED_ON = frozenset({"received_on", "closed_on"})
_HANDLING = _HANDLED_ON | {"due_on", "status", "owner_unit"}
_OF_GRANTS = frozenset({"amount_cny", "paid_cny", "open_reason"})
_SAYS_WHAT = frozenset({"subject", "measure"})
_TELLS_OF_PROMISES = _HANDLING | _OF_GRANTS | {"project_name", "investor_name", "progress_note", "owner_person"}
# 企业名称 | 卡脖子问题 | 县领导 | 责任单位 | 结果: whose matter it is, and who leads it.
_WHOSE = frozenset({"investor_name", "owner_leader"})
# 单位 | 外出招商次数 > 目标, 完成 counts trips and is none.
# 产业链 | 牵头领导 | 签约项目（个） | 外出招商（次） neither: whoever leads is named, no journey of theirs.
_OF_ONE_TRIP = frozenset(
    {"destination", "visited_company", "start_on", "end_on", "contact_name", "result_note", "topic"}
)
_OF_MEETINGS = frozenset({"visited_company", "destination", "traveller_name", "contact_name", "result_note"})
_OF_JOURNEYS = frozenset({"traveller_name", "destination", "days", "end_on", "start_on"})
_TIMES_OF_TRIPS = frozenset({"start_on", "end_on", "days"})
# What a list of trips never has, and a list of problems seldom.
_OF_GOING = frozenset({"start_on", "end_on", "days", "traveller_name", "companions", "visited_company"})
_NEVER_OF_TRIPS = frozenset(
    {
        "project_company",
        "planned_completion_on",
        "planned_production_on",
        "completed_on",
        "production_on",
    }
)


_ONLY_FIGURES = "格子里只有数字，不是名称 its cells hold figures only: no names"


@dataclass(frozen=True, slots=True)
class KindWord:
    """One wording that speaks for a kind; `problem_kind` is set for problem ledgers."""

    kind: str
    where: str
    wording: str
    weight: int
    problem_kind: str | None


@dataclass(frozen=True, slots=True)
class TableKind:
    """The kind of a table (None: nothing luodi knows), its columns under that kind, the kind of problem, and its columns of
    permit steps that stand side by side; `is_other_business` where its words are ours and its business is not.
    """

    kind: str | None
    meanings: list[ColumnMeaning]
    problem_kind: str | None = None
    names_from: str | None = None
    steps: tuple[StepColumn, ...] = ()
    is_other_business: bool = False


@cache
def _words() -> tuple[KindWord, ...]:
    """The wordings.

    Raises:
        ValueError: a kind, place or weight is unknown; the message names the line.
    """
    found = []
    with (WORDING / "ledger_kinds.csv").open(encoding="utf-8", newline="") as handle:
        for line, record in enumerate(csv.DictReader(handle), start=2):
            note = record["note"] or None
            known = record["kind"] in ("outreach", "problem") and record["where"] in ("header", "title")
            if not known or not record["weight"].isdecimal() or (note or "problem") not in PROBLEM_KINDS:
                raise ValueError(f"ledger_kinds.csv 第{line}行有误 unknown entry on line {line}: {record}")
            found.append(
                KindWord(record["kind"], record["where"], compact(record["wording"]), int(record["weight"]), note)
            )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a table's titles and headers say for each kind.

    `against` counts the columns that only a project has; `trips` and `items` are the columns as trips and as problems.
    """

    titles: Sequence[str]
    headers: list[str]
    meanings: list[ColumnMeaning]
    found: frozenset[str | None]
    against: int
    trips: list[ColumnMeaning]
    trip_score: int
    items: list[ColumnMeaning]
    problem_score: int


def _see(
    paths: Sequence[tuple[str, ...]],
    titles: Sequence[str],
    context: HeaderContext,
    nameless: frozenset[int],
    named: frozenset[int],
) -> _Seen:
    meanings = interpret_columns(paths, context=replace(context, kind=None))
    meanings = _without_names(meanings, nameless) if nameless else _named_by_ending(meanings)
    meanings = _named_by_cells(meanings, titles, named)
    found = frozenset(meaning.field for meaning in meanings)
    as_items = replace(context, kind="problem")
    headers = [compact(" ".join(path)) for path in paths]
    title_texts = [compact(text) for text in titles]
    against = sum(field in _PROJECT_ONLY or _is_projects_money(field) for field in found)
    # 计划投资 is the total or the year's, which the cells tell later; in either case it is a project's.
    against += any(one.field is None and says("planned_whole", segment(one.header).core) for one in meanings)
    return _Seen(
        title_texts,
        headers,
        meanings,
        found,
        against,
        _under("outreach", paths, context),
        # 活动名称 names a fair in either kind.
        _score("outreach", headers, title_texts)
        - (against - ("signing_event" in found))
        - len(found & _NEVER_OF_TRIPS),
        read_items(_under("problem", paths, context), meanings, titles, as_items),
        _score("problem", headers, title_texts),
    )


def _without_names(meanings: Sequence[ColumnMeaning], nameless: frozenset[int]) -> list[ColumnMeaning]:
    return [left_open(one, _ONLY_FIGURES) if at in nameless else one for at, one in enumerate(meanings)]


def _named_by_cells(meanings: list[ColumnMeaning], titles: Sequence[str], named: frozenset[int]) -> list[ColumnMeaning]:
    """核报项目 over names of projects: what nothing else names, where the titles say that projects are listed that came or
    are to come, or two columns tell of such; 涉农资金项目 and 审计项目 have names like that too.
    """
    if len(named) != 1 or any(one.field == "project_name" for one in meanings):
        return meanings
    (at,) = named
    if meanings[at].field is not None or _OTHER_PROJECT.search(meanings[at].header):
        return meanings
    found = {one.field for one in meanings}
    told = sum(field in _OF_SINGLE_PROJECTS or _is_projects_money(field) for field in found)
    are_ours = any(says("attracted_projects", title) for title in titles)
    if not are_ours and told + any(says("attracted", title) for title in titles) < _SURE:
        return meanings
    why = "没有已知的项目名称列，本列各行都是不同的项目名称 no known column names the projects, and its cells are their names"
    name = replace(meanings[at], field="project_name", value_type="text", match_method="close", why=why)
    return [name if i == at else one for i, one in enumerate(meanings)]


def decide_kind(
    paths: Sequence[tuple[str, ...]],
    titles: Sequence[str],
    context: HeaderContext,
    *,
    around: Sequence[str] = (),
    nameless: frozenset[int] = frozenset(),
    named: frozenset[int] = frozenset(),
) -> TableKind:
    """The kind of a table and what its columns mean under it; none where another business uses the words of ours.

    `around`: what else the file says of itself (its name, its sheets). `nameless`: positions of columns whose cells name
    nothing, whatever their headers say. `named`: that of the column whose cells name projects, though its header is not known.
    """
    told = _as_they_were(paths, titles)
    found = _decide(told, titles, context, around, nameless=nameless, named=named)
    if told == paths:
        return found
    as_written = [replace(one, path=path) for one, path in zip(found.meanings, paths, strict=True)]
    return replace(found, meanings=as_written)


def _as_they_were(paths: Sequence[tuple[str, ...]], titles: Sequence[str]) -> Sequence[tuple[str, ...]]:
    """原投资方, 原签约时间 in a list of projects given up tell of the row's own project, where no column tells what took its place."""
    if not any(says("given_up_title", compact(title)) for title in titles):
        return paths
    leaves = {compact(path[-1]) for path in paths}
    return [
        (*path[:-1], leaf[1:])
        if (leaf := compact(path[-1])).startswith("原") and leaf[1:] and leaf[1:] not in leaves
        else path
        for path in paths
    ]


def _decide(
    paths: Sequence[tuple[str, ...]],
    titles: Sequence[str],
    context: HeaderContext,
    around: Sequence[str],
    *,
    nameless: frozenset[int],
    named: frozenset[int],
) -> TableKind:
    seen = _see(paths, titles, context, nameless, named)
    found = _likely_kind(seen, paths, titles, context)
    if found.kind is not None and is_other_business(found.kind, found.meanings, titles, around):
        return TableKind(None, seen.meanings, is_other_business=True)
    if found.kind == "problem" and not _says_whose_or_what(found):
        return TableKind(None, seen.meanings)
    return _with_steps(found, seen)


def _says_whose_or_what(found: TableKind) -> bool:
    """窗口 | 收件数 | 办结数 counts what an office handled; a list of items says what each is, or whose. 政策名称 | 发文字号 | 有效期
    is a catalogue: of promises it says to whom, or what becomes of them.
    """
    # 查出问题（个） counts them and tells none.
    fields = {one.field for one in found.meanings if one.field != "subject" or not segment(one.path[-1]).units}
    if found.problem_kind == "policy_promise" and not fields & _TELLS_OF_PROMISES:
        return False
    return bool({"subject", "project_name", "investor_name", "policy_name"} & fields)


def _with_steps(found: TableKind, seen: _Seen) -> TableKind:
    """Permit steps side by side: their columns fill no field of the row, and rows that tell nothing else are no projects
    but lists of steps.
    """
    if found.kind not in ("project", "problem"):
        return found
    steps = step_columns(found.meanings)
    if not steps:
        return found
    of_comers = any(says("attraction_title", title) for title in seen.titles) and not is_titled(seen.titles)
    if found.kind == "project" and not of_comers and lists_only_steps(found.meanings, steps):
        found = TableKind("problem", seen.items, "approval_step")
    elif found.kind == "problem" and _has_matter(found.meanings, steps):
        return found
    return replace(found, meanings=without_fields_of_steps(found.meanings, steps), steps=tuple(steps))


def _has_matter(meanings: Sequence[ColumnMeaning], steps: Sequence[StepColumn]) -> bool:
    """Whether a column that is no step says what each row is about: rows of problems, whatever stands beside them."""
    of_steps = {column.position for column in steps}
    return any(one.field == "subject" and position not in of_steps for position, one in enumerate(meanings))


def _likely_kind(
    seen: _Seen, paths: Sequence[tuple[str, ...]], titles: Sequence[str], context: HeaderContext
) -> TableKind:
    weight = weigh(seen.items, seen.meanings, titles, seen.against)
    if _are_receptions(seen):
        return TableKind("outreach", seen.trips)
    if weight > PLAIN and is_titled(titles):
        return _as_problems(seen)
    if _are_trips(seen) and not _lists_projects_of_posts(seen.found, seen.trips):
        summary = None if any(trip.field in _OF_ONE_TRIP for trip in seen.trips) else _summary(paths, titles, context)
        return summary or TableKind("outreach", seen.trips)
    if weight >= PLAIN or (_are_problems(seen) and (weight >= BARE or "project_name" not in seen.found)):
        return _as_problems(seen)
    if (projects := _as_projects(seen)) is not None:
        summary = _summary(paths, titles, context) if _is_unit_with_figures(seen, projects) else None
        return summary if summary is not None and _labels_regions(summary) else projects
    if (seen.trip_score > 0 and _are_visits(seen.trips)) or _tell_meetings(seen) or _are_events(seen.trips):
        return TableKind("outreach", seen.trips)
    lists_single = _lists_single_projects(seen)
    if not lists_single:
        summary = _summary(paths, titles, context)
        lists_single = _lists_investors(seen, summary)
        if summary is not None and not lists_single:
            return summary
    if seen.problem_score >= ENOUGH or (not seen.against and _are_items(seen.items)):
        return _as_problems(seen)
    if lists_single and "investor_name" in seen.found and not _may_be_named(seen.meanings):
        return TableKind("project", seen.meanings, names_from="investor_name")
    return (_counted_by_stages(seen, paths, titles, context) if lists_single else None) or TableKind(
        None, seen.meanings
    )


def _counted_by_stages(
    seen: _Seen, paths: Sequence[tuple[str, ...]], titles: Sequence[str], context: HeaderContext
) -> TableKind | None:
    """指挥部 | 目标签约 | 实际签约 | 目标开工 | 实际开工: read as a project's its columns are days; no column could name one or tells
    anything else of it, and most are figures of a region.
    """
    if seen.found & _TELLS_OF_WORKS or _may_be_named(seen.meanings):
        return None
    summary = _summary(paths, titles, context)
    if summary is None or not _labels_regions(summary):
        return None
    return summary if 2 * sum(one.field == "value" for one in summary.meanings) > len(paths) else None


def _lists_single_projects(seen: _Seen) -> bool:
    """签约企业 | 总投资 | 签约时间 | 目前进展: what a row tells is told of one project, though no column names it; figures of
    a region have no day of signing and no works. Of such a list the investor stands for the project.
    """
    own = seen.found & (_OF_SINGLE_PROJECTS - {"investor_name"})
    return seen.against >= _SURE and len(own) >= _SURE


def _lists_investors(seen: _Seen, summary: TableKind | None) -> bool:
    """引进企业 | 投资额 | 累计到位 | 责任单位: the unit answers for an investor's project. 县区 | 投资方 | 总投资 | 到位资金: figures of a
    region name no investor, though they may count investors.
    """
    if "investor_name" not in seen.found or seen.against < _SURE:
        return False
    if summary is None:
        return True
    both = list(zip(seen.meanings, summary.meanings, strict=True))
    if {one.measure for _, one in both if one.field == "value"} - {"done"}:
        return False
    labels = {own.field for own, one in both if one.field in _LABELS}
    is_counted = any(one.field == "value" for own, one in both if own.field == "investor_name")
    return labels <= _WHO_ANSWERS or not is_counted


def _are_trips(seen: _Seen) -> bool:
    if _is_titled_of_projects(seen):
        return False
    return seen.trip_score >= ENOUGH or (seen.trip_score > 0 and (_go_somewhere(seen.trips) or _are_calls(seen)))


def _is_titled_of_projects(seen: _Seen) -> bool:
    """驻外联络处在谈项目周报: a list of projects by its title and by a column that names them, and nobody who went or when."""
    own = {trip.field for trip, known in zip(seen.trips, seen.meanings, strict=True) if known.field is None}
    if "project_name" not in seen.found or own & _OF_GOING:
        return False
    return any(says("lists_of_projects", compact(title)) for title in seen.titles)


def _are_problems(seen: _Seen) -> bool:
    """Whether words or structure say so, beside a project's name too.

    立项 > 受理, 立项 > 办结, 环评 > 受理 … beside a project: its steps are columns, and no row is one of them.
    """
    if "project_name" in seen.found and all(item.field != "subject" for item in seen.items):
        return False
    of_projects = 2 * seen.against + len(seen.found & _NEVER_OF_TRIPS)
    if seen.problem_score - of_projects >= ENOUGH:
        return True
    by_structure = _are_handled(seen.items, without_words=not seen.problem_score) or _tell_matters(seen)
    return not of_projects and by_structure


def _may_be_named(meanings: Sequence[ColumnMeaning]) -> bool:
    """Whether a column without a field may be what names the projects (项目代号, 合作事项)."""
    return any(one.field is None and _MAY_NAME.search(one.header) for one in meanings)


def _as_problems(seen: _Seen) -> TableKind:
    kind = item_kind(seen.items, seen.titles) or _problem_kind(seen.headers, list(seen.titles))
    return TableKind("problem", seen.items, kind)


def _as_projects(seen: _Seen) -> TableKind | None:
    """The table as projects, where a column names them or a company stands for them."""
    if "project_name" in seen.found:
        return TableKind("project", seen.meanings)
    if "project_company" in seen.found:
        return TableKind("project", seen.meanings, names_from="project_company")
    if seen.against < _SURE:
        return None
    if (named := _named_by_company(seen.meanings)) is not None:
        return TableKind("project", named, names_from="project_company")
    if (named := _named_by_former_name(seen.meanings)) is not None:
        return TableKind("project", named)
    return None


def _is_unit_with_figures(seen: _Seen, projects: TableKind) -> bool:
    """承担单位 | 下达任务 | 已完成: whoever bears the task may be read as a project's company, and nothing else speaks of one."""
    return (
        projects.names_from is not None
        and not (seen.found & (_OF_SINGLE_PROJECTS - {"project_company"}))
        and not seen.against
    )


def _labels_regions(summary: TableKind) -> bool:
    figures = sum(one.field == "value" for one in summary.meanings)
    return figures >= _SURE and any(one.field == "region_name" for one in summary.meanings)


def _summary(paths: Sequence[tuple[str, ...]], titles: Sequence[str], context: HeaderContext) -> TableKind | None:
    """The table as figures of regions or classes, if it is one."""
    under = attach_comparisons(_under("summary", paths, context), context)
    meanings = _titled_targets(attach_measures(_titled_figures(under, titles, context), context), titles)
    meanings = _squads_as_regions(meanings)
    has_labels = any(one.field in ("region_name", "category") for one in meanings)
    figures = [one for one in meanings if one.field == "value"]
    if not any(one.indicator not in _OF_LISTS for one in figures):
        return None
    # 企业 | 1月 | 2月 | 合计: of whom and of what stands nowhere.
    tells = any(one.indicator is not None for one in figures) and len(figures) >= ALL_FIGURES * len(paths)
    return TableKind("summary", meanings) if has_labels or tells else None


def _squads_as_regions(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """分局 | 促成签约 | 协议金额: where no column names a place or an office, the squads are whose figures these are."""
    squads = [at for at, one in enumerate(meanings) if one.field == "category"]
    if len(squads) != 1 or any(one.field == "region_name" for one in meanings):
        return meanings
    squad = meanings[squads[0]]
    if not says("squad_as_region", segment(squad.path[-1]).core):
        return meanings
    named = replace(squad, field="region_name")
    return [named if at == squads[0] else one for at, one in enumerate(meanings)]


def _lists_projects_of_posts(found: frozenset[str | None], trips: Sequence[ColumnMeaning]) -> bool:
    """驻点城市 | 拜访企业数 | 项目名称 | 投资方 | 意向投资额: a project, its investor and its money in every row, and no trip's time."""
    if "project_name" not in found or not any(map(_is_projects_money, found)):
        return False
    if "investor_name" in found and not any(trip.field in _TIMES_OF_TRIPS for trip in trips):
        return True
    # 意向项目名称 | 来访企业 | 拟投资额 | 项目进展情况 of guests: whoever came, the rows are what they mean to invest in.
    tells = bool(found & {"progress_note", "stage", "project_content"})
    return tells and not any(trip.field in _OF_JOURNEYS for trip in trips)


def _is_projects_money(field: str | None) -> bool:
    """Any amount of a project, of any scope and origin; its lists of trips and problems have fields of their own."""
    return field in fields() and fields()[field].type.startswith("amount")


def _named_by_ending(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """本地项目名称 where no known wording names the projects: without a name the table, or each row's name, is lost;
    本周新签约项目, 办学项目 and a bare 名称 too, beside two columns that only single projects have.
    """
    found_fields = {one.field for one in meanings}
    if "project_name" in found_fields:
        return _named_beside_company(meanings)
    endings = [_ENDS_AS_NAME]
    own = len(found_fields & _OF_SINGLE_PROJECTS)
    if own >= _SURE or (own and "total_investment_cny" in found_fields):
        endings.append(_ENDS_AS_PROJECTS)
    if "investor_name" in found_fields and any(map(_is_investment, meanings)):
        endings.append(_ENDS_AS_MATTERS)
    # 合作项目名称 says more than 新老项目.
    found = next(filter(None, (_ending(meanings, ending) for ending in endings)), []) or _named_first(meanings)
    if len(found) != 1:
        return meanings
    name = _by_ending(meanings[found[0]])
    return [name if i == found[0] else one for i, one in enumerate(meanings)]


def _is_investment(meaning: ColumnMeaning) -> bool:
    """总投资（亿元）, and 计划投资（亿元）, which only the whole table settles."""
    return meaning.field == "total_investment_cny" or (meaning.unit is not None and "投资" in meaning.header)


def _by_ending(meaning: ColumnMeaning) -> ColumnMeaning:
    why = "没有其他项目名称列，按词尾认作项目名称 no other column names the projects: taken by its ending"
    return replace(meaning, field="project_name", value_type="text", match_method="close", why=why)


def _named_beside_company(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """项目企业名称 names the projects of a table that has no other name; beside 承接产业转移项目名称 it names companies."""
    named = [i for i, one in enumerate(meanings) if one.field == "project_name"]
    others = _ending(meanings, _ENDS_AS_NAME)
    if len(named) != 1 or len(others) != 1 or not _COMPANY_OR_PROJECT.search(meanings[named[0]].header):
        return meanings
    name = _by_ending(meanings[others[0]])
    company = left_open(meanings[named[0]], f"「{name.header}」是项目名称 {name.header!r} names the projects")
    return [name if i == others[0] else company if i == named[0] else one for i, one in enumerate(meanings)]


def _ending(meanings: Sequence[ColumnMeaning], ending: re.Pattern[str]) -> list[int]:
    """Columns without a field whose leaf ends so and speaks of no other project (变更前项目名称)."""
    return [
        i
        for i, one in enumerate(meanings)
        if one.field is None and ending.search(segment(one.path[-1]).core) and not _OTHER_PROJECT.search(one.header)
    ]


def _named_first(meanings: Sequence[ColumnMeaning]) -> list[int]:
    """Columns without a field that name the project and tell something more of it in one cell."""
    return [
        i
        for i, one in enumerate(meanings)
        if one.field is None and _BEGINS_AS_NAME.search(compact(one.path[-1])) and not _OTHER_PROJECT.search(one.header)
    ]


def _go_somewhere(trips: Sequence[ColumnMeaning]) -> bool:
    """时间 | 城市 | 企业名称: a day, a place and somebody met."""
    return {"start_on", "destination", "visited_company"} <= {trip.field for trip in trips}


def _are_calls(seen: _Seen) -> bool:
    """日期 | 走访企业 | 会见人, which no list of projects has a field for: 拟投资项目 beside them is what was talked of."""
    own = {trip.field for trip, known in zip(seen.trips, seen.meanings, strict=True) if known.field is None}
    return {"start_on", "visited_company", "contact_name"} <= own


def _are_visits(trips: Sequence[ColumnMeaning]) -> bool:
    """走访客商 | 走访日期, where no column names a project: a day and somebody met, or whom they met and what came of it."""
    found = {trip.field for trip in trips}
    came = {"received_on", "visited_company"} <= found
    return came or {"start_on", "visited_company"} <= found or {"contact_name", "result_note"} <= found


def _are_receptions(seen: _Seen) -> bool:
    """来园时间 | 客商名称 | 陪同领导: the day, who came and who received them; 来访 in the title says no appeal then."""
    received = {"received_on", "visited_company", "host_name"} <= {trip.field for trip in seen.trips}
    return received and not seen.against and "project_name" not in seen.found


def _are_events(trips: Sequence[ColumnMeaning]) -> bool:
    """活动名称 | 举办时间 | 举办地点, where no column names a project: what was held, when and where."""
    return {"topic", "start_on", "destination"} <= {trip.field for trip in trips}


def _tell_meetings(seen: _Seen) -> bool:
    """洽谈时间 | 洽谈企业 | 企业代表, 举办时间 | 举办地点 | 活动成效, without a word of trips and without anything that only
    projects have: a day, and two more things that lists of projects have no column for.
    """
    own = {
        trip.field for trip, known in zip(seen.trips, seen.meanings, strict=True) if trip.field and known.field is None
    }
    # 活动名称 names a fair in either kind; 签约金额 may have come of a trip.
    against = seen.against - ("signing_event" in seen.found)
    is_of_trips = "start_on" in own and len(own & _OF_MEETINGS) >= _SURE * (1 + against)
    return is_of_trips and not seen.found & _NEVER_OF_TRIPS and not _are_items(seen.items)


def _are_handled(items: Sequence[ColumnMeaning], *, without_words: bool = False) -> bool:
    """收集时间 | 意见 | 办理部门 | 办结时间: something came in or was closed on a day, somebody had to see to it.

    `without_words`: no wording speaks for a list of problems; it then must have come in and be due or closed.
    """
    found = {item.field for item in items}
    is_dated = "received_on" in found and found & {"due_on", "closed_on"} if without_words else found & _HANDLED_ON
    return bool(is_dated) and len(found & _HANDLING) >= ENOUGH and bool(found & _SAYS_WHAT)


def _are_items(items: Sequence[ColumnMeaning]) -> bool:
    """痛点表现 | 整治措施 | 牵头单位 | 期限, where no column names a project: a matter and what becomes of it."""
    found = {item.field for item in items}
    return "subject" in found and len(found & (_HANDLING | _SAYS_WHAT | _OF_GRANTS | _WHOSE)) > ENOUGH


def _tell_matters(seen: _Seen) -> bool:
    """项目名称 | 要件名称 | 审批单位 | 计划办结时间: the matter is nothing that a list of projects has a column for."""
    own = any(
        item.field == "subject" and item.match_method != "close" and known.field is None
        for item, known in zip(seen.items, seen.meanings, strict=True)
    )
    return own and _are_items(seen.items)


def _named_by_company(meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning] | None:
    """企业名称 may be investor's or project's company; where nothing else names the row it stands for the project."""
    found = [i for i, one in enumerate(meanings) if one.field is None and _names_a_company(one.path[-1])]
    if len(found) != 1:
        return None
    why = "没有其他名称列，以企业名称作项目名称 no other column names the row: the company stands for the project"
    company = replace(meanings[found[0]], field="project_company", value_type="text", match_method="close", why=why)
    return [company if i == found[0] else one for i, one in enumerate(meanings)]


def _named_by_former_name(meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning] | None:
    """原项目名称 is another project beside a company or a project now; in a list of projects given up it is the row's."""
    found = [
        i for i, one in enumerate(meanings) if one.field is None and _FORMER_NAME.match(segment(one.path[-1]).core)
    ]
    if len(found) != 1:
        return None
    why = "没有其他名称列，原项目就是本行的项目 no other column names the row: the former project is the row's"
    name = replace(meanings[found[0]], field="project_name", value_type="text", match_method="close", why=why)
    return [name if i == found[0] else one for i, one in enumerate(meanings)]


def _names_a_company(header: str) -> bool:
    """企业名称, whatever its brackets add (本地注册, 盖章)."""
    return compact(header) in _COMPANY_NAMES or segment(header).core in _COMPANY_NAMES


def _titled_figures(
    meanings: list[ColumnMeaning], titles: Sequence[str], context: HeaderContext
) -> list[ColumnMeaning]:
    """县区 | 全年目标（万美元） | 累计完成: what is counted stands in the title alone (实际利用外资完成情况), or in it and some
    columns (省外资金到位情况: 本月到位 | 年度目标).
    """
    counted = {one.indicator for one in meanings if one.field == "value"} - {"assessment", None, *_OF_LISTS}
    if all(one.field not in _LABELS for one in meanings):
        return meanings
    title = next((plain for text in titles if (plain := _names_one_indicator(text))), None)
    below = replace(context, kind="summary")
    whole = interpret_column((title, "完成"), context=below) if title is not None else None
    if title is None or whole is None or (counted and counted != {whole.indicator}):
        return meanings
    if any(one.field == "value" and one.funds_origin is not None for one in meanings):
        whole = None  # 利用省外资金情况: 到位资金 | 其中：省外
    return [
        replace(interpret_column((title, *one.path), context=below), path=one.path)
        if (one.field is None or one.indicator == "assessment") and _names_measure(one, below)
        else replace(one, funds_origin=whole.funds_origin)
        if whole is not None and one.field == "value" and one.indicator == whole.indicator
        else one
        for one in meanings
    ]


def _names_measure(meaning: ColumnMeaning, context: HeaderContext) -> bool:
    """Whether the header names a measure, a rank or a score, and nothing that is counted."""
    return meaning.field is not None or bare_figure(meaning.path, context=context) is not None


def _titled_targets(meanings: list[ColumnMeaning], titles: Sequence[str]) -> list[ColumnMeaning]:
    """目标任务分解表: figures whose headers say neither target nor done are what is to be done, where the title says so."""
    title = next((text for text in titles if _SETS_TARGETS.search(text) and not _TELLS_WORK.search(text)), None)
    figures = [one for one in meanings if one.field == "value"]
    if title is None or any(features_within(segment(part).key) & _DONE for one in figures for part in one.path):
        return meanings
    period = segment(title).period
    scope = "year" if period is not None and period.is_whole_year else None
    return [_as_target(one, scope) if one.field == "value" and one.measure == "done" else one for one in meanings]


def _as_target(figure: ColumnMeaning, scope: str | None) -> ColumnMeaning:
    """The figure as what is to be done in the year; of a quarter or half-year the row could not say which."""
    said = frozenset[str]().union(*(features_within(segment(part).key) for part in figure.path))
    period = figure.period
    if said & {"quarter", "half_year"} or (period is not None and not period.is_whole_year):
        return replace(figure, field=None, value_type="text", indicator=None, measure=None)
    scope = "year" if "this_year" in said else figure.scope or scope
    return replace(figure, measure="target", is_planned=True, scope=scope)


def _names_one_indicator(title: str) -> str | None:
    """The title without its time, where its words make one indicator: of 签约项目到位资金 it would have to be guessed."""
    # 月度完成表 says how often it is drawn up, and not of which time its figures are.
    plain = segment(title).timeless.replace("月度", "")
    said = said_in(plain).features
    rows = [row for row in summary_indicators() if row.needs <= said]
    rows = [row for row in rows if not row.is_last] or rows
    # 利用省外资金 is more than 省外资金.
    rows = [row for row in rows if not any(row.needs < other.needs for other in rows)]
    named = {row.count or row.amount for row in rows} - _OF_LISTS
    return plain if len(named) == 1 and len(plain) <= _LONGEST_TITLE else None


def _under(kind: str, paths: Sequence[tuple[str, ...]], context: HeaderContext) -> list[ColumnMeaning]:
    return interpret_columns(paths, context=replace(context, kind=kind))


def _hits(kind: str, headers: list[str], titles: list[str]) -> list[KindWord]:
    return [
        word
        for word in _words()
        if word.kind == kind and any(word.wording in text for text in (headers if word.where == "header" else titles))
    ]


def _score(kind: str, headers: list[str], titles: list[str]) -> int:
    """Sum of weights; titles alone are not enough, a header must agree."""
    hits = _hits(kind, headers, titles)
    if not any(word.where == "header" for word in hits):
        return 0
    return sum(word.weight for word in hits)


def _problem_kind(headers: list[str], titles: list[str]) -> str:
    weights: dict[str, int] = {}
    for word in _hits("problem", headers, titles):
        if word.problem_kind:
            # The title says outright what the ledger is of.
            weight = word.weight * 3 if word.where == "title" else word.weight
            weights[word.problem_kind] = weights.get(word.problem_kind, 0) + weight
    return max(PROBLEM_KINDS, key=lambda name: weights.get(name, 0))
