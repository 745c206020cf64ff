"""Which column names the projects of a table, where no known wording does: by its ending, by its cells, by the company or the
former name that stands for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import says
from ingest.headers.header_text import segment
from ingest.headers.interpretation import left_open
from ingest.kinds.project_fields import OF_SINGLE_PROJECTS, SURE, is_projects_money
from ingest.values.printed import compact

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
# 事项名称 beside who invests and how much: no matter to be handled has both. Office systems head whatever they list 标题.
_ENDS_AS_MATTERS = re.compile("^(?:重点|推进|工作)?事项(?:名称)?$|^(?:事项|项目|流程|表单|公文|信息|文件)?标题$")
_OTHER_PROJECT = re.compile(
    # 原项目 and 子项目 are other projects, 原料项目 and 电子项目 are not.
    "曾|(?:^|> )原(?![料材创子生])|原(?=项目|工程|名)|[母父子旧](?=项目|工程)|[母子分]公司|变更前|更名前|上级|关联"
    "|(?<![拟进引])配套(?!招商)|其他|其它|所属|涉及|是否|计数|求和"
)
_OF_WHAT_IT_COSTS = frozenset(
    {"total_investment_cny", "fixed_asset_investment_cny", "foreign_contract_usd", "foreign_arrived_usd"}
)
_COMPANY_OR_PROJECT = re.compile("企业|公司")
_FORMER_NAME = re.compile("原(?:签约|招商)?(?:项目|工程)(?:名称?|全称)?$")
_COMPANY_NAMES = frozenset({"企业", "公司", "企业名称", "公司名称", "企业全称", "公司全称", "企业(公司)名称"})
_ONLY_FIGURES = "格子里只有数字，不是名称 its cells hold figures only: no names"


def without_names(meanings: Sequence[ColumnMeaning], nameless: frozenset[int]) -> list[ColumnMeaning]:
    """The columns at `nameless` without a field: their cells name nothing."""
    return [left_open(one, _ONLY_FIGURES) if at in nameless else one for at, one in enumerate(meanings)]


def named_by_cells(meanings: list[ColumnMeaning], titles: Sequence[str], named: frozenset[int]) -> list[ColumnMeaning]:
    """核报项目 over names of projects: what nothing else names, where the titles say that projects are listed that came or
    are to come, or two columns tell of such; 涉农资金项目 and 审计项目 have names like that too.
    """
    if len(named) != 1 or any(one.field == "project_name" for one in meanings):
        return meanings
    (at,) = named
    if meanings[at].field is not None or _OTHER_PROJECT.search(meanings[at].header):
        return meanings
    found = {one.field for one in meanings}
    told = sum(field in OF_SINGLE_PROJECTS or is_projects_money(field) for field in found)
    are_ours = any(says("attracted_projects", title) for title in titles)
    if not are_ours and told + any(says("attracted", title) for title in titles) < SURE:
        return meanings
    why = "没有已知的项目名称列，本列各行都是不同的项目名称 no known column names the projects, and its cells are their names"
    name = replace(meanings[at], field="project_name", value_type="text", match_method="close", why=why)
    return [name if i == at else one for i, one in enumerate(meanings)]


def named_by_ending(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """本地项目名称 where no known wording names the projects: without a name the table, or each row's name, is lost;
    本周新签约项目, 办学项目 and a bare 名称 too, beside two columns that only single projects have.
    """
    found_fields = {one.field for one in meanings}
    if "project_name" in found_fields:
        return _named_beside_company(meanings)
    endings = [_ENDS_AS_NAME]
    own = len(found_fields & (OF_SINGLE_PROJECTS | {"stage"}))
    if own >= SURE or (own and found_fields & _OF_WHAT_IT_COSTS):
        endings.append(_ENDS_AS_PROJECTS)
    if "investor_name" in found_fields and any(map(_is_investment, meanings)):
        endings.append(_ENDS_AS_MATTERS)
    # 合作项目名称 says more than 新老项目.
    found = next(filter(None, (_ending(meanings, ending) for ending in endings)), []) or _named_first(meanings)
    if len(found) != 1:
        return meanings
    name = _by_ending(meanings[found[0]])
    return [name if i == found[0] else one for i, one in enumerate(meanings)]


def named_by_company(meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning] | None:
    """企业名称 may be investor's or project's company; where nothing else names the row it stands for the project."""
    found = [i for i, one in enumerate(meanings) if one.field is None and _names_a_company(one.path[-1])]
    if len(found) != 1:
        return None
    why = "没有其他名称列，以企业名称作项目名称 no other column names the row: the company stands for the project"
    company = replace(meanings[found[0]], field="project_company", value_type="text", match_method="close", why=why)
    return [company if i == found[0] else one for i, one in enumerate(meanings)]


def named_by_former_name(meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning] | None:
    """原项目名称 is another project beside a company or a project now; in a list of projects given up it is the row's."""
    found = [
        i for i, one in enumerate(meanings) if one.field is None and _FORMER_NAME.match(segment(one.path[-1]).core)
    ]
    if len(found) != 1:
        return None
    why = "没有其他名称列，原项目就是本行的项目 no other column names the row: the former project is the row's"
    name = replace(meanings[found[0]], field="project_name", value_type="text", match_method="close", why=why)
    return [name if i == found[0] else one for i, one in enumerate(meanings)]


def _is_investment(meaning: ColumnMeaning) -> bool:
    """总投资（亿元）, and 计划投资（亿元）, which only the whole table settles."""
    return meaning.field == "total_investment_cny" or (meaning.unit is not None and "投资" in meaning.header)


def _by_ending(meaning: ColumnMeaning) -> ColumnMeaning:
    why = "没有其他项目名称列，按词尾认作项目名称 no other column names the projects: taken by its ending"
    return replace(meaning, field="project_name", value_type="text", match_method="close", why=why)


def ends_as_project(meaning: ColumnMeaning) -> bool:
    """技改项目, 布局项目: a header that may stand over projects' names, and speaks of no other project."""
    return bool(_ENDS_AS_PROJECTS.search(segment(meaning.path[-1]).core)) and not _OTHER_PROJECT.search(meaning.header)


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


def _names_a_company(header: str) -> bool:
    """企业名称, whatever its brackets add (本地注册, 盖章)."""
    return compact(header) in _COMPANY_NAMES or segment(header).core in _COMPANY_NAMES
