"""Columns of names, companies, offices and persons that only their table settles: 企业名称 beside 项目名称, 主管部门, 联系人.

Each is read only where the other columns, the titles and the cells leave one reading, and says so in `why`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.columns.column_texts import column_texts
from ingest.columns.columns_of_table import PARTS, ColumnsOfTable, give_to_another, holds_amounts, is_office
from ingest.columns.leading_posts import LEADING_POSTS
from ingest.columns.names_by_cells import are_names, is_name
from ingest.columns.neighbour_words import says
from ingest.columns.unit_and_person_cells import is_person
from ingest.gazetteer import gazetteer, provinces
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import segment
from ingest.headers.interpretation import left_open
from ingest.rows.furniture import ends_like_project
from ingest.rows.group_fields import kind_of_heading

_MOST = 0.8
_FEW = 2
_LONGEST_CLASS = 6
_HAN = re.compile("[一-鿿]")
_OF_COMERS = frozenset({"investor_origin", "signed_on", "signing_event", "agreement_type", "contract_amount_cny"})
_OF_NEW_COMPANY = frozenset({"registered_on", "registered_capital_cny", "legal_representative"})
_OF_REGISTRATION = frozenset({"registered_capital_cny", "legal_representative", "project_company"})
_OF_WORKS = frozenset(
    {
        "construction_nature",
        "started_on",
        "planned_start_on",
        "completed_on",
        "production_on",
        "planned_production_on",
        "investment_plan_year_cny",
        "investment_done_cumulative_cny",
        "investment_done_ytd_cny",
    }
)
_KINDS = ("自治县", "自治旗", "县", "旗", "市", "区")
_COUNTY = re.compile(f"(?:[一-鿿]{{2,8}}?[省市])?([一-鿿]{{2,5}}?)({'|'.join(_KINDS)})")
_BRACKET_BEHIND = re.compile("[(（][^()（）]*[)）]$")
WHO_ANSWERS = frozenset({"responsible_unit", "responsible_leader", "tracking_unit"})
_OTHER_SIDE = frozenset({"investor_name", "investor_origin", "project_company", "legal_representative"})
_SIDES = frozenset({"investor_name", "project_company", "responsible_unit"})
_GROUPED = 2


def names_that_are_figures(columns: ColumnsOfTable) -> None:
    """合同投资额（万元） > 客方 over figures is that side's share and nobody's name; another column may then tell the name."""
    for index, meaning in enumerate(columns.meanings):
        field = meaning.field
        if field not in _SIDES or not holds_amounts(columns, index):
            continue
        why = "列里全是数，是份额而非名称，放入 extra figures only, a share and no name: kept in extra"
        columns.meanings[index] = left_open(meaning, why)
        give_to_another(columns, index, field)


def names_that_are_kinds(columns: ColumnsOfTable) -> None:
    """投资主体 over 国有, 民营, 民间投资 says whose money it is and names nobody; another column may then tell the name."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field != "investor_name" or not columns.mostly(index, lambda text: says("kind_of_owner", text), 1.0):
            continue
        why = "列里只分国有、民营等，没有名称，放入 extra kinds of owners and no names: kept in extra"
        columns.meanings[index] = left_open(meaning, why)
        give_to_another(columns, index, "investor_name")


def name_behind_its_class(columns: ColumnsOfTable) -> None:
    """项目名称 over two columns (工业 | 甲项目), or with nothing above the second: few classes first, the names behind them."""
    index = next((at for at, one in enumerate(columns.meanings) if one.field == "project_name"), None)
    if index is None or index + 1 >= len(columns.meanings):
        return
    named, behind = columns.meanings[index], columns.meanings[index + 1]
    has_header = columns.table.columns[index + 1].has_header
    if behind.field is not None or (has_header and behind.path != named.path):
        return
    first = next(iter(column_texts(columns.grid, columns.table, columns.table.columns[index])), "")
    if len(first) > _LONGEST_CLASS:
        return
    classes, names = set(columns.texts(index)), columns.texts(index + 1)
    are_codes = not any(map(_HAN.search, classes)) and all(map(_HAN.search, names))
    if are_codes and len(names) >= _FEW and len(names) == len(columns.texts(index)):
        why = "项目名称下两列，前列是编号，后列是名称 two columns below one header: codes, then the names"
        columns.take(index + 1, named, why)
        columns.meanings[index] = left_open(named, why)
    elif all(map(_is_class, classes)) and len(names) > _FEW * len(classes) and len(set(names)) >= _MOST * len(names):
        why = "项目名称下两列，前列是几个类别，后列是名称 two columns below one header: a few classes, then the names"
        columns.take(index + 1, named, why)
        columns.meanings[index] = left_open(named, why)
    elif has_header and names and _are_headings(classes) and not any(map(_heads_others, names)):
        why = "项目名称下两列，前列全是产业等类别，后列是名称 two columns below one header: industries, then the names"
        columns.take(index + 1, named, why)
        columns.meanings[index] = left_open(named, why)
    elif _only_second_are_names(columns.texts(index), names):
        why = "项目名称下两列，只有后列像项目名 two columns below one header: only the second reads like projects"
        columns.take(index + 1, named, why)
        columns.meanings[index] = left_open(named, why)


def _are_headings(classes: set[str]) -> bool:
    """工业, 农业: what no project is called, however few the rows are."""
    return bool(classes) and all(map(_heads_others, classes))


def _heads_others(text: str) -> bool:
    return kind_of_heading(text) not in (None, "park_name")


def _only_second_are_names(first: Sequence[str], second: Sequence[str]) -> bool:
    """食品加工 | 甲预制菜项目, 新能源 | 乙储能项目: as many classes as names nearly, but only the second column names projects."""
    are_short = all(len(text) <= _LONGEST_CLASS and not is_name(text) for text in first)
    # A class may be merged over its projects.
    return are_short and 0 < len(first) <= len(second) and are_names(second)


def _is_class(text: str) -> bool:
    """工业, 续建, 城关镇, and what is too short for a name; 甲产业园 may be one."""
    is_short = len(text) < _FEW * 2 and not ends_like_project(text)
    return len(text) <= _LONGEST_CLASS and (is_short or kind_of_heading(text) not in (None, "park_name"))


def investor_beside_our_side(columns: ColumnsOfTable) -> None:
    """签约主体 of nothing but 清丰县人民政府 beside 合作方: two headers that can mean the investor, and the offices are ours."""
    ours = next((index for index, one in enumerate(columns.meanings) if one.field == "investor_name"), None)
    if ours is None or not columns.mostly(ours, is_office, _MOST):
        return
    read = {
        index: interpret_column(one.path, context=columns.context)
        for index, one in enumerate(columns.meanings)
        if one.field is None and columns.texts(index) and not columns.share(index, is_office)
    }
    theirs = [index for index, meaning in read.items() if meaning.field == "investor_name"]
    if len(theirs) != 1:
        return
    header = columns.meanings[ours].header
    columns.take(
        theirs[0], read[theirs[0]], f"「{header}」里是我方单位，本列是投资方 {header!r} holds our offices: the investor"
    )
    columns.meanings[ours] = left_open(
        columns.meanings[ours], "列里是我方单位，投资方另有一列 our side's offices, no investor"
    )


def company_that_invests(columns: ColumnsOfTable) -> None:
    """企业名称 beside 项目名称: the investor of projects that came from elsewhere, where no other column names a company;
    beside 投资方 and 注册时间 the company that was registered.
    """
    found = columns.open("company") or _below_companies(columns)
    if len(found) != 1 or columns.has("project_company") or not columns.has("project_name"):
        return
    index = found[0]
    # Whoever means to invest need not be told by a full name (拟投项目 | 企业: 杭州甲服饰).
    if not _are_meant(columns) and not columns.mostly(index, _is_company, _MOST):
        return
    home = _home(columns)
    at_home = columns.share(index, lambda text: text.startswith(home))
    is_asked = (
        index > 0 and bool(columns.meanings[index - 1].path) and says("founded", columns.meanings[index - 1].path[-1])
    )
    is_registered = columns.has(*_OF_NEW_COMPANY) or is_asked
    if is_registered and (at_home >= _MOST or columns.has("investor_name") or _was_founded(columns, index)):
        why = "登记信息在旁，另有投资方或以本地地名开头，是项目公司 registered here: the project's company"
        columns.name(index, "project_company", why)
    elif columns.has("investor_name"):
        if columns.has(*_OF_WORKS) and _differ(columns, index):
            why = "另有投资方，本列各行是另一家企业 beside the investor another company: the project's"
            columns.name(index, "project_company", why)
        return
    elif columns.has(*_OF_WORKS) and not columns.has(*_OF_COMERS) and not says("attraction_title", columns.titles):
        why = "旁列说的是建设、生产，没有别的企业列，是项目单位 works of the only company: the project's company"
        columns.name(index, "project_company", why)
    elif is_registered or at_home or _come_from_one_place(columns.texts(index)):
        return
    elif columns.has(*_OF_COMERS) or says("attraction_title", columns.titles):
        why = "招商项目中唯一的企业列，是投资方 the only company of projects that were attracted: the investor"
        columns.name(index, "investor_name", why)


def _differ(columns: ColumnsOfTable, index: int) -> bool:
    """Whether a column names another company than the investor in most rows."""
    investor = next(at for at, one in enumerate(columns.meanings) if one.field == "investor_name")
    theirs = set(columns.texts(investor))
    return columns.share(index, theirs.__contains__) <= 1 - _MOST


def day_of_registration(columns: ColumnsOfTable) -> None:
    """落地公司名称 | 注册资本 | 登记日期: right beside the capital or the legal person of the project's company, its registration."""
    found = columns.open("registration_day")
    if len(found) != 1 or columns.has("registered_on") or not columns.has("project_company"):
        return
    beside = columns.meanings[max(0, found[0] - 1) : found[0] + 2]
    if any(one.field in _OF_REGISTRATION for one in beside):
        read = interpret_column(("注册时间",), context=columns.context)
        columns.take(found[0], read, "旁边是项目公司的注册信息，是注册时间 beside its registration: registered_on")


def _was_founded(columns: ColumnsOfTable, index: int) -> bool:
    """企业名称 | 法定代表人 | 注册资本 | 注册时间: a list of projects that tells all of a company's registration tells the one that was
    founded for each; but not of companies called after other provinces, which may be those that came.
    """
    return (
        columns.has("registered_on")
        and columns.has("registered_capital_cny", "legal_representative")
        and not columns.share(index, is_elsewhere)
    )


def _are_meant(columns: ColumnsOfTable) -> bool:
    """拟投项目, 意向项目: projects that somebody means to build."""
    return any(
        one.field == "project_name" and one.path and says("meant_project", segment(one.path[-1]).core)
        for one in columns.meanings
    )


def user_of_land(columns: ColumnsOfTable) -> None:
    """用地单位 over companies, where no other column names the project's own: whoever builds on the land."""
    found = columns.open("land_user")
    if len(found) == 1 and not columns.has("project_company") and columns.mostly(found[0], _is_company, _MOST):
        why = "没有别的项目公司列，用地的企业就是项目公司 companies that use the land: the project's company"
        columns.name(found[0], "project_company", why)


def office_in_touch(columns: ColumnsOfTable) -> None:
    """对接单位 over offices: who keeps in touch with the investor, as 跟踪对接单位 does; over companies it is the other side."""
    found = columns.open("office_in_touch")
    if len(found) == 1 and not columns.has("tracking_unit") and columns.mostly(found[0], is_office, _MOST):
        columns.name(found[0], "tracking_unit", "列里是政府部门，负责对接 offices that keep in touch: tracking_unit")


def _below_companies(columns: ColumnsOfTable) -> list[int]:
    """企业信息 > 名称, 公司情况 > 全称, as 企业名称."""
    return [
        index
        for index, one in enumerate(columns.meanings)
        if one.field is None
        and len(one.path) == _GROUPED
        and says("company_group", segment(one.path[0]).core)
        and says("bare_name", segment(one.path[1]).core)
    ]


def _is_company(text: str) -> bool:
    return says("company_cell", _BRACKET_BEHIND.sub("", text))


def _home(columns: ColumnsOfTable) -> tuple[str, ...]:
    """How the county, its city and its province are called in names of companies."""
    stated = _COUNTY.findall(columns.titles)
    names = {name for names in stated for name in names if len(name) > 1}
    known = gazetteer()
    own = known.get(columns.context.county_code) if columns.context.county_code else None
    regions = [own] if own else [one for name, kind in stated for one in known.named(name + kind)]
    names |= {above.short_name for region in regions for above in known.lineage(region)}
    return tuple(name for name in names if name not in _KINDS)


def _come_from_one_place(companies: Sequence[str]) -> bool:
    """Whether half of the companies begin alike: with the county's city or province, as a rule, so registered here."""
    begin = Counter(name[:2] for name in companies)
    return len(companies) > _FEW and max(begin.values()) * 2 >= len(companies)


def office_that_answers(columns: ColumnsOfTable) -> None:
    """主管部门, 承办单位; 联系单位 beside a leader: the office that answers, where no other column names one."""
    if columns.has("responsible_unit"):
        return
    found = columns.open("answering_office")
    if not found and columns.has("responsible_leader"):
        found = columns.open("leaders_office")
    if len(found) == 1 and columns.mostly(found[0], is_office, _MOST):
        why = "没有别的责任单位，列里是政府部门 offices, and no other column names who answers: responsible_unit"
        columns.name(found[0], "responsible_unit", why)


def office_that_attracted(columns: ColumnsOfTable) -> None:
    """招商部门 beside 责任单位: the office that attracted the project, as 招商单位 is."""
    found = columns.open("attracting_office")
    if len(found) == 1 and columns.has("responsible_unit") and not columns.has("introducing_unit"):
        why = "责任单位另有一列，本列是招引单位 another column names who answers: introducing_unit"
        columns.name(found[0], "introducing_unit", why)


def contact_behind_office(columns: ColumnsOfTable) -> None:
    """责任单位 | 联系人: the office's, where no other column names the person, also below one group (包抓责任); so is 联系人 beside
    投资方联系人.
    """
    found = columns.open("contact") or _contacts_in_the_group_of_the_office(columns)
    if len(found) != 1 or columns.has("responsible_person") or not found[0]:
        return
    if columns.meanings[found[0] - 1].field in WHO_ANSWERS:
        columns.name(found[0], "responsible_person", "紧接责任单位的联系人 the contact of the office before it")
    elif columns.open("their_contact") and columns.meanings[found[0] - 1].field not in _OTHER_SIDE:
        columns.name(found[0], "responsible_person", "投资方另有联系人 the other side's contact has its own column")


def _contacts_in_the_group_of_the_office(columns: ColumnsOfTable) -> list[int]:
    return [
        index
        for index, (before, one) in enumerate(pairwise(columns.meanings), start=1)
        if one.field is None
        and len(one.path) == _GROUPED
        and one.path[:-1] == before.path[:-1]
        and before.field in WHO_ANSWERS
        and says("contact", segment(one.path[-1]).core)
    ]


def leader_by_post(columns: ColumnsOfTable) -> None:
    """分管副县长, 链长, 专班组长, 分管局长 over persons: the highest of them answers, where no column names a leader."""
    if columns.has("responsible_leader"):
        return
    for words in LEADING_POSTS:
        found = [index for index in columns.open(words) if columns.mostly(index, _are_persons, _MOST)]
        if found:
            why = "没有别的领导列，列里是人 persons, and no other column names a leader: responsible_leader"
            columns.name(found[0], "responsible_leader", why)
            return


def _are_persons(text: str) -> bool:
    return all(map(is_person, filter(None, PARTS.split(text))))


def place_behind_investor(columns: ColumnsOfTable) -> None:
    """投资商 | 所在省市, 投资企业 | 注册地: right behind the investor, with names of provinces or countries in it."""
    if columns.has("investor_origin"):
        return
    for index in sorted({*columns.open("place"), *_places_in_the_group_of_the_investor(columns)}):
        if index and columns.meanings[index - 1].field == "investor_name":
            if columns.mostly(index, is_elsewhere, _MOST):
                columns.name(
                    index, "investor_origin", "紧接投资方，列里是省市 places, right behind the investor: its origin"
                )
            return


def origin_told_by_places(columns: ColumnsOfTable) -> None:
    """来源 of 浙江省杭州市, 广东深圳: where whoever invests comes from, wherever the column stands; 来源 of 网络, 商会推荐 is none."""
    if columns.has("investor_origin"):
        return
    found = columns.open("bare_origin")
    if len(found) == 1 and columns.mostly(found[0], is_elsewhere, _MOST):
        columns.name(
            found[0], "investor_origin", "列里是各省市，是投资方来源地 provinces: where the investor comes from"
        )


def _places_in_the_group_of_the_investor(columns: ColumnsOfTable) -> list[int]:
    """客商 > 公司 | 籍贯."""
    return [
        index
        for index, (before, one) in enumerate(pairwise(columns.meanings), start=1)
        if one.field is None
        and len(one.path) == _GROUPED
        and one.path[:-1] == before.path[:-1]
        and says("place", segment(one.path[-1]).core)
    ]


def is_elsewhere(text: str) -> bool:
    """Whether a place begins with a province or is one abroad."""
    return (
        text.startswith(tuple(province.short_name for province in provinces()))
        or says("abroad_cell", text)
        or says("elsewhere_cell", text)
    )
