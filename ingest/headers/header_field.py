"""Which field a path names: whole wordings, grammar, close wordings and phrases weighed against its groups.

The leaf alone and the leaf together with its groups are looked up. Where the two disagree, or a group says something
the leaf's meaning cannot carry (计划, 审核, 上年, another subject), the path names no field.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.columns.neighbour_words import says
from ingest.fields import fields
from ingest.headers.header_brackets import brackets_fit, detailed, names_two_things
from ingest.headers.header_close import bare_form, closest
from ingest.headers.header_exact import WHOLE_LEAVES, WITH_TIME, joined_wording, leaf_wording
from ingest.headers.header_grammar import SCOPE_FEATURES, features, features_within, is_other_year
from ingest.headers.header_lookup import generic_keys, keyed_header_wordings, wordings_of_bare_form
from ingest.headers.header_match import Match, exact, grasp_parts, value_type
from ingest.headers.header_path import (
    ABOUT_PROBLEMS,
    HeaderPath,
    heads_two_kinds,
    lists_projects,
    said_above,
    speaks_of_another,
    without_tail,
)
from ingest.headers.header_phrases import LAST_LINE, is_of_kind, phrased
from ingest.headers.header_text import Segment
from ingest.headers.header_values import asks_for_ticks, by_bare_values, by_listed_values, lists_none_of
from ingest.kinds.trip_grammar import trip_match

# Groups whose words change what a date or an amount means; a leaf that does not take them up stays unmapped.
_VETO_DATE = frozenset(
    {
        "plan",
        "workflow",
        "last_year",
        "next_year",
        "next_month",
        "negation",
        "yes_no",
        "phase_two",
        "equipment",
        "civil",
    }
)
_VETO_MONEY = frozenset(
    {
        "negation",
        "last_year",
        "next_year",
        "last_month",
        "next_month",
        "phase_one",
        "phase_two",
        "share",
        "rate",
        "foreign",
    }
    | {"growth", "rank", "score", "civil", "change", "assess", "years", "average", "party"}
    | {"abroad", "source", "equipment", "yes_no", "other_province", "same_province", "own_side", "partner_side"}
)
_VETO_TEXT = frozenset({"yes_no", "workflow"})
# 上年度 > 形象进度, 2023年进展情况: how the project stood at another time is not how it stands.
_STANDINGS = frozenset({"progress_note", "progress_rate", "problem", "stage"})
_OTHER_TIMES = frozenset({"last_year", "last_month", "next_year", "next_month"})
_OF_WHAT_STANDS = frozenset({"progress_note", "progress_rate", "stage", "project_code"})
_ENDS_A_YEAR = re.compile("年[底末]")
_DONE = re.compile("(?<!未)完成")
_IMAGE = re.compile("形象|进度$")
_OF_ONE_PHASE = _STANDINGS | {"project_content"}
_WORK_DONE = re.compile("(?:完成|进展|进度|推进)(?:情况)?$")
_TOLD = re.compile("(?:工作)?(?:完成|进展|进度|推进)(?:情况)?$")
# The time of a report is its period's: what the last one said stands beside it for comparison.
_BEFORE_THIS = re.compile("上一?[周次期]|前一[周次期]|前次")
_AIMS = re.compile("目标|力争|争取|(?<!建设)(?<!工作)任务")
_TELLS_HOW = re.compile("(?:进展|进度|推进|动态|现状)(?:情况)?$")
_ENDS_AS_DUTY = re.compile("(?:体系|机制|落实|分工|情况|责任制|到人|清单|主体)+$")
_TELLS = re.compile("进展|进度|完成|情况|推进")
_STORIES = frozenset({"progress_note", "problem", "measure"})
_ENDS_AS_TIME = re.compile("(?:时间|日期|时限|期限|节点)$")
_MONEY = frozenset({"invest", "arrived", "fund"})
_FIGURED = frozenset({"plan", "done", "accumulated"})
_TIMES = frozenset({"this_year", "this_month", "ytd", "quarter", "half_year", "week", "this_issue"})
_PLANNED = {
    "started_on": "planned_start_on",
    "completed_on": "planned_completion_on",
    "production_on": "planned_production_on",
}
_PARTS = frozenset({"fixed_asset_investment_cny", "phase_one_investment_cny"})
_WHOLES = _PARTS | {"total_investment_cny", "contract_amount_cny", "registered_capital_cny", "foreign_contract_usd"}
_SPANS = _TIMES | {"accumulated", "since_start"}
_SPENT = frozenset({"done", "arrived"})
# A group of signings or projects says which are listed.
_WHOSE = frozenset({"sign", "project", "contract"})
_OF_PROJECT_COMPANY = frozenset({"registered_on", "registered_capital_cny", "legal_representative"})
_NAMES = frozenset({"project_name", "investor_name", "project_company"})
_AS_IT_IS = frozenset({"actual", "filler", "to_date", "perform", "land"})
_THREE_LEVELS = 3
_SOLVES = frozenset({"responsible_unit", "responsible_person"})
# 配套工程 > 形象进度, 子项目 > 建设内容, 土地报批进展 > 目前状态
_PHASES = frozenset(
    {"sign", "perform", "land", "start", "build", "complete", "produce", "filler", "project", "under_construction"}
)
_OF_WORKS = frozenset({"project_content", "progress_note", "progress_rate", "stage"})
_WHO = frozenset({"responsible_unit", "responsible_leader", "responsible_person", "contact_phone"})


def field_of(path: HeaderPath) -> Match | None:
    """The field, or None."""
    is_listed = path.kind in ("problem", "outreach") and path.heading is not None
    found = _named_in_list(path) if is_listed else _named(path)
    if found is None or _is_money_told_as_story(path, found.field) or lists_none_of(path.leaf, found.field):
        return None
    if path.kind == "project" and (
        asks_for_ticks(path.leaf)
        or _is_amount_of_a_year(path, found.field)
        or _is_actual_whole(path, found.field)
        or _is_told_of_done(path, found.field)
    ):
        return None
    if _stands_otherwise(path, found.field):
        return None
    if path.leaf is not None and any(says("tentative", note) for note in path.leaf.notes):
        return _meant_for(path, found)
    solves = path.kind == "project" and found.field in _SOLVES and len(path.segments) > 1
    if solves and _is_about_problems(path, path.segments[-2]):
        # 问题 > 责任科室, 问题清单 > 主管科室, as 问题 > 责任单位
        return replace(found, field="problem_owner", method="group")
    return found


def _meant_for(path: HeaderPath, found: Match) -> Match | None:
    """开工时间（暂定） is planned, 到位资金（预估） is no money that arrived; 总投资（暂定） is the total, as far as it is known."""
    if path.kind != "project":
        return found
    is_fact = value_type(found.field, path.kind) == "date" and not found.field.startswith("planned_")
    if found.field in _PLANNED or not (
        is_fact or found.field.startswith(("funds_arrived_", "foreign_arrived", "investment_done_"))
    ):
        return replace(found, field=_PLANNED.get(found.field, found.field))
    return None


def _is_amount_of_a_year(path: HeaderPath, field: str) -> bool:
    """固定资产投资（2022年） is what that year brought, as 2022年固定资产投资 is."""
    period = path.leaf.period if path.leaf is not None else None
    return field in _WHOLES and period is not None and not period.is_as_of


def _is_told_of_done(path: HeaderPath, field: str) -> bool:
    """完成情况 > 投资额, 完成情况 > 固定资产投资 is what was done of it, by when nobody says; 完成情况 > 总投资 is the whole."""
    if path.leaf is None or path.heading is None or _DONE.search(path.heading.key) is None:
        return False
    is_whole = field == "total_investment_cny" and says("bare_amount", path.leaf.core)
    return is_whole or (field == "fixed_asset_investment_cny" and not says("stated_whole", path.leaf.core))


def _is_actual_whole(path: HeaderPath, field: str) -> bool:
    """实际 > 投资额 beside 计划 > 投资额 is what was invested, not what the project is to cost; so is 实际情况 > 投资额."""
    said = [features(part.key) or frozenset() for part in path.segments[:-1]]
    is_actual = any("actual" in words and words <= _AS_IT_IS for words in said)
    return field in _WHOLES and is_actual and path.leaf is not None and "总" not in path.leaf.key


def _stands_otherwise(path: HeaderPath, field: str) -> bool:
    """Whether the column tells how the project, or a part of it, stood at another time or is meant to stand."""
    if path.kind != "project":
        return False
    if field in _OF_WHAT_STANDS and any(_is_about_problems(path, part) for part in path.segments[:-1]):
        return True
    if field == "project_code" and any(map(_is_contract, path.segments[:-1])):
        return True
    return _is_of_another_time(path, field) or _is_of_another_phase(path, field) or _is_meant(path, field)


def _is_contract(group: Segment) -> bool:
    """合同 > 编号 numbers the contract, and 合同项目 > 编号 the project."""
    return "contract" in features_within(group.key) and "项目" not in group.key


def _is_about_problems(path: HeaderPath, group: Segment) -> bool:
    """问题清单 > 状态, 存在问题及措施 > 落实情况 tell how far the problem is solved, and not where the project stands."""
    if ABOUT_PROBLEMS.fullmatch(group.key):
        return True
    found = exact(path, group.key, "group")
    return found is not None and found.field == "problem"


def _is_meant(path: HeaderPath, field: str) -> bool:
    """年度目标 > 形象进度 is how far the works are to come; 目标任务 > 完成情况 is how far they came."""
    if field not in ("progress_note", "progress_rate", "stage") or path.leaf is None:
        return False
    said = frozenset().union(*(features_within(group.key) for group in path.groups))
    return bool(_IMAGE.search(path.leaf.core)) and _is_goal(path, said)


def _is_of_another_time(path: HeaderPath, field: str) -> bool:
    """Whether the column tells how the project stood in another year or month; 上年结转项目 only says which are listed."""
    if field not in _STANDINGS:
        return False
    year = path.context.report_year
    return any(
        (is_other_year(part.period, year) and (_is_only_year(part, path) or _ENDS_A_YEAR.search(part.raw)))
        or bool(_BEFORE_THIS.match(part.key))
        or bool((said := _time_said(part)) and said & _OTHER_TIMES and said <= _OTHER_TIMES | {"filler", "time"})
        for part in path.segments
    )


def _time_said(part: Segment) -> frozenset[str] | None:
    """What a cell says that may be no more than a time: 上月, 上月进展情况."""
    told = _TOLD.sub("", part.key)
    return features(told) if told else None


def _is_only_year(part: Segment, path: HeaderPath) -> bool:
    """2023年 above or in a leaf; 2023年新签约项目 above one says which projects are listed."""
    whole = part.period is not None and part.period.is_whole_year
    return whole and (part is path.leaf or not part.timeless)


def _is_of_another_phase(path: HeaderPath, field: str) -> bool:
    """二期 > 形象进度 is not the project's as a whole."""
    if field not in _OF_ONE_PHASE:
        return False
    # 二期项目 says which projects are listed.
    said = [features(group.key) or frozenset() for group in path.groups if not group.key.endswith("项目")]
    return any("phase_two" in words and words <= {"phase_two", "project", "build"} for words in said)


def _is_money_told_as_story(path: HeaderPath, field: str) -> bool:
    """完成投资（万元） > 下月计划 is an amount, and so is 投资 > 下月计划 whose unit the title states."""
    if field not in _STORIES:
        return False
    if any(unit.is_money for unit in path.units):
        return True
    above, leaf = path.heading and features(path.heading.key), path.leaf and features(path.leaf.key)
    return bool(above and leaf and above & _MONEY and leaf & _FIGURED)


def _named_in_list(path: HeaderPath) -> Match | None:
    """手续办理 > 实际完成时间, 奖补资金 > 应奖补金额: below a group that says no more than the whole list, a leaf speaks for
    itself, where the two together make no phrase (办结时间 > 计划, 应兑现 > 金额).
    """
    found = _named(path)
    if found is None and (joined := _phrased_with_heading(path)) is not None:
        return joined
    if found is not None or not path.groups:
        return found
    others = tuple(group for group in path.groups if not is_of_kind(group.key, path.kind))
    return None if len(others) == len(path.groups) else _named(replace(path, groups=others))


def _phrased_with_heading(path: HeaderPath) -> Match | None:
    """应兑现 > 金额 as one phrase; 办结时间 > 计划 and 办理时间 > 计划办结 too, but 施工许可 > 受理 is no 受理施工许可."""
    leaf, heading = path.leaf, path.heading
    if leaf is None or heading is None or leaf.period is not None or names_two_things(path, leaf):
        return None
    near = without_tail(heading.key)
    found = phrased(near + leaf.key, path.kind)
    turned = None if found else phrased(leaf.key + near, path.kind)
    if found is None and _ENDS_AS_TIME.search(near):
        found = phrased(leaf.key + "时间", path.kind)
    found = found or (turned if turned and turned[0].endswith("_on") else None)
    if found is None:
        return None
    match = Match(found[0], "group", 1.0, None, line=LAST_LINE + found[1])
    return match if brackets_fit(path, match) else None


def _named(path: HeaderPath) -> Match | None:
    if (listed := by_listed_values(path.leaf, path)) is not None:
        return listed
    alone = leaf_wording(path)
    if alone is not None and _is_plan_of_a_time(path, alone):
        alone = None
    by_words = None if alone else _leaf_grasp(path)
    if not path.groups:
        return (
            _with_heading(path)
            or alone
            or by_words
            or _below_heading(path)
            or detailed(path)
            or _close(path)
            or _phrased(path)
            or trip_match(path)
            or by_bare_values(path.leaf, path)
            or _time_below_headings(path)
        )
    joined = joined_wording(path)
    if joined is not None:
        return joined
    grasped = grasp_parts(path, [*path.groups, path.leaf], "group") if path.leaf else None
    if alone is not None:
        return _beside_groups(path, alone, grasped)
    if grasped is not None:
        return None if _is_investors_own(path, grasped.field) else grasped
    if by_words is not None and not _is_vetoed(path, by_words.field):
        return by_words if by_words.scope is None or _are_phases(path, by_words) else None
    return _phrased_below_its_like(path) or trip_match(path) or _time_below_headings(path)


def _are_phases(path: HeaderPath, found: Match) -> bool:
    """开工建设 > 完成投资, 投产 > 累计完成投资: groups that follow a project from phase to phase change no money done of it."""
    said = [features(group.key) for group in path.groups]
    return found.field.startswith("investment_done_") and all(words and words <= _PHASES for words in said)


def _leaf_grasp(path: HeaderPath) -> Match | None:
    """The leaf by the grammar."""
    if path.leaf is None or names_two_things(path, path.leaf):
        return None
    return grasp_parts(path, [path.leaf], "normalised")


def _is_plan_of_a_time(path: HeaderPath, alone: Match) -> bool:
    """计划投资额 is the whole investment; under or beside a year, a quarter, a month it is what that time is to see."""
    if path.leaf is None or alone.field != "total_investment_cny" or "总" in path.leaf.key:
        return False
    parts = [path.leaf, *path.groups]
    said = frozenset().union(*(features_within(part.key) for part in parts))
    timed = bool(said & _TIMES) or any(part.period is not None for part in parts)
    return timed and "plan" in features_within(path.leaf.key)


def _beside_groups(path: HeaderPath, alone: Match, grasped: Match | None) -> Match | None:
    if path.leaf is not None and path.leaf.key in generic_keys():
        # 年度目标 > 投资: the words of both make the year's plan; 主要领导 > 姓名 of trips who went.
        return grasped or trip_match(path) or _of_listed_projects(path, alone)
    if grasped is not None and not grasped.same_as(alone):
        # 累计到位资金 > 客方 is that side's share, where a group has said that money arrived; 累计完成 > 投资额 is what was done.
        is_share = alone.field in _NAMES and grasped.funds_origin == "partner_side"
        return grasped if is_share or _is_bare_amount(path, alone, grasped) else None
    return None if _is_vetoed(path, alone.field) else alone


def _of_listed_projects(path: HeaderPath, alone: Match) -> Match | None:
    """支撑项目 > 来源地: the group says which projects are listed, of whom a leaf tells what it tells of any project."""
    if path.leaf is None or not all(map(lists_projects, path.groups)):
        return None
    whole = exact(path, "项目" + path.leaf.key, "group")
    return whole if whole is not None and whole.same_as(alone) else None


def _is_bare_amount(path: HeaderPath, alone: Match, grasped: Match) -> bool:
    """Whether a leaf of no more than 投资额 takes its meaning from the group: 本年完成 > 投资额, 年度计划 > 投资额."""
    is_bare = path.leaf is not None and says("bare_amount", path.leaf.core)
    return is_bare and alone.field == "total_investment_cny" and grasped.field.startswith("investment_")


def _is_anothers(path: HeaderPath, field: str, kind: str) -> bool:
    """土地出让 > 合同金额, 母公司 > 注册资本: the group has a subject of its own; 投资方 > 成立时间 is no new company's."""
    if _is_investors_own(path, field):
        return True
    is_fact = kind == "date" or kind.startswith("amount") or field in _WHO or field in _OF_WORKS
    return is_fact and any(map(speaks_of_another, path.groups))


def _is_investors_own(path: HeaderPath, field: str) -> bool:
    if field not in _OF_PROJECT_COMPANY or path.kind != "project":
        return False
    key = path.groups[-1].key
    owner = exact(path, key, "group") or exact(path, without_tail(key), "group")
    return owner is not None and owner.field == "investor_name"


def _is_aimed_at(path: HeaderPath, field: str) -> bool:
    """目标任务 > 固定资产投资 is what somebody is to bring in, and not what the project costs."""
    return field in _WHOLES and any(_AIMS.search(group.key) and not lists_projects(group) for group in path.groups)


def _is_part_of_a_time(path: HeaderPath, field: str) -> bool:
    """本年 > 固定资产投资, 完成投资 > 其中：固定资产投资: what was done in a time is no whole; 本月新签约项目 > 总投资 is one."""
    if field not in _WHOLES:
        return False
    for group in path.groups:
        said = features_within(group.key)
        timed = bool(said & _SPANS) or (group.period is not None and not group.period.is_as_of)
        spent = field in _PARTS and bool(said & _SPENT)
        if (timed or spent) and not said & _WHOSE:
            return True
    return False


def _is_vetoed(path: HeaderPath, field: str) -> bool:
    said = frozenset().union(*map(said_above, path.groups))
    kind = value_type(field, path.kind)
    veto = _VETO_DATE if kind == "date" else _VETO_MONEY if kind.startswith("amount") else _VETO_TEXT
    if field.startswith("foreign_"):
        # 外资（万美元） > 合同利用外资: the group says what the field is of.
        veto -= {"foreign"}
    if path.kind == "outreach":
        # 走访对接企业 > 联系人: visiting is what such a ledger is about.
        veto -= {"workflow"}
    if _is_anothers(path, field, kind) or _is_part_of_a_time(path, field) or _is_aimed_at(path, field):
        return True
    if kind == "date" and not field.startswith("planned_") and any(_is_to_come(group, path) for group in path.groups):
        return True
    other_year = any(is_other_year(group.period, path.context.report_year) for group in path.groups)
    if field == "progress_note" and (_is_work_of_other_year(path) or _is_goal(path, said)):
        return True
    return bool(said & veto) or (other_year and kind.startswith("amount"))


def _is_to_come(group: Segment, path: HeaderPath) -> bool:
    """2027年 > 开工时间 in a ledger of 2026 is no day on which works began."""
    year, report_year = group.period.year if group.period else None, path.context.report_year
    return year is not None and report_year is not None and year > report_year


def _is_work_of_other_year(path: HeaderPath) -> bool:
    """2023年完成情况 > 形象进度; 2023年新签约项目 only says which projects are listed."""
    year = path.context.report_year
    return any(is_other_year(group.period, year) and _WORK_DONE.search(group.timeless) for group in path.groups)


def _is_goal(path: HeaderPath, said: frozenset[str]) -> bool:
    """2024年工作目标 > 形象进度 is to be reached; 计划及进展情况 > 形象进度 tells where the project stands."""
    return "plan" in said and not said & _FIGURED - {"plan"} and not any(_TELLS.search(g.key) for g in path.groups)


def _with_heading(path: HeaderPath) -> Match | None:
    """问题及措施 > 责任单位: a heading that says nothing by itself may still change what its leaf names."""
    if path.leaf is None or path.heading is None or path.leaf.enumerated:
        return None
    heading, leaf = path.heading.key, path.leaf.key
    if leaf in WHOLE_LEAVES and path.kind == "project" and (whole := exact(path, heading, "group")) is not None:
        # 投资规模 > 合计 | 企业自筹: the amount as a whole.
        return whole if value_type(whole.field, path.kind).startswith("amount") else None
    if ABOUT_PROBLEMS.fullmatch(heading) and (who := _who_solves(path, leaf)) is not None:
        return who
    return exact(path, heading + leaf, "group") or exact(path, heading + leaf.removeprefix("其中"), "group")


def _who_solves(path: HeaderPath, leaf: str) -> Match | None:
    """存在问题及协调事项 > 责任单位 answers for the problem."""
    answers = exact(path, leaf, "group")
    if answers is None or answers.field not in _SOLVES:
        return None
    # 困难问题及解决 > 负责单位 is no wording with 问题 before it, and is whose the problem is all the same.
    return exact(path, "问题" + leaf, "group") or replace(answers, field="problem_owner", method="group")


def _time_below_headings(path: HeaderPath) -> Match | None:
    """投资 > 计划 > 2026年, 投资 > 实际 > 累计: a leaf that says no more than a time below headings that say the rest by turns."""
    leaf, parts = path.leaf, [part for part in path.segments if part.core or part.period]
    if leaf is None or len(parts) < _THREE_LEVELS or any(map(heads_two_kinds, parts[:-1])):
        return None
    told = features(leaf.timeless) if leaf.timeless else frozenset()
    if told is None or not told <= SCOPE_FEATURES or not (told or leaf.period):
        return None
    found = grasp_parts(path, parts, "group")
    return found if found is not None and found.scope is not None else None


def _below_heading(path: HeaderPath) -> Match | None:
    """包抓责任 > 单位, 进展情况 > 本月: a heading that says nothing by itself, and a leaf that needs it."""
    if path.leaf is None or path.heading is None or path.leaf.enumerated or heads_two_kinds(path.heading):
        return None
    heading, leaf = path.heading.key, path.leaf.key
    # 进展情况 > 开工 may be a day, a tick or a story: no 开工进展情况.
    turned = () if _TELLS_HOW.search(heading) and says("event_alone", leaf) else (leaf + heading,)
    orders = (heading + leaf, without_tail(heading) + leaf, *turned)
    named = next((found for key in orders if (found := exact(path, key, "group")) is not None), None)
    return named or _who_below(path, heading, leaf) or grasp_parts(path, [path.heading, path.leaf], "group")


def _who_below(path: HeaderPath, heading: str, leaf: str) -> Match | None:
    """街道包保 > 干部, 责任落实 > 镇领导, 包抓责任 > 站所: a heading of who answers, and a leaf of whom, as one phrase."""
    if path.kind != "project" or path.leaf is None or path.leaf.period or names_two_things(path, path.leaf):
        return None
    orders = dict.fromkeys((heading + leaf, without_tail(heading) + leaf, _ENDS_AS_DUTY.sub("", heading) + leaf))
    found = next((told for key in orders if (told := phrased(key)) is not None), None)
    if found is None or fields()[found[0]].group != "who_answers":
        return None
    return Match(found[0], "group", 1.0, None, line=LAST_LINE + found[1])


def _phrased_below_its_like(path: HeaderPath) -> Match | None:
    """存在困难 > 具体问题: a phrase below a group that names the same field."""
    found, nearest = _phrased(path), path.groups[-1].key
    above = exact(path, nearest, "group") or exact(path, without_tail(nearest), "group")
    return found if found is not None and above is not None and above.same_as(found) else None


def _phrased(path: HeaderPath) -> Match | None:
    leaf = path.leaf
    if leaf is None or path.kind == "summary" or leaf.key in generic_keys() or names_two_things(path, leaf):
        return None
    found = phrased(leaf.key if leaf.period is None else leaf.timeless + "".join(leaf.bracketed), path.kind)
    if found is None or (leaf.period is not None and found[0] not in WITH_TIME):
        return None
    if found[0] == "owner_person" and says("their_contact", leaf.core):
        # 企业负责人 in a list of appeals is who asks, and not who answers.
        return None
    match = Match(found[0], "normalised", 1.0, None, line=LAST_LINE + found[1])
    return match if brackets_fit(path, match) else None


def _close(path: HeaderPath) -> Match | None:
    leaf = path.leaf
    if leaf is None or leaf.enumerated or leaf.period or leaf.key in generic_keys() or names_two_things(path, leaf):
        return None
    found = closest(leaf.key, wordings_of_bare_form(bare_form(leaf.key), path.kind))
    if found is None:
        return None
    if leaf.key.endswith("情况") and keyed_header_wordings()[path.kind, ""][found[0]].field in _NAMES:
        # 对接企业情况, 洽谈项目情况 tell of what 对接企业, 洽谈项目 name.
        return None
    return Match.from_wording(keyed_header_wordings()[path.kind, ""][found[0]], "close", found[1])
