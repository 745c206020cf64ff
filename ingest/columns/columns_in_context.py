"""Columns whose header alone may mean two things, and which their table settles.

企业名称 beside 项目名称, 主管部门, 联系人, 计划投资, 本月完成: each is read only where the other columns, the titles and the cells
leave one reading, and says so in `why`. Where they don't it stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.columns.leading_posts import LEADING_POSTS
from ingest.columns.names_by_cells import are_names, is_name
from ingest.columns.neighbour_words import says
from ingest.columns.unit_and_person_cells import is_person
from ingest.formats.sheet import CellValue
from ingest.gazetteer import Region, gazetteer, read_regions
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import head_key, segment
from ingest.headers.interpretation import left_open, tells_past_years
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.rows.furniture import ends_like_project
from ingest.rows.group_fields import kind_of_heading
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact
from ingest.values.units import Unit
from ingest.wording_registry import header_values

_MOST = 0.8
_FEW = 2
_LONGEST_CLASS = 6
_HAN = re.compile("[一-鿿]")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_OF_COMERS = frozenset({"investor_origin", "signed_on", "signing_event", "agreement_type", "contract_amount_cny"})
_OF_NEW_COMPANY = frozenset({"registered_on", "registered_capital_cny", "legal_representative"})
_KINDS = ("自治县", "自治旗", "县", "旗", "市", "区")
_COUNTY = re.compile(f"(?:[一-鿿]{{2,8}}?[省市])?([一-鿿]{{2,5}}?)({'|'.join(_KINDS)})")
_INVESTED = (
    "total_investment_cny",
    "phase_one_investment_cny",
    "fixed_asset_investment_cny",
    "investment_plan_year_cny",
    "investment_done_",
)
_YEARS_PLAN = re.compile(r"(?:20\d\d年?度?|本年度?|当年|今年|全年|年度?)计划(?:数|额|目标)?")
_DONE_IN_YEAR = frozenset({"investment_done_ytd_cny", "investment_done_month_cny"})
_YEARS = "investment_done_ytd_cny"
_BRACKET_BEHIND = re.compile("[(（][^()（）]*[)）]$")
_PARTS = re.compile("[、,，;；/\n ]+")
_WHO_ANSWERS = frozenset({"responsible_unit", "responsible_leader", "tracking_unit"})
_OTHER_SIDE = frozenset({"investor_name", "investor_origin", "project_company", "legal_representative"})
_SIDES = frozenset({"investor_name", "project_company", "responsible_unit"})
_TOLD_IN_WORDS = frozenset({"measure", "problem"})
_LISTS = (
    ("list_of_problems", "problem", "text"),
    ("list_of_measures", "measure", "text"),
    ("list_of_limits", "due_on", "date"),
)
_CLASSES = ("construction_nature", "investment_form", "agreement_type", "capital_origin")
_DAY = re.compile(r"(?:19|20)?\d{2}[年./-]\d{1,2}")
_GROUPED = 2
_OUTSIDE_REGION = re.compile("区外(?=境内|国内)")
_OUTSIDE_CITY = re.compile("(?:境内|国内)?市外(?:境内|国内)?")


@dataclass(slots=True)
class _Columns:
    """The columns of one table, with what settles them."""

    grid: Grid
    table: Table
    meanings: list[ColumnMeaning]
    context: HeaderContext
    titles: str

    def has(self, *fields: str) -> bool:
        return any(meaning.field in fields for meaning in self.meanings)

    def open(self, words: str) -> list[int]:
        """The columns without a field whose only header is such a wording."""
        return [
            index
            for index, meaning in enumerate(self.meanings)
            if meaning.field is None and len(meaning.path) == 1 and says(words, segment(meaning.path[-1]).core)
        ]

    def texts(self, index: int) -> list[str]:
        """What the column's cells say, without placeholders and repeated headers."""
        column = self.table.columns[index]
        header = compact(column.path[-1])
        found = [compact(cell_text(value)) for value in self.cells(index) if value is not None]
        return [text for text in found if text and text != header and not is_placeholder(text)]

    def cells(self, index: int) -> Iterator[CellValue]:
        place = self.table.columns[index].index
        return (self.grid.rows[row][place] for row in self.table.body_rows)

    def share(self, index: int, fits: Callable[[str], object]) -> float:
        texts = self.texts(index)
        return sum(1 for text in texts if fits(text)) / len(texts) if texts else 0.0

    def never_less(self, index: int, unit: Unit | None, other: int) -> bool:
        """Whether in every row that has both the one figure is as great as the other, and there is such a row."""
        its_unit = self.meanings[other].unit
        if unit is None or its_unit is None:
            return False
        ones = (_figure(value, unit) for value in self.cells(index))
        pairs = zip(ones, (_figure(value, its_unit) for value in self.cells(other)), strict=True)
        both = [(one, two) for one, two in pairs if one is not None and two is not None]
        return bool(both) and all(one >= two for one, two in both)

    def take(self, index: int, read: ColumnMeaning, why: str) -> None:
        """Give the column what `read` says, keeping its own path."""
        self.meanings[index] = replace(read, path=self.meanings[index].path, match_method="close", why=why)

    def name(self, index: int, field: str, why: str) -> None:
        self.take(index, replace(self.meanings[index], field=field, value_type="text", match_score=1.0), why)


def _figure(value: CellValue, unit: Unit) -> Decimal | None:
    """A bare figure in its header's unit; CSV has figures as texts."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = compact(str(value)).replace(",", "")
    return Decimal(text) * unit.multiplier if _PLAIN.fullmatch(text) else None


def read_in_context(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext, titles: Sequence[str]
) -> list[ColumnMeaning]:
    """The columns of a list of projects, with those that only the table as a whole settles."""
    said = " ".join([*titles, grid.sheet.name])
    columns = _Columns(grid, table, list(meanings), context, said)
    for settle in (
        _running_numbers,
        _names_that_are_figures,
        _plans_that_are_figures,
        _name_behind_its_class,
        _investor_beside_our_side,
        _company_that_invests,
        _done_of_investment,
        _month_beside_done,
        _all_done_beside_the_years,
        _plan_before_done,
        _plan_as_total,
        _first_phase_of_total,
        _office_that_answers,
        _office_that_attracted,
        _contact_behind_office,
        _leader_by_post,
        _lists_of_a_project,
        _dollars_beside_contract,
        _manner_of_signing,
        _class_by_its_cells,
        _board_of_places,
        _place_invested_in,
        _place_behind_investor,
        _day_of_agreement,
        _month_beside_parts,
        _funds_attracted,
        _home_money_beside_foreign,
        _outside_the_region,
        _past_years_alone,
        _planned_beside_actual,
    ):
        settle(columns)
    return columns.meanings


def _running_numbers(columns: _Columns) -> None:
    """核查序号, 库内编号, 谱号 before everything else, over 1, 2, 3 …: the printed numbers, whatever they are called."""
    if not columns.meanings or columns.has("sequence_no") or columns.meanings[0].field is not None:
        return
    if says("numbers_rows", segment(columns.meanings[0].path[-1]).core) and _run(columns.texts(0)):
        columns.name(0, "sequence_no", "首列从 1 起逐行递增，是序号 the first column counts its rows from 1")


def _run(texts: Sequence[str]) -> bool:
    """1, 2, 3 …, begun anew below headings; words between them are headings and totals."""
    numbers = [int(text) for text in texts if text.isascii() and text.isdecimal()]
    follows = all(one in (before + 1, 1) for before, one in pairwise(numbers))
    return len(numbers) >= _FEW and numbers[0] == 1 and follows and any(one == _FEW for one in numbers)


def _names_that_are_figures(columns: _Columns) -> None:
    """合同投资额（万元） > 客方 over figures is that side's share and nobody's name; another column may then tell the name."""
    for index, meaning in enumerate(columns.meanings):
        field = meaning.field
        if field not in _SIDES or not _holds_amounts(columns, index):
            continue
        why = "列里全是数，是份额而非名称，放入 extra figures only, a share and no name: kept in extra"
        columns.meanings[index] = left_open(meaning, why)
        _give_to_another(columns, index, field)


def _give_to_another(columns: _Columns, index: int, field: str) -> None:
    """Let another column that alone would be this field have it, now that `index` holds something else."""
    for other, one in enumerate(columns.meanings):
        alone = interpret_column(one.path, context=columns.context) if one.field is None and other != index else None
        if alone is not None and alone.field == field and not _holds_amounts(columns, other):
            columns.meanings[other] = alone
            break


def _plans_that_are_figures(columns: _Columns) -> None:
    """下月计划 over nothing but figures is so much money, or so many percent, and says nothing of what is to be done."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field in _TOLD_IN_WORDS and _holds_amounts(columns, index):
            why = "列里全是数，不是文字说明，放入 extra figures only and nothing told: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def _name_behind_its_class(columns: _Columns) -> None:
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
    elif _only_second_are_names(columns.texts(index), names):
        why = "项目名称下两列，只有后列像项目名 two columns below one header: only the second reads like projects"
        columns.take(index + 1, named, why)
        columns.meanings[index] = left_open(named, why)


def _only_second_are_names(first: Sequence[str], second: Sequence[str]) -> bool:
    """食品加工 | 甲预制菜项目, 新能源 | 乙储能项目: as many classes as names nearly, but only the second column names projects."""
    are_short = all(len(text) <= _LONGEST_CLASS and not is_name(text) for text in first)
    # A class may be merged over its projects.
    return are_short and 0 < len(first) <= len(second) and are_names(second)


def _is_class(text: str) -> bool:
    """工业, 续建, 城关镇, and what is too short for a name; 甲产业园 may be one."""
    is_short = len(text) < _FEW * 2 and not ends_like_project(text)
    return len(text) <= _LONGEST_CLASS and (is_short or kind_of_heading(text) not in (None, "park_name"))


def _holds_amounts(columns: _Columns, index: int) -> bool:
    """Whether all that a column says are plain figures, and it says any; most columns tell by their first cell."""
    found = False
    for text in column_texts(columns.grid, columns.table, columns.table.columns[index]):
        if not _PLAIN.fullmatch(text.replace(",", "")):
            return False
        found = True
    return found


def _investor_beside_our_side(columns: _Columns) -> None:
    """签约主体 of nothing but 清丰县人民政府 beside 合作方: two headers that can mean the investor, and the offices are ours."""
    ours = next((index for index, one in enumerate(columns.meanings) if one.field == "investor_name"), None)
    if ours is None or columns.share(ours, _is_office) < _MOST:
        return
    read = {
        index: interpret_column(one.path, context=columns.context)
        for index, one in enumerate(columns.meanings)
        if one.field is None and columns.texts(index) and not columns.share(index, _is_office)
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


def _company_that_invests(columns: _Columns) -> None:
    """企业名称 beside 项目名称: the investor of projects that came from elsewhere, where no other column names a company;
    beside 投资方 and 注册时间 the company that was registered.
    """
    found = columns.open("company") or _below_companies(columns)
    if len(found) != 1 or columns.has("project_company") or not columns.has("project_name"):
        return
    index = found[0]
    if columns.share(index, _is_company) < _MOST:
        return
    home = _home(columns)
    at_home = columns.share(index, lambda text: text.startswith(home))
    is_registered = columns.has(*_OF_NEW_COMPANY)
    if is_registered and (at_home >= _MOST or columns.has("investor_name")):
        why = "登记信息在旁，另有投资方或以本地地名开头，是项目公司 registered here: the project's company"
        columns.name(index, "project_company", why)
    elif columns.has("investor_name") or is_registered or at_home or _come_from_one_place(columns.texts(index)):
        return
    elif columns.has(*_OF_COMERS) or says("attraction_title", columns.titles):
        why = "招商项目中唯一的企业列，是投资方 the only company of projects that were attracted: the investor"
        columns.name(index, "investor_name", why)


def _below_companies(columns: _Columns) -> list[int]:
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


def _home(columns: _Columns) -> tuple[str, ...]:
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


def _done_of_investment(columns: _Columns) -> None:
    """年度计划投资 | 本年累计完成 | 本月完成（万元）: of what was planned to be invested, so much is done."""
    for index, meaning in enumerate(columns.meanings):
        core = segment(meaning.path[-1]).core if meaning.path else ""
        if meaning.field is not None or not says("done", core) or not _follows_investment(columns, index):
            continue
        leaf = meaning.path[-1].replace("完成", "完成投资", 1)
        read = interpret_column((*meaning.path[:-1], leaf), context=columns.context)
        field = read.field or ""
        if not field.startswith("investment_done_") or columns.has(field):
            continue
        # 累计完成 by itself may be the year's.
        is_timed = (
            field != "investment_done_cumulative_cny" or "开工" in meaning.header or _is_done_of_whole(columns, index)
        )
        if is_timed and read.unit is not None and _holds_figures(columns, index):
            why = f"左边是计划投资，所完成的是投资 done of the investment planned beside it: {read.field}"
            columns.take(index, read, why)


def _is_done_of_whole(columns: _Columns, index: int) -> bool:
    """总投资（万元） | 已完成（万元）: beside no plan of a year, what is done of the whole; 累计完成 may still be the year's."""
    before = columns.meanings[index - 1] if index else None
    is_whole = before is not None and before.field == "total_investment_cny"
    return is_whole and says("done_so_far", segment(columns.meanings[index].path[-1]).core)


def _follows_investment(columns: _Columns, index: int) -> bool:
    """Whether the amount left of a column is planned or done investment: other 完成, rates, parts of it (设备投资) passed over."""
    for meaning in reversed(columns.meanings[:index]):
        if (meaning.field or "").startswith(_INVESTED):
            return True
        core = segment(meaning.path[-1]).core if meaning.path else ""
        is_passed = meaning.field is None and (says("done", core) or says("part_invested", core))
        if not says("rate", meaning.header) and not is_passed:
            return False
    return False


def _holds_figures(columns: _Columns, index: int) -> bool:
    """Whether every cell is a bare figure, none of them shown as a percentage."""
    place, table = columns.table.columns[index].index, columns.table
    if any((row, place) in columns.grid.sheet.percents for row in table.body_rows):
        return False
    return columns.share(index, lambda text: _PLAIN.fullmatch(text.replace(",", ""))) == 1.0


def _month_beside_done(columns: _Columns) -> None:
    """累计完成投资 | 当月投资（万元）: beside what was done in other times the month's."""
    found = columns.open("month_invested")
    done = [one for one in columns.meanings if (one.field or "").startswith("investment_done_")]
    if len(found) != 1 or not done or columns.has("investment_done_month_cny"):
        return
    leaf = columns.meanings[found[0]].path[-1].replace("月投资", "月完成投资", 1)
    read = interpret_column((leaf,), context=columns.context)
    if read.field == "investment_done_month_cny" and read.unit is not None and _holds_figures(columns, found[0]):
        columns.take(found[0], read, "旁有已完成投资，是当月完成投资 beside what was done in other times: the month's")


def _all_done_beside_the_years(columns: _Columns) -> None:
    """累计完成 beside 本年完成 that is never less than it: since the start."""
    found = columns.open("all_done")
    year = next((at for at, one in enumerate(columns.meanings) if one.field == _YEARS), None)
    if len(found) != 1 or year is None or columns.has("investment_done_cumulative_cny"):
        return
    index = found[0]
    path = columns.meanings[index].path
    leaf = path[-1] if "投资" in path[-1] else path[-1].replace("完成", "完成投资", 1)
    read = interpret_column((*path[:-1], leaf), context=columns.context)
    if read.field == "investment_done_cumulative_cny" and columns.never_less(index, read.unit, year):
        columns.take(
            index, read, "另有当年完成且都不超过本列，是开工以来累计 never less than the year's: since the start"
        )


def _plan_before_done(columns: _Columns) -> None:
    """2024年计划 | 2024年完成投资（万元）: what the year was to see of it."""
    for index, (meaning, behind) in enumerate(zip(columns.meanings, columns.meanings[1:], strict=False)):
        if meaning.field is not None or not meaning.path or columns.has("investment_plan_year_cny"):
            continue
        if not _YEARS_PLAN.fullmatch(compact(meaning.path[-1]).split("(")[0]) or behind.field not in _DONE_IN_YEAR:
            continue
        read = interpret_column(
            (*meaning.path[:-1], meaning.path[-1].replace("计划", "计划投资", 1)), context=columns.context
        )
        if read.field == "investment_plan_year_cny" and read.unit is not None and _holds_figures(columns, index):
            columns.take(index, read, "右边是当年完成投资，本列是年度计划投资 the year's, before what was done of it")


def _plan_as_total(columns: _Columns) -> None:
    """计划投资 beside 年度计划投资, or of projects not yet under way, where no column says 总投资: the whole."""
    found = columns.open("planned_whole")
    if len(found) != 1 or columns.has("total_investment_cny"):
        return
    index = found[0]
    leaf = columns.meanings[index].path[-1].replace("计划投资", "计划总投资", 1)
    read = interpret_column((leaf,), context=columns.context)
    year = next((at for at, one in enumerate(columns.meanings) if one.field == "investment_plan_year_cny"), None)
    if year is not None:
        is_whole = columns.never_less(index, read.unit, year)
    else:
        timed = any("_ytd_" in (one.field or "") or "_month_" in (one.field or "") for one in columns.meanings)
        done = any((one.field or "").startswith("investment_done_") for one in columns.meanings)
        is_whole = not timed and not done and says("early_title", columns.titles)
    if is_whole and read.field == "total_investment_cny":
        columns.take(index, read, "表中没有总投资，年度计划另有一列或项目尚未实施 the whole, as no column says 总投资")


def _first_phase_of_total(columns: _Columns) -> None:
    """总投资 | 一期（万元）: directly right of the whole it is the first phase's investment."""
    for index, meaning in enumerate(columns.meanings):
        if index == 0 or meaning.field is not None or not meaning.path:
            continue
        core = segment(meaning.path[-1]).core
        is_beside = columns.meanings[index - 1].field == "total_investment_cny"
        if not is_beside or not says("first_phase", core) or columns.has("phase_one_investment_cny"):
            continue
        leaf = meaning.path[-1].replace("期", "期投资", 1)
        read = interpret_column((leaf,), context=columns.context)
        if read.field == "phase_one_investment_cny" and read.unit is not None:
            columns.take(index, read, "左边是总投资，是其中一期的投资 beside the whole: the first phase's investment")


def _office_that_answers(columns: _Columns) -> None:
    """主管部门, 承办单位; 联系单位 beside a leader: the office that answers, where no other column names one."""
    if columns.has("responsible_unit"):
        return
    found = columns.open("answering_office")
    if not found and columns.has("responsible_leader"):
        found = columns.open("leaders_office")
    if len(found) == 1 and columns.share(found[0], _is_office) >= _MOST:
        why = "没有别的责任单位，列里是政府部门 offices, and no other column names who answers: responsible_unit"
        columns.name(found[0], "responsible_unit", why)


def _is_office(text: str) -> bool:
    return all(says("office_cell", part) for part in _PARTS.split(text) if part)


def _office_that_attracted(columns: _Columns) -> None:
    """招商部门 beside 责任单位: the office that attracted the project, as 招商单位 is."""
    found = columns.open("attracting_office")
    if len(found) == 1 and columns.has("responsible_unit") and not columns.has("introducing_unit"):
        why = "责任单位另有一列，本列是招引单位 another column names who answers: introducing_unit"
        columns.name(found[0], "introducing_unit", why)


def _contact_behind_office(columns: _Columns) -> None:
    """责任单位 | 联系人: the office's, where no other column names the person; so is 联系人 beside 投资方联系人."""
    found = columns.open("contact")
    if len(found) != 1 or columns.has("responsible_person") or not found[0]:
        return
    if columns.meanings[found[0] - 1].field in _WHO_ANSWERS:
        columns.name(found[0], "responsible_person", "紧接责任单位的联系人 the contact of the office before it")
    elif columns.open("their_contact") and columns.meanings[found[0] - 1].field not in _OTHER_SIDE:
        columns.name(found[0], "responsible_person", "投资方另有联系人 the other side's contact has its own column")


def _leader_by_post(columns: _Columns) -> None:
    """分管副县长, 链长, 专班组长, 分管局长 over persons: the highest of them answers, where no column names a leader."""
    if columns.has("responsible_leader"):
        return
    for words in LEADING_POSTS:
        found = [index for index in columns.open(words) if columns.share(index, _are_persons) >= _MOST]
        if found:
            why = "没有别的领导列，列里是人 persons, and no other column names a leader: responsible_leader"
            columns.name(found[0], "responsible_leader", why)
            return


def _are_persons(text: str) -> bool:
    return all(map(is_person, filter(None, _PARTS.split(text))))


def _lists_of_a_project(columns: _Columns) -> None:
    """问题清单 | 措施清单 | 责任清单 side by side tell of each row; one of them alone may say where a list is filed."""
    found = [(columns.open(words), field, kind) for words, field, kind in _LISTS]
    if sum(len(indexes) == 1 for indexes, _, _ in found) + len(columns.open("list_of_others")) < _FEW:
        return
    for indexes, field, kind in found:
        if len(indexes) == 1 and not columns.has(field):
            columns.name(indexes[0], field, f"几张清单并列 several lists of a project side by side: {field}")
            columns.meanings[indexes[0]] = replace(columns.meanings[indexes[0]], value_type=kind)


def _dollars_beside_contract(columns: _Columns) -> None:
    """合同外资（万美元） | 实际外资（万美元）: what arrived of it."""
    found = columns.open("dollars_arrived")
    if len(found) != 1 or columns.has("foreign_arrived_usd"):
        return
    contract = next((one for one in columns.meanings if one.field == "foreign_contract_usd"), None)
    unit = columns.meanings[found[0]].unit
    if contract is not None and unit is not None and contract.unit is not None and unit.code == contract.unit.code:
        arrived = replace(columns.meanings[found[0]], field="foreign_arrived_usd", value_type=contract.value_type)
        columns.take(found[0], arrived, "合同外资旁的实际数 what arrived, beside the contract's: foreign_arrived_usd")


def _manner_of_signing(columns: _Columns) -> None:
    """签约形式 of 现场, 云签约 tells how they signed; what they signed another column may tell."""
    for index, meaning in enumerate(columns.meanings):
        field = meaning.field
        if field == "agreement_type" and columns.share(index, lambda text: says("manner_of_signing", text)) == 1.0:
            why = "列里是签约的方式，不是协议的种类，放入 extra how they signed and not what: kept in extra"
            columns.meanings[index] = left_open(meaning, why)
            _give_to_another(columns, index, field)


def _class_by_its_cells(columns: _Columns) -> None:
    """项目性质 of nothing but 新建 and 续建: a heading that names no more than a class, told by its cells."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or not meaning.path or not says("mere_class", segment(meaning.path[-1]).core):
            continue
        values = {head_key(text) for text in columns.texts(index)}
        fit = [field for field in _CLASSES if values <= header_values()[field]]
        if len(values) > 1 and len(fit) == 1 and not columns.has(fit[0]):
            columns.name(index, fit[0], f"列里全是这一类的说法 holds nothing but its values: {fit[0]}")


def _board_of_places(columns: _Columns) -> None:
    """所属板块 of 柳林镇, 城北工业园 tells where, as offices of some provinces call their towns and zones; of 装备制造 which industry."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field != "industry" or not says("board", segment(meaning.path[-1]).core):
            continue
        if columns.share(index, lambda text: says("place_cell", text)) >= _MOST:
            why = "列里是乡镇、园区，不是产业，放入 extra towns and zones and no industries: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def _place_invested_in(columns: _Columns) -> None:
    """投资地区 of 高新区, 柳林镇 is where they invest, and not where the investor comes from."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field != "investor_origin" or says("whose_place", meaning.header):
            continue
        if columns.share(index, lambda text: says("place_cell", text)) >= _MOST:
            why = "列里是乡镇、园区，不是投资方来源地，放入 extra towns and zones: where they invest, kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def _place_behind_investor(columns: _Columns) -> None:
    """投资商 | 所在省市, 投资企业 | 注册地: right behind the investor, with names of provinces or countries in it."""
    if columns.has("investor_origin"):
        return
    for index in columns.open("place"):
        if index and columns.meanings[index - 1].field == "investor_name":
            if columns.share(index, _is_elsewhere) >= _MOST:
                columns.name(
                    index, "investor_origin", "紧接投资方，列里是省市 places, right behind the investor: its origin"
                )
            return


def _is_elsewhere(text: str) -> bool:
    provinces = tuple(region.short_name for region in _provinces())
    return text.startswith(provinces) or says("abroad_cell", text) or says("elsewhere_cell", text)


@cache
def _provinces() -> tuple[Region, ...]:
    return tuple(region for region in read_regions() if region.level == "province")


def _day_of_agreement(columns: _Columns) -> None:
    """协议时间 of days, where no other column is the signing's: the day on which it was signed; a term would be 三年."""
    found = columns.open("agreement_day")
    if len(found) != 1 or columns.has("signed_on") or columns.share(found[0], _DAY.match) < 1.0:
        return
    columns.take(
        found[0],
        interpret_column(("签订协议时间",), context=columns.context),
        "列里都是日期，是签约时间 days only: signed_on",
    )


def _month_beside_parts(columns: _Columns) -> None:
    """完成投资 > 本旬, 本月累计: beside a part of the month the month so far."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or len(meaning.path) < _GROUPED or not says("month_so_far", meaning.path[-1]):
            continue
        beside = [one.path[-1] for one in columns.meanings if one.path[:-1] == meaning.path[:-1]]
        read = interpret_column((*meaning.path[:-1], "本月"), context=columns.context)
        if (
            "_month_" in (read.field or "")
            and not columns.has(read.field or "")
            and any(says("part_of_month", part) for part in beside)
        ):
            columns.take(index, read, "旁有本旬或本周，本月累计是当月数 beside a part of the month: the month's")


def _funds_attracted(columns: _Columns) -> None:
    """累计引进资金 | 本年引进资金 beside what was agreed: funds that arrived, in two times at least."""
    if not columns.has("contract_amount_cny", "total_investment_cny"):
        return
    read: dict[int, ColumnMeaning] = {}
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is None and meaning.path and says("attracted_funds", meaning.path[-1]):
            leaf = meaning.path[-1].replace("引进资金", "到位资金")
            below = interpret_column((*meaning.path[:-1], leaf), context=columns.context)
            timed = (below.field or "").startswith("funds_arrived_") and below.scope is not None
            if timed and not columns.has(below.field or ""):
                read[index] = below
    if len({meaning.field for meaning in read.values()}) > 1:
        for index, meaning in read.items():
            why = f"合同额另有一列，分时段引进的是到位资金 what was agreed stands beside it: {meaning.field}"
            columns.take(index, meaning, why)


def _home_money_beside_foreign(columns: _Columns) -> None:
    """本月到位（万元） > 内资 | 外资: in one currency the first is a part as the second is, and not the sum. Dollars are told apart."""
    for index, meaning in enumerate(columns.meanings):
        field = meaning.field or ""
        if not field.startswith("funds_arrived_") or not says("home_money", segment(meaning.path[-1]).core):
            continue
        part = field.removesuffix("_cny") + "_foreign_cny"
        if any(one.field == part for one in columns.meanings):
            why = "旁有外资，内资只是其中一部分，放入 extra beside foreign money a part and not the sum: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def _outside_the_region(columns: _Columns) -> None:
    """区外境内到位资金 of an autonomous region's county, 市外资金 of a district of a municipality: from other provinces."""
    code = columns.context.county_code or ""
    own = next((one for one in _provinces() if code[:2] == one.code[:2]), None)
    autonomous = [one for one in _provinces() if one.name.endswith("自治区")]
    if any(one is own or one.short_name in columns.titles for one in autonomous):
        _read_as_other_province(columns, _OUTSIDE_REGION, "自治区的区外即省外 outside the autonomous region")
    # Titles name cities from which projects come (承接北京产业转移项目).
    if own is not None and own.name.endswith("市"):
        _read_as_other_province(columns, _OUTSIDE_CITY, "直辖市的市外即省外 outside the municipality")


def _read_as_other_province(columns: _Columns, outside: re.Pattern[str], why: str) -> None:
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is None and any(outside.search(part) for part in meaning.path):
            path = tuple(outside.sub("省外", part) for part in meaning.path)
            read = interpret_column(path, context=columns.context)
            if read.field is not None and not columns.has(read.field):
                columns.take(index, read, f"{why}: {read.field}")


def _past_years_alone(columns: _Columns) -> None:
    """历年到位 | 本年到位 of which the first is less somewhere: it does not hold the year, and so is no cumulative."""
    for scope in ("funds_arrived_{}_cny", "investment_done_{}_cny"):
        fields = [one.field for one in columns.meanings]
        whole, year = scope.format("cumulative"), scope.format("ytd")
        if whole not in fields or year not in fields:
            continue
        index, its_year = fields.index(whole), fields.index(year)
        meaning = columns.meanings[index]
        if tells_past_years(meaning.header) and not columns.never_less(index, meaning.unit, its_year):
            why = "有的行小于当年数，不含当年，放入 extra less than the year's somewhere, so without it: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def _planned_beside_actual(columns: _Columns) -> None:
    """计划 > 投资额 beside 实际 > 投资额: of which time the two tell is not said, so the first need not be the whole."""
    actual = {one.path[-1] for one in columns.meanings if len(one.path) == _GROUPED and head_key(one.path[0]) == "实际"}
    for index, meaning in enumerate(columns.meanings):
        is_planned = len(meaning.path) == _GROUPED and head_key(meaning.path[0]) == "计划"
        if (
            is_planned
            and meaning.field == "total_investment_cny"
            and meaning.path[-1] in actual
            and "总" not in meaning.path[-1]
        ):
            why = "计划与实际并列，没有说明是哪一段时间的投资，放入 extra planned and actual of a time not told: kept in extra"
            columns.meanings[index] = left_open(meaning, why)
