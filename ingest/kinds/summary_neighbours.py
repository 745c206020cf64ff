"""Figures of a summary whose headers name a measure only (完成率, 同比, 年度目标): what they are of, their neighbours say.

A comparison (同比, 占比, 完成率, 差额) is of the figure left of it in its group. A target or a figure done is of the one
indicator that the other columns name. Where no column names any, the figures stay without an indicator.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.headers.header_column import bare_figure
from ingest.headers.header_text import segment
from ingest.kinds.summary_grammar import said_by, said_in

# Of the figure left of them.
_COMPARISONS = frozenset({"growth", "change", "gap", "share", "time_share", "previous", "rate"})
_AMOUNTS = frozenset({"target", "done", "previous", "gap", "change"})
_WORKED = frozenset({"target", "done"})
_ENOUGH = 2
_BARE_RANKS = frozenset({"排名", "名次", "位次", "排位", "排序"})
_MONTHS = 2
_OF_PARTS = frozenset({"subset", "threshold", "project", "key", "major", "number", "count", "amount", "invest"})
_PART = "是左列所列数的其中项 a part of the figure left of it"
_FULL_MARKS = (
    "另有得分列，本列是满分，放入 extra another column is the score, this one the points that can be had: kept in extra"
)
_NO_INDICATOR = "没有列点明是什么的数，只记作任务或完成 no column names what is counted: a measure without an indicator"


def attach_comparisons(meanings: Sequence[ColumnMeaning], context: HeaderContext) -> list[ColumnMeaning]:
    """签约项目（个） | 同比（%） | 到位资金（万元） | 同比（%）: each is of the figure left of it."""
    found = list(meanings)
    for index, meaning in enumerate(found):
        if index and (part := _part(meaning, found[index - 1])) is not None:
            found[index] = part
            continue
        bare = _bare(meaning, context)
        if bare is None or not index:
            continue
        left = found[index - 1]
        if (bare.measure or "") not in _COMPARISONS and not _is_done_of(left, bare, found):
            continue
        if left.field == "value" and left.indicator is not None and _is_figure(left) and _beside(left, bare):
            found[index] = _of(bare, left, scope=bare.scope or _compared_scope(left))
    found = _targets_before_figures(found, context)
    return _ranks_of_figures(_without_full_marks([_share_of_target(one, found) for one in found]))


def _targets_before_figures(meanings: list[ColumnMeaning], context: HeaderContext) -> list[ColumnMeaning]:
    """任务数（万元） | 到位资金（万元） | 完成率 | 新引进项目（个）: a target of no indicator is of the figure right of it, where a rate of
    that figure follows, both state the same unit, and no other column is its target.
    """
    for index, (bare_one, done) in enumerate(pairwise(meanings)):
        bare = _bare(bare_one, context)
        rate = meanings[index + 2] if index + 2 < len(meanings) else None
        if bare is None or bare.measure != "target" or done.measure != "done" or done.indicator is None:
            continue
        follows = rate is not None and rate.measure == "rate" and rate.indicator == done.indicator
        is_measured_alike = (
            bare.unit is not None
            and done.unit is not None
            and (bare.unit_basis, bare.unit.code, bare.unit.multiplier)
            == ("leaf", done.unit.code, done.unit.multiplier)
        )
        is_told = any(one.measure == "target" and one.indicator == done.indicator for one in meanings)
        if follows and is_measured_alike and not is_told and bare.path[:-1] == done.path[:-1]:
            meanings[index] = _of(bare, done, scope=bare.scope)
    return meanings


def _is_done_of(target: ColumnMeaning, bare: ColumnMeaning, meanings: Sequence[ColumnMeaning]) -> bool:
    """引进项目目标（个） | 完成（个）: right behind a target what is done of it, where no column names that; both state the unit."""
    if target.measure != "target" or bare.measure != "done" or target.unit is None or bare.unit is None:
        return False
    done = any(
        one.measure == "done" and (one.indicator, one.funds_origin) == (target.indicator, target.funds_origin)
        for one in meanings
    )
    return not done and bare.unit_basis == "leaf" and bare.unit.code == target.unit.code


def _without_full_marks(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """分值 | 得分: beside what was reached, the points that can be had are no score."""
    can_be_had = [
        at
        for at, one in enumerate(meanings)
        if one.measure == "score" and one.path and says("full_marks", segment(one.path[-1]).core)
    ]
    reached = [one for at, one in enumerate(meanings) if one.measure == "score" and at not in can_be_had]
    if not reached:
        return meanings
    return [
        replace(one, field=None, indicator=None, measure=None, value_type="text", match_method="none", why=_FULL_MARKS)
        if at in can_be_had and any(other.path[:-1] == one.path[:-1] for other in reached)
        else one
        for at, one in enumerate(meanings)
    ]


def _ranks_of_figures(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """履约率 | 排名 | 开工率 | 排名: of several bare ranks each is of the figure left of it, and none of the assessment."""
    ranks = [
        at
        for at, one in enumerate(meanings)
        if one.measure == "rank" and one.indicator == "assessment" and segment(one.path[-1]).core in _BARE_RANKS
    ]
    of_figures = [at for at in ranks if at and _is_ranked(meanings[at - 1], meanings[at])]
    if len(of_figures) < _ENOUGH:
        return meanings
    return [
        replace(one, indicator=left.indicator, funds_origin=left.funds_origin, why=left.why)
        if at in of_figures
        else one
        for at, (left, one) in enumerate(zip([meanings[0], *meanings], meanings, strict=False))
    ]


def _is_ranked(left: ColumnMeaning, rank: ColumnMeaning) -> bool:
    is_figure = left.field == "value" and left.indicator is not None and _is_figure(left)
    return is_figure and left.path[:-1] == rank.path[:-1]


def _share_of_target(meaning: ColumnMeaning, meanings: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """签约项目 > 任务数, 完成数, 占比: beside target and figure done of one group a bare 占比 is the share that is done."""
    if meaning.measure != "share" or segment(meaning.path[-1]).core not in ("占比", "占比率"):
        return meaning
    beside = {
        one.measure for one in meanings if one.path[:-1] == meaning.path[:-1] and one.indicator == meaning.indicator
    }
    return replace(meaning, measure="rate") if {"target", "done"} <= beside else meaning


def _part(meaning: ColumnMeaning, left: ColumnMeaning) -> ColumnMeaning | None:
    """签约项目（个） | 其中：10亿元以上: a part of the figure left of it, in its unit; it is no second figure of the whole."""
    leaf = segment(meaning.path[-1])
    if meaning.field is not None or left.field != "value" or not leaf.core.startswith("其中") or leaf.bracketed:
        return None
    said = said_in(leaf.timeless.removeprefix("其中"))
    if said.unexplained or not said.features or not said.features <= _OF_PARTS or left.path[:-1] != meaning.path[:-1]:
        return None
    if leaf.units and (left.unit is None or leaf.units[0].code != left.unit.code):
        return None
    unit = (leaf.units[0], "leaf") if leaf.units else (left.unit, left.unit_basis)
    return replace(left, path=meaning.path, indicator=None, unit=unit[0], unit_basis=unit[1], why=_PART)


def attach_measures(meanings: Sequence[ColumnMeaning], context: HeaderContext) -> list[ColumnMeaning]:
    """目标任务（个） | 已签约（个） | 完成率: the one indicator that any column names; 1月, 2月, … 合计: the year's figure."""
    found = _sums_of_months(list(meanings), context)
    named = [one for one in found if one.field == "value" and one.indicator is not None and _is_figure(one)]
    bare = {index: figure for index, one in enumerate(found) if (figure := _bare(one, context)) is not None}
    kinds = {(one.indicator, one.funds_origin) for one in named}
    if len(kinds) == 1:
        for index, figure in bare.items():
            of_others = figure.value_type == "rate" and _is_of_others(index, named[0], bare, found)
            if _beside(named[0], figure) and not of_others:
                found[index] = _of(figure, named[0], scope=figure.scope)
        return attach_comparisons(found, context)
    worked = [one for one in bare.values() if one.measure in _WORKED]
    if not kinds and len(worked) >= _ENOUGH:
        for index, figure in bare.items():
            found[index] = replace(figure, why=_NO_INDICATOR)
    return found


def _is_of_others(
    index: int, named: ColumnMeaning, bare: Mapping[int, ColumnMeaning], meanings: Sequence[ColumnMeaning]
) -> bool:
    """目标（亿元） | 完成（亿元） | 完成率 | 引进企业: the nearest figure left of a rate, or of all beside it the only one, is of
    money that nothing names, and so is the rate.
    """
    figures = {at for at, one in bare.items() if one.value_type != "rate" and one.path[:-1] == named.path[:-1]}
    before = [at for at in range(index) if at in figures or meanings[at].field == "value"]
    if before:
        return before[-1] in figures and not _beside(named, bare[before[-1]])
    return bool(figures) and not any(_beside(named, bare[at]) for at in figures)


def _is_figure(meaning: ColumnMeaning) -> bool:
    return meaning.measure not in ("score", "rank", "deduction", "bonus") and meaning.indicator != "assessment"


def _bare(meaning: ColumnMeaning, context: HeaderContext) -> ColumnMeaning | None:
    if meaning.field is not None:
        return None
    return bare_figure(meaning.path, context=replace(context, kind="summary"))


def _beside(left: ColumnMeaning, bare: ColumnMeaning) -> bool:
    """Whether both stand in one group, and counts with counts, money with money."""
    if left.path[:-1] != bare.path[:-1]:
        return False
    if bare.value_type == "rate" or left.value_type == "rate":
        return bare.measure not in _WORKED or left.value_type != "rate"
    return bare.unit_basis is None or bare.unit_basis == "title" or left.value_type == bare.value_type


def _compared_scope(left: ColumnMeaning) -> str | None:
    return None if left.measure == "target" else left.scope


def _of(bare: ColumnMeaning, whole: ColumnMeaning, *, scope: str | None) -> ColumnMeaning:
    """The bare figure as one of the same indicator; in its unit, where its own header states none."""
    period = bare.period or whole.period
    figure = replace(
        bare, indicator=whole.indicator, funds_origin=whole.funds_origin, scope=scope, period=period, why=whole.why
    )
    states_unit = bare.unit_basis in ("leaf", "group")
    if bare.measure not in _AMOUNTS or bare.value_type == "rate" or states_unit or whole.value_type == "rate":
        return figure
    return replace(
        figure,
        value_type=whole.value_type,
        unit=whole.unit,
        unit_basis=whole.unit_basis,
        other_units=whole.other_units,
    )


def _sums_of_months(meanings: list[ColumnMeaning], context: HeaderContext) -> list[ColumnMeaning]:
    """1月, 2月, … 合计 of one indicator: the sum is the year's."""
    for index, meaning in enumerate(meanings):
        bare = bare_figure(meaning.path, context=replace(context, kind="summary"))
        if bare is None or bare.measure != "done" or "sum" not in said_by(segment(meaning.path[-1])).features:
            continue
        if meaning.scope is not None:
            continue
        months = [
            one
            for one in meanings
            if one.field == "value" and one.path[:-1] == meaning.path[:-1] and one.measure == "done" and _is_month(one)
        ]
        first = any(one.period is not None and one.period.month_from == 1 for one in months)
        if len(months) >= _MONTHS and first and len({one.indicator for one in months}) == 1:
            meanings[index] = _of(bare, months[0], scope="ytd")
    return meanings


def _is_month(meaning: ColumnMeaning) -> bool:
    return meaning.period is not None and meaning.period.is_single_month
