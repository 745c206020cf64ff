"""Tables of another business that use the words of ours: 采购项目名称, 预算 > 项目名称, 受让单位, 外出天数 of a roster.

A column that names something is not enough to make rows projects or trips. What only purchases, budgets, land sales,
rosters or tax lists have (`wording/other_business.csv`) is weighed against what only an investment project, or a journey,
has; a list of projects that also says who won the tender stays one. Lists of problems, steps and promises look alike in
every office: those of audits, inspections, petitions and letters speak of no project and no company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import neighbour_words, says
from ingest.headers.header_text import segment
from ingest.kinds.summary_grammar import said_in
from ingest.values.printed import compact
from ingest.wording_registry import other_business

# What says no more than that something has a name, a place and somebody to ask: any list has these.
_OF_ANY_LIST = frozenset(
    {
        "sequence_no",
        "project_name",
        "project_company",
        "project_category",
        "project_level",
        "location",
        "park_name",
        "town_name",
        "contact_phone",
        "responsible_unit",
        "responsible_person",
        "legal_representative",
        "remark",
        "due_on",
        "problem",
        "measure",
        "problem_owner",
        "contact_name",
        "contact_position",
        "team_name",
        "traveller_name",
        "traveller_position",
        "days",
    }
)
# Bought goods are contracted, signed for, started and completed too.
_OF_ANY_CONTRACT = frozenset({"contract_amount_cny", "signed_on", "investor_name"})
# Whatever is held has a time, a place and a subject.
_OF_ANY_EVENT = frozenset({"start_on", "end_on", "received_on", "destination", "topic", "companions"})
# Whom problems, steps and promises are about; a title that speaks of projects or companies says it of all rows.
_CONCERNED = {"project_name": 8, "investor_name": 8, "amount_cny": 1, "paid_cny": 1, "policy_name": 2}
_OF_OURS = 6
_OF_INVESTORS = frozenset(
    {"investor_name", "investor_origin", "signed_on", "contract_amount_cny", "stage", "project_content"}
)
# What only a list of investments has, in whatever language; anybody's projects have a start, a state and a contract.
_OF_INVESTMENTS = frozenset(
    {
        "investor_name",
        "investor_origin",
        "total_investment_cny",
        "fixed_asset_investment_cny",
        "foreign_contract_usd",
        "foreign_arrived_usd",
    }
)
_INVESTMENT = re.compile("invest|FDI", re.IGNORECASE)
# A total and one thing more.
_OF_ONE_TOTAL = 7
# What any office says of works that it has built and money that it hands on.
_OF_ANY_WORKS = _OF_ANY_LIST | {
    "total_investment_cny",
    "progress_note",
    "progress_rate",
    "responsible_leader",
    "started_on",
    "completed_on",
    "planned_start_on",
    "planned_completion_on",
}
_OF_A_COMPANY = frozenset({"project_content"})
_WORKS_BEGUN_OR_DONE = frozenset({"starts", "completions"})
_OF_ANY_TASK = frozenset({None, "assessment"})
# “开门红”: what is quoted is a slogan.
_QUOTED = re.compile("[“\"'‘「][^”\"'’」]*[”\"'’」]|[(（][^)）]*[)）]")
_WHOSE = re.compile(
    "^(?:附件[0-9一二三四五六七八九十]*[:：]?)?[一-鿿]{1,6}?(?:[市县区旗州盟]|开发区|新区|园区)(?![级域直])"
)
_YI = 100_000_000
_MANY = 3
_LITTLE = 2
# What the other columns and the cells settle later.
MAY_TELL_OF_OURS = ("thin_money", "thin_works", "planned_whole", "answering_office", "contact", "place", "company")
_MATTER = re.compile("[一-鿿]{3,}")
OF_COMPANIES = re.compile("企业|公司")
_LONG_MATTER = re.compile("[一-鿿]{4,}")
_TOTALS = frozenset({"total_investment_cny", "project_content", "investment_plan_year_cny", "planned_start_on"})


def is_other_business(
    kind: str, meanings: Sequence[ColumnMeaning], titles: Sequence[str], around: Sequence[str] = ()
) -> bool:
    """Whether a table that would be read as `kind` speaks more of another business than of what such a table lists.

    `around`: the file's name, its other sheets and their titles.
    """
    if kind == "project" and not _own(meanings) and all(one.field != "project_name" for one in meanings):
        # 纳税人 | 违法事实 | 处理决定: a company and nothing that tells of a project.
        return True
    if kind == "project" and _lists_works(meanings, [*titles, *around]):
        return True
    if kind == "project" and _is_of_others_in_english(meanings, [*titles, *around]):
        return True
    if kind == "project" and _is_titled_otherwise(meanings, titles, around):
        return True
    if kind == "project" and _tells_too_little(meanings, titles):
        return True
    if kind in ("outreach", "problem") and not _speaks_of_ours(kind, meanings, [*titles, *around]):
        return True
    if kind == "summary" and _is_rubric(meanings):
        return True
    if kind == "summary" and (_counts_houses(meanings) or _tasks_in_houses(meanings)):
        return True
    # Any office has works on which so much is spent (管网更新改造).
    if kind == "summary" and any(one.indicator not in _OF_ANY_TASK | {"investment_done"} for one in meanings):
        return False
    if kind == "summary" and _counts_another_task(meanings, titles, around):
        return True
    words = _words(kind, "header")
    # Each word counts once: ten columns of one business say no more than that it is one.
    said = {leaf: weight for leaf in map(_leaf, meanings) if (weight := words.get(leaf))}
    against = sum(said.values()) + max(
        (weight for title in titles for word, weight in _words(kind, "title").items() if word in compact(title)),
        default=0,
    )
    if kind == "project":
        return against > _own(meanings) + _own_of_names(meanings, titles)
    own = {"problem": _own_of_items, "summary": _own_of_figures}.get(kind)
    return against > (own(meanings, titles) if own is not None else _own(meanings))


def _is_rubric(meanings: Sequence[ColumnMeaning]) -> bool:
    """指标 | 分值 | 评分细则: how points are given. No figure of a region, a target or what was done stands in it; its points
    are those that can be had, and a single column of 得分 beside them is one office's sheet.
    """
    leaves = list(map(_leaf, meanings))
    if not any(says("criterion", leaf) for leaf in leaves) or not any(says("full_marks", leaf) for leaf in leaves):
        return False
    reached = {one.measure for one in meanings if one.field == "value"} - {"score", "deduction", "bonus", None}
    whose = [one for one in meanings if one.field == "region_name" and not says("assessor", _leaf(one))]
    return not reached and not whose


def _lists_works(meanings: Sequence[ColumnMeaning], titles: Sequence[str]) -> bool:
    """工程名称 | 施工单位 | 里程 | 投资 of an office that has something built: no investor, and no title of projects."""
    fields = {one.field for one in meanings}
    named = [one for one in meanings if one.field == "project_name"]
    are_works = bool(named) and all(says("works_name", _leaf(one)) for one in named)
    told = _own(meanings) > _OF_ONE_TOTAL
    return (
        are_works and not told and not fields & _OF_INVESTORS and not any(says("attracted", title) for title in titles)
    )


def _is_of_others_in_english(meanings: Sequence[ColumnMeaning], titles: Sequence[str]) -> bool:
    """Project Name | Owner | Status | Start Date: in English every office and firm heads its projects so, and nothing here
    says that somebody invests.
    """
    named = [one.header for one in meanings if one.field == "project_name"]
    if not named or not all(map(str.isascii, named)) or _OF_INVESTMENTS & {one.field for one in meanings}:
        return False
    return not any(_INVESTMENT.search(title) or says("our_business", title) for title in titles)


def _is_titled_otherwise(meanings: Sequence[ColumnMeaning], titles: Sequence[str], around: Sequence[str]) -> bool:
    """天然林保护修复项目, 水土保持方案审批表: nothing that no other list of works has, and a title that names another matter than
    projects, what is made and sold, or who comes to invest. 项目推进情况表 names none.
    """
    names = [one.header for one in meanings if one.field == "project_name"]
    # A company that stands for a project (承办企业 | 建设内容) tells less than a project by name.
    by_company = frozenset() if any(says("names_projects", name) for name in names) else _OF_A_COMPANY
    if {one.field for one in meanings} - {None} - _OF_ANY_WORKS - by_company:
        return False
    said = [*titles, *around, *names]
    # 节水型企业创建: that they are companies says nothing where companies stand for the projects.
    if any(says("ours_titled", OF_COMPANIES.sub("", text) if by_company else text) for text in said):
        return False
    if any(is_in_hundred_millions(one) or says("looked_after", one.header) for one in meanings):
        return False
    return any(_names_another_matter(title) for title in titles)


def _tells_too_little(meanings: Sequence[ColumnMeaning], said: Sequence[str]) -> bool:
    """项目名称 | 补助比例 | 核定金额 | 开户行: more columns that no list of projects has than that tell of one, below a
    title of what is granted or checked.
    """
    strange = [
        one
        for one in meanings
        if one.field is None and one.path and not any(says(words, _leaf(one)) for words in MAY_TELL_OF_OURS)
    ]
    own = _own(meanings) + _own_of_names(meanings, said)
    if len(strange) < _MANY or len(strange) <= own + 1 or own > _LITTLE:
        return False
    texts = [compact(text) for text in (*said, *(one.header for one in meanings if one.field == "project_name"))]
    return any(says("no_thin_title", text) for text in texts)


def is_in_hundred_millions(meaning: ColumnMeaning) -> bool:
    """总投资（亿元）: small works of offices are told in 万元."""
    return meaning.field == "total_investment_cny" and meaning.unit is not None and meaning.unit.multiplier >= _YI


def _names_another_matter(title: str) -> bool:
    """Whether more is left of a title than whose projects, of which time, are told how. 填报单位：县商务局 is no title."""
    if ":" in compact(title) or "：" in title or not says("names_a_list", compact(title)):
        return False
    plain = segment(_QUOTED.sub("", compact(title))).timeless
    matter = " ".join(_LONG_MATTER.findall(neighbour_words("project_frame").sub(" ", _WHOSE.sub("", plain))))
    # 魔芋精粉项目进展表 names what is made, which no list of words can hold; what offices see to has an end.
    return bool(matter) and says("public_matter", plain)


def names_a_matter_of_companies(title: str) -> bool:
    """节水型企业创建, 企业上云情况: what a title over companies says of them besides that they invest."""
    plain = OF_COMPANIES.sub("", segment(_QUOTED.sub("", compact(title))).timeless)
    if ":" in plain or "：" in plain or says("ours_titled", plain):
        return False
    return bool(_MATTER.search(neighbour_words("project_frame").sub(" ", _WHOSE.sub("", plain))))


def _speaks_of_ours(kind: str, meanings: Sequence[ColumnMeaning], titles: Sequence[str]) -> bool:
    """Whether anything in a table's titles and headers speaks of projects, companies or attracting them. Any office travels,
    keeps lists of problems and counts what is done of its tasks.
    """
    words = "our_trip" if kind == "outreach" else "our_business"
    if any(one.field == "project_name" for one in meanings) or any(says(words, title) for title in titles):
        return True
    return any(says(words, part) for one in meanings for part in one.path)


def _counts_houses(meanings: Sequence[ColumnMeaning]) -> bool:
    """开工（户） | 竣工（户） | 竣工率: what is started or signed is counted in houses, and nothing but shares is left."""
    named = [one for one in meanings if one.field == "value" and one.indicator not in _OF_ANY_TASK]
    return all(one.measure in ("rate", "rank", "score") for one in named) and any(
        one.field is None and any(says("counts_no_projects", unit.text) for unit in segment(one.path[-1]).units)
        for one in meanings
        if one.path
    )


def _tasks_in_houses(meanings: Sequence[ColumnMeaning]) -> bool:
    """计划任务数（座） | 已开工 | 已完工: the task is set in houses, so what is started and finished of it, without a unit of its
    own, is houses too.
    """
    named = [one for one in meanings if one.field == "value" and one.indicator not in _OF_ANY_TASK]
    if not all(one.indicator in _WORKS_BEGUN_OR_DONE and not segment(one.path[-1]).units for one in named):
        return False
    return any(one.field is None and one.path and _is_task_of_houses(one.path[-1]) for one in meanings)


def _is_task_of_houses(header: str) -> bool:
    told = segment(header)
    counted = (*(unit.text for unit in told.units), *told.bracketed)
    return says("task_of_houses", told.core) and any(says("counts_no_projects", one) for one in counted)


def _counts_another_task(meanings: Sequence[ColumnMeaning], titles: Sequence[str], around: Sequence[str]) -> bool:
    """各镇秸秆禁烧工作排名, 卫生院门诊量目标完成: no column names what is counted, and a title names what is none of ours. A title
    of tasks alone (目标任务完成情况) says nothing against them.
    """
    said = [*titles, *around, *(one.header for one in meanings)]
    if any(says("our_business", text) for text in said):
        return False
    return any(_names_a_matter(title) for title in titles)


def _names_a_matter(title: str) -> bool:
    """Whether a title says more than whose tasks of which time are told how: words that no figure of ours has."""
    plain = _QUOTED.sub("", compact(title))
    left = said_in(_WHOSE.sub("", segment(plain).timeless)).unexplained
    return bool(_MATTER.search(neighbour_words("task_frame").sub(" ", left)))


def _own_of_items(meanings: Sequence[ColumnMeaning], titles: Sequence[str]) -> int:
    """How much says that problems, steps or promises are those of projects and companies: any office keeps lists of
    what is to be done by whom and until when.
    """
    fields = {one.field for one in meanings}
    own = sum(weight for field, weight in _CONCERNED.items() if field in fields)
    return own + (_OF_OURS if any(says("our_business", title) for title in titles) else 0)


def _own_of_figures(_: Sequence[ColumnMeaning], titles: Sequence[str]) -> int:
    """Figures of no named indicator (目标任务, 得分) are ours where a title says so."""
    return _OF_OURS if any(says("our_business", title) for title in titles) else 0


def _own_of_names(meanings: Sequence[ColumnMeaning], titles: Sequence[str]) -> int:
    """签约项目名称, a title of 招商引资项目: whatever else is told of them (供地方式, 容积率), what is listed is ours."""
    names = [one.header for one in meanings if one.field == "project_name"]
    return _OF_OURS if any(says("attracted_projects", compact(text)) for text in [*names, *titles]) else 0


def _own(meanings: Sequence[ColumnMeaning]) -> int:
    """How much a table's columns say that no other list has."""
    fields = {one.field for one in meanings} - {None} - _OF_ANY_LIST
    contracts, totals, events = fields & _OF_ANY_CONTRACT, fields & _TOTALS, fields & _OF_ANY_EVENT
    others = len(fields) - len(contracts) - len(totals) - len(events)
    return 2 * others + 5 * len(totals) + len(contracts) + bool(events)


def _leaf(meaning: ColumnMeaning) -> str:
    return segment(meaning.path[-1]).core if meaning.path else ""


@cache
def _words(kind: str, where: str) -> dict[str, int]:
    return {compact(one.word): one.weight for one in other_business() if (one.kind, one.where) == (kind, where)}
