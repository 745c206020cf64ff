"""Columns of investment whose header says a time or a plan only, and which the columns of investment beside them settle.

Each is read only where the other columns and the cells leave one reading, and says so in `why`.
"""

from __future__ import annotations

import re

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.columns_of_table import PLAIN_FIGURE, ColumnsOfTable
from ingest.columns.neighbour_words import says
from ingest.headers.header_column import interpret_column
from ingest.headers.header_grammar import features
from ingest.headers.header_text import segment
from ingest.values.printed import compact

_GROUPED = 2
_MONTH = frozenset({"this_month"})
_TIMES = (_MONTH, *(frozenset({year, *more}) for year in ("this_year", "ytd") for more in ((), ("accumulated",))))
_SO_FAR = "investment_done_cumulative_cny"
_TOTAL = "total_investment_cny"
_YEARS_PLAN = re.compile(r"(?:本年度?|当年|今年|全年|年度)(?:计划|安排)(?:数|额)?")
_PERCENT = re.compile(r"\d{1,3}(?:\.\d+)?%")


def times_below_investment(columns: ColumnsOfTable) -> None:
    """投资 > 累计 | 本年 | 本月: beside what was done until now, and never more than it, what was done in those times. 本年 without
    本月 may be the year's plan.
    """
    for whole, until_now in enumerate(columns.meanings):
        if until_now.field != _SO_FAR or len(until_now.path) < _GROUPED:
            continue
        beside = [at for at, one in enumerate(columns.meanings) if one.path[:-1] == until_now.path[:-1]]
        timed = [
            at for at in beside if columns.meanings[at].field is None and _time_alone(columns.meanings[at]) in _TIMES
        ]
        if not any(_time_alone(columns.meanings[at]) == _MONTH for at in timed):
            continue
        for at in timed:
            path = columns.meanings[at].path
            read = interpret_column((*path[:-1], path[-1] + "完成"), context=columns.context)
            is_done = (read.field or "").startswith("investment_done_") and not columns.has(read.field or "")
            if is_done and _holds_figures(columns, at) and columns.never_less(whole, until_now.unit, at, read.unit):
                why = f"同组另有累计且都不超过它 never more than what was done until now, beside it: {read.field}"
                columns.take(at, read, why)


def _time_alone(meaning: ColumnMeaning) -> frozenset[str] | None:
    """What a leaf of no more than a time says."""
    told = segment(meaning.path[-1])
    return features(told.core) if told.core and told.period is None and not told.bracketed else None


def plan_beside_total(columns: ColumnsOfTable) -> None:
    """总投资 | 年度计划 of figures, never more than the whole, where no column tells funds: what the year is to see of it."""
    funds = any("funds_arrived" in (one.field or "") or says("part_of_funds", one.header) for one in columns.meanings)
    if funds or says("other_money_title", columns.titles) or columns.has("investment_plan_year_cny"):
        return
    for index, meaning in enumerate(columns.meanings[1:], start=1):
        total = columns.meanings[index - 1]
        if meaning.field is not None or len(meaning.path) != 1 or total.field != _TOTAL:
            continue
        bare = compact(meaning.path[-1]).split("(")[0]
        if not _YEARS_PLAN.fullmatch(bare) or not _holds_figures(columns, index):
            continue
        leaf = meaning.path[-1].replace("安排", "计划", 1).replace("计划", "计划投资", 1)
        read = interpret_column((leaf,), context=columns.context)
        if read.field == "investment_plan_year_cny" and columns.never_less(index - 1, total.unit, index, read.unit):
            columns.take(
                index,
                read,
                "左边是总投资且都不超过它，是年度计划投资 right of the whole and never more: the year's plan",
            )


def share_done_alone(columns: ColumnsOfTable) -> None:
    """形象进度 | 完成比例 of a table without amounts, plans or targets: of what else than of the works."""
    found = columns.open("share_done")
    others = [one for index, one in enumerate(columns.meanings) if index not in found]
    is_of_works = columns.has("progress_note", "stage") and not any(says("sets_targets", one.header) for one in others)
    if len(found) != 1 or not is_of_works or columns.has("progress_rate"):
        return
    read = interpret_column(("形象进度比例",), context=columns.context)
    if read.field == "progress_rate" and columns.mostly(found[0], _PERCENT.fullmatch, 1.0):
        columns.take(found[0], read, "表里没有金额和目标，是工程的完成比例 no amount it could be of: the works' rate")


def _holds_figures(columns: ColumnsOfTable, index: int) -> bool:
    return columns.mostly(index, lambda text: PLAIN_FIGURE.fullmatch(text.replace(",", "")), 1.0)
