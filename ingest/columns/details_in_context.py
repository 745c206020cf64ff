"""Columns whose own words leave one thing open that the rest of the table tells: whose codes, which currency, which figure.

Each is read only where the other columns and the cells leave one reading, and says so in `why`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.columns_of_table import ColumnsOfTable, holds_amounts
from ingest.columns.neighbour_words import neighbour_words, says
from ingest.headers.header_column import interpret_column
from ingest.headers.header_grammar import features
from ingest.headers.header_text import segment
from ingest.headers.interpretation import left_open
from ingest.values.printed import compact
from ingest.values.stages import parse_stage
from ingest.values.units import unit_in_text

_LISTED = re.compile("[/／、|]|或")
_MOST = 0.8
_GROUPED = 2
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_NATIONAL_CODE = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")
_SPAN = re.compile(r"(?:19|20)\d{2}\D{0,2}.*?[-—–~～至到]+.*\d{1,4}\D{0,2}")
_FOREIGN = frozenset({"foreign", "abroad"})
_FOREIGN_PART = _FOREIGN | {"share", "fund", "amount", "filler"}
_DOLLARS = frozenset({"foreign_contract_usd", "foreign_arrived_usd"})


def filing_number_as_code(columns: ColumnsOfTable) -> None:
    """备案号 over national codes (2604-410922-04-01-123456), where no other column is the project's code."""
    found = columns.open("filing_number")
    if (
        len(found) == 1
        and not columns.has("project_code")
        and columns.mostly(found[0], _NATIONAL_CODE.fullmatch, _MOST)
    ):
        columns.name(found[0], "project_code", "列里是国家统一的项目代码 national codes of projects: project_code")


def year_of_landing(columns: ColumnsOfTable) -> None:
    """落地年份 over years, where no other column is the landing's: known to the year."""
    found = columns.open("year_of_landing")
    if len(found) == 1 and not columns.has("landed_on") and columns.mostly(found[0], _YEAR.fullmatch, 1.0):
        read = interpret_column(("落地时间",), context=columns.context)
        columns.take(found[0], read, "列里都是年份，是落地的年份 years only: landed_on, known to the year")


def town_or_park(columns: ColumnsOfTable) -> None:
    """落户乡镇（园区） of 柳林镇 is the town, of 高新区 the park, and of both by turns the place."""
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or len(meaning.path) != 1:
            continue
        if not says("town_or_park", segment(meaning.path[-1]).key):
            continue
        if not columns.mostly(index, lambda text: says("place_cell", text), _MOST):
            continue
        towns = columns.share(index, lambda text: says("town_cell", text))
        field = {1.0: "town_name", 0.0: "park_name"}.get(towns, "location")
        if not columns.has(field):
            columns.name(index, field, f"列里是乡镇或园区的名称 names of towns or parks: {field}")


def stage_of_listed_words(columns: ColumnsOfTable) -> None:
    """在谈/签约 over 在谈 and 签约: a header that lists the stages which its cells tell."""
    if columns.has("stage"):
        return
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or len(meaning.path) != 1:
            continue
        listed = [compact(part) for part in _LISTED.split(meaning.path[-1]) if part]
        stages = {parse_stage(part).stage for part in listed}
        if len(listed) > 1 and len(stages) == len(listed) and None not in stages:
            if columns.mostly(index, frozenset(listed).__contains__, 1.0):
                read = interpret_column(("项目阶段",), context=columns.context)
                columns.take(
                    index, read, "表头列出的就是各阶段，格里填其一 the header lists the stages that its cells tell"
                )
            return


def span_of_works(columns: ColumnsOfTable) -> None:
    """开竣工时间 of 2025.3-2026.6 is from when until when works are meant to last, as 建设起止时间 is; one day in it may be either."""
    found = columns.open("start_and_completion")
    if len(found) != 1 or not columns.mostly(found[0], _SPAN.fullmatch, 1.0):
        return
    read = interpret_column(("建设起止时间",), context=columns.context)
    if not columns.has(read.field or "", read.end_field or ""):
        columns.take(found[0], read, "列里都是起止时间 a span in every cell, as 建设起止时间 holds")


def funds_as_recognised(columns: ColumnsOfTable) -> None:
    """当年认定到位资金 where no column tells what arrived by other eyes: the only figure of its time. 认定到位资金 may be of any."""
    if any(says("as_claimed", one.header) for one in columns.meanings):
        return
    recognised = neighbour_words("recognised")
    for index, meaning in enumerate(columns.meanings):
        if meaning.field is not None or not meaning.path or not recognised.search(meaning.path[-1]):
            continue
        if not says("says_time", meaning.header):
            continue
        plain = recognised.sub("", meaning.path[-1])
        read = interpret_column((*meaning.path[:-1], plain), context=columns.context)
        if (read.field or "").startswith("funds_arrived_") and not columns.has(read.field or ""):
            columns.take(index, read, f"到位资金只有认定数一列 the only figure of it is the recognised: {read.field}")


def foreign_part_of_contract(columns: ColumnsOfTable) -> None:
    """合同投资额 > 内资 | 外资（万美元）: what is agreed in dollars from abroad is the contract's foreign money."""
    if columns.has("foreign_contract_usd"):
        return
    found = [index for index, one in enumerate(columns.meanings) if one.field is None and _is_foreign_part(one)]
    if len(found) != 1:
        return
    group = columns.meanings[found[0]].path[:-1]
    whole = interpret_column(group, context=columns.context)
    if whole.field == "contract_amount_cny" or (whole.field == "total_investment_cny" and says("agreed", whole.header)):
        unit = segment(columns.meanings[found[0]].path[-1]).units[0]
        read = replace(
            columns.meanings[found[0]],
            field="foreign_contract_usd",
            value_type="amount_usd",
            unit=unit,
            unit_basis="leaf",
        )
        columns.take(found[0], read, "合同额中以美元计的外资 the contract's foreign money, in dollars")


def _is_foreign_part(meaning: ColumnMeaning) -> bool:
    if len(meaning.path) < _GROUPED:
        return False
    leaf = segment(meaning.path[-1])
    said = features(leaf.core) or frozenset()
    in_dollars = len(leaf.units) == 1 and leaf.units[0].code == "USD"
    return in_dollars and leaf.period is None and bool(said & _FOREIGN) and said <= _FOREIGN_PART


def dollars_in_a_sheet_of_yuan(columns: ColumnsOfTable) -> None:
    """合同外资 below 单位：万元: in yuan, or in dollars as elsewhere? No figure of it is taken, and no row is lost for it."""
    stated = [unit for unit in unit_in_text(columns.context.unit_line) if unit.is_money]
    if not stated or any(unit.code != "CNY" or not unit.is_currency_stated for unit in stated):
        return
    for index, meaning in enumerate(columns.meanings):
        if (
            meaning.field in _DOLLARS
            and meaning.unit is None
            and not meaning.other_units
            and holds_amounts(columns, index)
        ):
            why = "表上只写明人民币单位，是不是美元不明，放入 extra the sheet states yuan only, dollars or not is unknown: extra"
            columns.meanings[index] = left_open(meaning, why)
