"""What kind of ledger a table is: projects, a regional summary, outreach trips, problems (with steps and promises).

The words that tell are data (`wording/ledger_kinds.csv`): each found in a title or a header adds its weight; columns
that only a project has speak against the other kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.headers.header_text import segment
from ingest.headers.interpretation import interpret_columns
from ingest.kinds.item_columns import read_items
from ingest.kinds.item_ledgers import BARE, PLAIN, is_titled, item_kind, names_only, weigh
from ingest.kinds.kind_words import problem_kind_said, score
from ingest.kinds.name_columns import (
    named_by_cells,
    named_by_company,
    named_by_ending,
    named_by_former_name,
    without_names,
)
from ingest.kinds.other_business import is_other_business
from ingest.kinds.permit_steps import StepColumn, lists_only_steps, step_columns, without_fields_of_steps
from ingest.kinds.project_fields import OF_SINGLE_PROJECTS, PROJECT_ONLY, SURE, is_projects_money
from ingest.kinds.titled_summaries import LABELS, summary_meanings
from ingest.values.printed import compact

ENOUGH = 3
_WHO_ANSWERS = frozenset({"responsible_unit", "responsible_leader", "introducing_unit", "tracking_unit"})
# What may hold names that nobody read: beside it no investor stands for the projects.
_MAY_NAME = re.compile("(?i)项目|工程|合同|协议|名称|线索|事项|产品|内容|信息|name")
_TELLS_OF_WORKS = frozenset({"investor_name", "project_content", "progress_note", "location", "problem", "signed_on"})
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
_OF_GOING = frozenset({"start_on", "end_on", "days", "traveller_name", "companions", "visited_company"})
# What a list of trips never has, and a list of problems seldom.
_NEVER_OF_TRIPS = frozenset(
    {
        "project_company",
        "planned_completion_on",
        "planned_production_on",
        "completed_on",
        "production_on",
    }
)


@dataclass(frozen=True, slots=True)
class TableKind:
    """The kind of a table (None: nothing luodi knows), its columns under that kind, the kind of problem, and its columns of
    permit steps that stand side by side; `is_other_business` where its words are ours and its business is not;
    `lists_indicators` where a row of a summary is an indicator.
    """

    kind: str | None
    meanings: list[ColumnMeaning]
    problem_kind: str | None = None
    names_from: str | None = None
    steps: tuple[StepColumn, ...] = ()
    is_other_business: bool = False
    lists_indicators: bool = False


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
    meanings = without_names(meanings, nameless) if nameless else named_by_ending(meanings)
    meanings = named_by_cells(meanings, titles, named)
    found = frozenset(meaning.field for meaning in meanings)
    as_items = replace(context, kind="problem")
    headers = [compact(" ".join(path)) for path in paths]
    title_texts = [compact(text) for text in titles]
    against = sum(field in PROJECT_ONLY or is_projects_money(field) for field in found)
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
        score("outreach", headers, title_texts) - (against - ("signing_event" in found)) - len(found & _NEVER_OF_TRIPS),
        read_items(_under("problem", paths, context), meanings, titles, as_items),
        score("problem", headers, title_texts),
    )


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


def as_hindrances(
    found: TableKind, paths: Sequence[tuple[str, ...]], titles: Sequence[str], context: HeaderContext
) -> TableKind | None:
    """项目名称 | 存在问题 | 责任单位 | 解决时限 as a list of problems, for a table that repeats projects listed above it: what it says
    of them is what hinders them. None where it says more, or nothing of the kind. `found` is its kind by itself.
    """
    if found.kind not in ("project", None) or not names_only(found.meanings):
        return None
    seen = _see(paths, titles, context, frozenset(), frozenset())
    fields = {one.field for one in seen.items}
    return _as_problems(seen) if {"subject", "project_name"} <= fields else None


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
        ours = _as_projects(seen) if context.lists_projects else None
        if ours is None:
            return TableKind(None, seen.meanings, is_other_business=True)
        found = ours
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
    if lists_single and "investor_name" in seen.found and not may_be_named(seen.meanings):
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
    if seen.found & _TELLS_OF_WORKS or may_be_named(seen.meanings):
        return None
    summary = _summary(paths, titles, context)
    if summary is None or not _labels_regions(summary):
        return None
    return summary if 2 * sum(one.field == "value" for one in summary.meanings) > len(paths) else None


def _lists_single_projects(seen: _Seen) -> bool:
    """签约企业 | 总投资 | 签约时间 | 目前进展: what a row tells is told of one project, though no column names it; figures of
    a region have no day of signing and no works. Of such a list the investor stands for the project.
    """
    own = seen.found & (OF_SINGLE_PROJECTS - {"investor_name"})
    return seen.against >= SURE and len(own) >= SURE


def _lists_investors(seen: _Seen, summary: TableKind | None) -> bool:
    """引进企业 | 投资额 | 累计到位 | 责任单位: the unit answers for an investor's project. 县区 | 投资方 | 总投资 | 到位资金: figures of a
    region name no investor, though they may count investors.
    """
    if "investor_name" not in seen.found or seen.against < SURE:
        return False
    if summary is None:
        return True
    both = list(zip(seen.meanings, summary.meanings, strict=True))
    if {one.measure for _, one in both if one.field == "value"} - {"done"}:
        return False
    labels = {own.field for own, one in both if one.field in LABELS}
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


def may_be_named(meanings: Sequence[ColumnMeaning]) -> bool:
    """Whether a column without a field may be what names the projects (项目代号, 合作事项)."""
    return any(one.field is None and _MAY_NAME.search(one.header) for one in meanings)


def _as_problems(seen: _Seen) -> TableKind:
    kind = item_kind(seen.items, seen.titles) or problem_kind_said(seen.headers, list(seen.titles))
    return TableKind("problem", seen.items, kind)


def _as_projects(seen: _Seen) -> TableKind | None:
    """The table as projects, where a column names them or a company stands for them."""
    if "project_name" in seen.found:
        return TableKind("project", seen.meanings)
    if "project_company" in seen.found:
        return TableKind("project", seen.meanings, names_from="project_company")
    if seen.against < SURE:
        return None
    if (named := named_by_company(seen.meanings)) is not None:
        return TableKind("project", named, names_from="project_company")
    if (named := named_by_former_name(seen.meanings)) is not None:
        return TableKind("project", named)
    return None


def _is_unit_with_figures(seen: _Seen, projects: TableKind) -> bool:
    """承担单位 | 下达任务 | 已完成: whoever bears the task may be read as a project's company, and nothing else speaks of one."""
    return (
        projects.names_from is not None
        and not (seen.found & (OF_SINGLE_PROJECTS - {"project_company"}))
        and not seen.against
    )


def _labels_regions(summary: TableKind) -> bool:
    figures = sum(one.field == "value" for one in summary.meanings)
    return figures >= SURE and any(one.field == "region_name" for one in summary.meanings)


def _summary(paths: Sequence[tuple[str, ...]], titles: Sequence[str], context: HeaderContext) -> TableKind | None:
    """The table as figures of regions or classes, if it is one."""
    meanings = summary_meanings(paths, titles, context)
    return TableKind("summary", meanings) if meanings is not None else None


def _lists_projects_of_posts(found: frozenset[str | None], trips: Sequence[ColumnMeaning]) -> bool:
    """驻点城市 | 拜访企业数 | 项目名称 | 投资方 | 意向投资额: a project, its investor and its money in every row, and no trip's time."""
    if "project_name" not in found or not any(map(is_projects_money, found)):
        return False
    if "investor_name" in found and not any(trip.field in _TIMES_OF_TRIPS for trip in trips):
        return True
    # 意向项目名称 | 来访企业 | 拟投资额 | 项目进展情况 of guests: whoever came, the rows are what they mean to invest in.
    tells = bool(found & {"progress_note", "stage", "project_content"})
    return tells and not any(trip.field in _OF_JOURNEYS for trip in trips)


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
    is_of_trips = "start_on" in own and len(own & _OF_MEETINGS) >= SURE * (1 + against)
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


def _under(kind: str, paths: Sequence[tuple[str, ...]], context: HeaderContext) -> list[ColumnMeaning]:
    return interpret_columns(paths, context=replace(context, kind=kind))
