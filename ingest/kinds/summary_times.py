"""Of which time the figures of a summary are, where the columns beside them or its title tell: earlier years, quarters, 1-8月.

A figure of an earlier year is none of this one: 2025年1-8月 beside 2026年1-8月 is what it was a year before, 2025年 beside
2026年1-8月 is of no time that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning
from ingest.headers.header_text import Period, segment

_MONTHS_OF_QUARTER = 3
_WHY_BEFORE = (
    "另一列是后一年同期的数，本列是上年同期 another column is of the same months a year later: the year before"
)
_WHY_EARLIER = "另一列是以后年份的数，本列是往年的，放入 extra another column is of a later year: kept in extra"
_WHY_QUARTER = "几个季度并列，本列只是一季度的 quarters side by side: of the first quarter only"


def years_and_quarters_apart(meanings: Sequence[ColumnMeaning]) -> list[ColumnMeaning]:
    """The figures, those of earlier years as such, those of a first quarter among quarters as the quarter's."""
    return [_of_first_quarter(_of_its_year(one, meanings), meanings) for one in meanings]


def _of_its_year(figure: ColumnMeaning, meanings: Sequence[ColumnMeaning]) -> ColumnMeaning:
    period = figure.period
    if figure.field != "value" or period is None or period.year is None or figure.indicator is None:
        return figure
    later = [
        one.period
        for one in meanings
        if _is_of_same(one, figure) and one.period is not None and (one.period.year or 0) > period.year
    ]
    if not later:
        return figure
    if figure.measure == "done" and any(_is_year_after(one, period) for one in later):
        return replace(figure, measure="previous", why=_WHY_BEFORE)
    return replace(
        figure,
        field=None,
        value_type="text",
        indicator=None,
        measure=None,
        scope=None,
        unit=None,
        unit_basis=None,
        match_method="none",
        why=_WHY_EARLIER,
    )


def _is_of_same(one: ColumnMeaning, figure: ColumnMeaning) -> bool:
    return (
        one.field == "value"
        and (one.indicator, one.funds_origin) == (figure.indicator, figure.funds_origin)
        and (one.measure == figure.measure or {one.measure, figure.measure} <= {"done", "target"})
    )


def _is_year_after(later: Period, period: Period) -> bool:
    months = (period.month_from, period.month_to)
    return later.year == (period.year or 0) + 1 and (later.month_from, later.month_to) == months


def _of_first_quarter(figure: ColumnMeaning, meanings: Sequence[ColumnMeaning]) -> ColumnMeaning:
    """一季度 | 二季度 | 三季度: what was done in the first is so much of the year only as each of the others is."""
    period = figure.period
    is_first = period is not None and (period.month_from, period.month_to) == (1, _MONTHS_OF_QUARTER)
    if figure.field != "value" or not is_first or figure.scope != "ytd":
        return figure
    others = (one for one in meanings if one.scope == "quarter" and one.indicator == figure.indicator)
    if any(one.measure == figure.measure for one in others):
        return replace(figure, scope="quarter", why=_WHY_QUARTER)
    return figure


def in_titled_months(meanings: Sequence[ColumnMeaning], titles: Sequence[str]) -> list[ColumnMeaning]:
    """1-8月完成情况表: a figure done of which no header tells the time is of the months that the title names from January on."""
    told = (segment(title).period for title in titles)
    is_titled = any(
        one is not None and one.starts_in_january and not one.is_single_month and one.month_to for one in told
    )
    if not is_titled:
        return list(meanings)
    return [
        replace(one, scope="ytd")
        if one.field == "value" and one.measure in ("done", "previous") and one.scope is None and one.period is None
        else one
        for one in meanings
    ]
