"""Further facts of projects that only their table settles: printed numbers, classes, places, lists, the day of signing.

Each is read only where the other columns and the cells leave one reading, and says so in `why`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.columns.columns_of_table import PLAIN_FIGURE, ColumnsOfTable, give_to_another, holds_amounts
from ingest.columns.names_by_cells import are_different_words
from ingest.columns.neighbour_words import says
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import head_key, segment
from ingest.headers.interpretation import left_open
from ingest.wording_registry import header_values

_MOST = 0.8
_FEW = 2
_TOLD_IN_WORDS = frozenset({"measure", "problem"})
_LISTS = (
    ("list_of_problems", "problem", "text"),
    ("list_of_measures", "measure", "text"),
    ("list_of_limits", "due_on", "date"),
)
_CLASSES = ("construction_nature", "investment_form", "agreement_type", "capital_origin")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_DAY = re.compile(r"(?:19|20)?\d{2}[年./-]\d{1,2}")


def running_numbers(columns: ColumnsOfTable) -> None:
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


def plans_that_are_figures(columns: ColumnsOfTable) -> None:
    """下月计划 over nothing but figures is so much money, or so many percent, and says nothing of what is to be done."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field in _TOLD_IN_WORDS and holds_amounts(columns, index):
            why = "列里全是数，不是文字说明，放入 extra figures only and nothing told: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def lists_of_a_project(columns: ColumnsOfTable) -> None:
    """问题清单 | 措施清单 | 责任清单 side by side tell of each row; one of them alone may say where a list is filed."""
    found = [(columns.open(words), field, kind) for words, field, kind in _LISTS]
    if sum(len(indexes) == 1 for indexes, _, _ in found) + len(columns.open("list_of_others")) < _FEW:
        return
    for indexes, field, kind in found:
        if len(indexes) == 1 and not columns.has(field):
            columns.name(indexes[0], field, f"几张清单并列 several lists of a project side by side: {field}")
            columns.meanings[indexes[0]] = replace(columns.meanings[indexes[0]], value_type=kind)


def limit_behind_measure(columns: ColumnsOfTable) -> None:
    """破解措施 | 完成时间 of days: right behind what is to be done, the day until which."""
    found = columns.open("bare_end_time")
    if len(found) != 1 or columns.has("due_on") or not found[0]:
        return
    if columns.meanings[found[0] - 1].field == "measure" and columns.mostly(found[0], _DAY.match, _MOST):
        read = interpret_column(("完成时限",), context=columns.context)
        columns.take(found[0], read, "紧接措施，是完成的时限 right behind the measure: the limit of it")


def manner_of_signing(columns: ColumnsOfTable) -> None:
    """签约形式 of 现场, 云签约 tells how they signed; what they signed another column may tell."""
    for index, meaning in enumerate(columns.meanings):
        field = meaning.field
        if field == "agreement_type" and columns.mostly(index, lambda text: says("manner_of_signing", text), 1.0):
            why = "列里是签约的方式，不是协议的种类，放入 extra how they signed and not what: kept in extra"
            columns.meanings[index] = left_open(meaning, why)
            give_to_another(columns, index, field)


def class_by_its_cells(columns: ColumnsOfTable) -> None:
    """项目性质 of nothing but 新建 and 续建: a heading that names no more than a class, told by its cells."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or not meaning.path or not says("mere_class", segment(meaning.path[-1]).core):
            continue
        values = {head_key(text) for text in columns.texts(index)}
        fit = [field for field in _CLASSES if values <= header_values()[field]]
        if len(values) > 1 and len(fit) == 1 and not columns.has(fit[0]):
            columns.name(index, fit[0], f"列里全是这一类的说法 holds nothing but its values: {fit[0]}")


def origin_told_by_class(columns: ColumnsOfTable) -> None:
    """资金来源地 of nothing but 省外, 省内 and 外资 tells which kind of capital it is, and no place."""
    if columns.has("capital_origin"):
        return
    found = [index for index, meaning in enumerate(columns.meanings) if meaning.field == "investor_origin"]
    if len(found) != 1:
        return
    values = {head_key(text) for text in columns.texts(found[0])}
    if values and values <= header_values()["capital_origin"]:
        columns.name(
            found[0], "capital_origin", "列里只分省外、省内、外资等，没有地名 kinds and no places: capital_origin"
        )


def board_of_places(columns: ColumnsOfTable) -> None:
    """所属板块 of 柳林镇, 城北工业园 tells where, as offices of some provinces call their towns and zones; of 装备制造 which industry."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field != "industry" or not says("board", segment(meaning.path[-1]).core):
            continue
        if columns.mostly(index, lambda text: says("place_cell", text), _MOST):
            why = "列里是乡镇、园区，不是产业，放入 extra towns and zones and no industries: kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def place_invested_in(columns: ColumnsOfTable) -> None:
    """投资地区 of 高新区, 柳林镇 is where they invest, and not where the investor comes from."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field != "investor_origin" or says("whose_place", meaning.header):
            continue
        if columns.mostly(index, lambda text: says("place_cell", text), _MOST):
            why = "列里是乡镇、园区，不是投资方来源地，放入 extra towns and zones: where they invest, kept in extra"
            columns.meanings[index] = left_open(meaning, why)


def year_of_signing(columns: ColumnsOfTable) -> None:
    """签约年份 over years, where no other column is the signing's: known to the year."""
    found = columns.open("year_of_signing")
    if len(found) != 1 or columns.has("signed_on") or not columns.mostly(found[0], _YEAR.fullmatch, 1.0):
        return
    read = interpret_column(("签约时间",), context=columns.context)
    columns.take(found[0], read, "列里都是年份，是签约的年份 years only: signed_on, known to the year")


def intent_as_content(columns: ColumnsOfTable) -> None:
    """客商 | 投资意向 over things to be made; 意向强烈 says how it stands."""
    found = columns.open("intent")
    if (
        len(found) != 1
        or columns.has("project_content")
        or columns.share(found[0], lambda text: says("to_be_known", text))
    ):
        return
    texts = columns.texts(found[0])
    if are_different_words(texts):
        columns.name(
            found[0], "project_content", "列里各行是不同的投资内容 what each means to invest in: project_content"
        )


def scale_as_content(columns: ColumnsOfTable) -> None:
    """规模 over 年产2万吨, 厂房3栋: what is built; over 大型 or 亿元以上 a class of its size."""
    found = columns.open("scale")
    if len(found) != 1 or columns.has("project_content"):
        return
    if columns.mostly(found[0], lambda text: not PLAIN_FIGURE.fullmatch(text) and says("scale_cell", text), 1.0):
        columns.name(found[0], "project_content", "列里是产量、面积，是建设规模 what is built: project_content")


def day_of_agreement(columns: ColumnsOfTable) -> None:
    """协议时间 of days, where no other column is the signing's: the day on which it was signed; a term would be 三年."""
    found = columns.open("agreement_day")
    if len(found) != 1 or columns.has("signed_on") or not columns.mostly(found[0], _DAY.match, 1.0):
        return
    columns.take(
        found[0],
        interpret_column(("签订协议时间",), context=columns.context),
        "列里都是日期，是签约时间 days only: signed_on",
    )
