"""A table read as figures of regions or classes, with what its title alone says of them: the indicator, and that they are targets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.neighbour_words import says
from ingest.headers.header_column import bare_figure, interpret_column
from ingest.headers.header_grammar import features_within
from ingest.headers.header_text import segment
from ingest.headers.interpretation import interpret_columns
from ingest.kinds.summary_grammar import said_in
from ingest.kinds.summary_headers import counts
from ingest.kinds.summary_neighbours import attach_comparisons, attach_measures
from ingest.kinds.summary_times import in_titled_months, years_and_quarters_apart
from ingest.wording_registry import summary_indicators

ALL_FIGURES = 0.8
LABELS = frozenset({"region_name", "category"})
_LONGEST_TITLE = 40
# 项目个数 and 总投资 alone may stand in a list of projects.
_OF_LISTS = frozenset({"projects", "total_investment"})
_SETS_TARGETS = re.compile(
    "(?:目标|任务|计划|指标)(?:任务|目标|责任|指标)?(?:分解|下达|分配|安排)|(?:目标|任务)(?:任务|目标)?(?:一览|明细|清单)?表$"
)
_TELLS_WORK = re.compile("完成|进度|进展|执行|落实|推进|考核|通报")
# 各产业链 are all of them: the title names no part.
_OF_EACH = re.compile("(?:各|分|按)(?:个|大|重点|主导)?(?:产业链条?|产业|行业|领域|专班)")
_HOW_OFTEN = re.compile("月度|(?<![一二三四1-4本上当第前各])季度")
# 实际利用外资 is the indicator's name.
_DONE = frozenset({"done", "done_value", "accumulated"})


def summary_meanings(
    paths: Sequence[tuple[str, ...]], titles: Sequence[str], context: HeaderContext
) -> list[ColumnMeaning] | None:
    """The columns as figures of regions or classes, if they are such."""
    under = attach_comparisons(interpret_columns(paths, context=replace(context, kind="summary")), context)
    meanings = _titled_targets(attach_measures(_titled_figures(under, titles, context), context), titles)
    meanings = in_titled_months(years_and_quarters_apart(_squads_as_regions(meanings)), titles)
    has_labels = any(one.field in ("region_name", "category") for one in meanings)
    figures = [one for one in meanings if one.field == "value"]
    # 产业 | 项目个数 | 牵头单位 | 联系方式: who is to be called answers for a project, and for no class of them.
    tells_whom = any(one.field is None and one.personal for one in meanings)
    if not any(one.indicator not in _OF_LISTS or (_counts_projects(one) and not tells_whom) for one in figures):
        return None
    # 企业 | 1月 | 2月 | 合计: of whom and of what stands nowhere.
    tells = any(one.indicator is not None for one in figures) and len(figures) >= ALL_FIGURES * len(paths)
    return meanings if has_labels or tells else None


def _counts_projects(figure: ColumnMeaning) -> bool:
    """项目个数（个）, and what share of them all: no list of projects has either."""
    if figure.indicator != "projects":
        return False
    return figure.measure in ("share", "rate", "growth") or counts(segment(figure.path[-1]))


def _squads_as_regions(meanings: list[ColumnMeaning]) -> list[ColumnMeaning]:
    """分局 | 促成签约 | 协议金额: where no column names a place or an office, the squads are whose figures these are."""
    squads = [at for at, one in enumerate(meanings) if one.field == "category"]
    if len(squads) != 1 or any(one.field == "region_name" for one in meanings):
        return meanings
    squad = meanings[squads[0]]
    if not says("squad_as_region", segment(squad.path[-1]).core):
        return meanings
    named = replace(squad, field="region_name")
    return [named if at == squads[0] else one for at, one in enumerate(meanings)]


def _titled_figures(
    meanings: list[ColumnMeaning], titles: Sequence[str], context: HeaderContext
) -> list[ColumnMeaning]:
    """县区 | 全年目标（万美元） | 累计完成: what is counted stands in the title alone (实际利用外资完成情况), or in it and some
    columns (省外资金到位情况: 本月到位 | 年度目标).
    """
    counted = {one.indicator for one in meanings if one.field == "value"} - {"assessment", None, *_OF_LISTS}
    if all(one.field not in LABELS for one in meanings):
        return meanings
    title = next((plain for text in titles if (plain := _names_one_indicator(text))), None)
    below = replace(context, kind="summary")
    whole = interpret_column((title, "完成"), context=below) if title is not None else None
    if title is None or whole is None or (counted and counted != {whole.indicator}):
        return meanings
    if any(one.field == "value" and one.funds_origin is not None for one in meanings):
        whole = None  # 利用省外资金情况: 到位资金 | 其中：省外
    return [
        replace(interpret_column((title, *one.path), context=below), path=one.path)
        if (one.field is None or one.indicator == "assessment") and _names_measure(one, below)
        else replace(one, funds_origin=whole.funds_origin)
        if whole is not None and one.field == "value" and one.indicator == whole.indicator
        else one
        for one in meanings
    ]


def _names_measure(meaning: ColumnMeaning, context: HeaderContext) -> bool:
    """Whether the header names a measure, a rank or a score, and nothing that is counted."""
    return meaning.field is not None or bare_figure(meaning.path, context=context) is not None


def _titled_targets(meanings: list[ColumnMeaning], titles: Sequence[str]) -> list[ColumnMeaning]:
    """目标任务分解表: figures whose headers say neither target nor done are what is to be done, where the title says so."""
    title = next((text for text in titles if _SETS_TARGETS.search(text) and not _TELLS_WORK.search(text)), None)
    figures = [one for one in meanings if one.field == "value"]
    if title is None or any(features_within(segment(part).key) & _DONE for one in figures for part in one.path):
        return meanings
    period = segment(title).period
    scope = "year" if period is not None and period.is_whole_year else None
    return [_as_target(one, scope) if one.field == "value" and one.measure == "done" else one for one in meanings]


def _as_target(figure: ColumnMeaning, scope: str | None) -> ColumnMeaning:
    """The figure as what is to be done in the year; of a quarter or half-year the row could not say which."""
    said = frozenset[str]().union(*(features_within(segment(part).key) for part in figure.path))
    period = figure.period
    if said & {"quarter", "half_year"} or (period is not None and not period.is_whole_year):
        return replace(figure, field=None, value_type="text", indicator=None, measure=None)
    scope = "year" if "this_year" in said else figure.scope or scope
    return replace(figure, measure="target", is_planned=True, scope=scope)


def _names_one_indicator(title: str) -> str | None:
    """The title without its time, where its words make one indicator: of 签约项目到位资金 it would have to be guessed."""
    # 月度完成表, 季度完成情况 say how often it is drawn up, and not of which time its figures are.
    plain = _OF_EACH.sub("", _HOW_OFTEN.sub("", segment(title).timeless))
    said = said_in(plain).features
    rows = [row for row in summary_indicators() if row.needs <= said]
    rows = [row for row in rows if not row.is_last] or rows
    # 利用省外资金 is more than 省外资金.
    rows = [row for row in rows if not any(row.needs < other.needs for other in rows)]
    named = {row.count or row.amount for row in rows} - _OF_LISTS
    return plain if len(named) == 1 and len(plain) <= _LONGEST_TITLE else None
