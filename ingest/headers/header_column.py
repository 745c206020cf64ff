"""What the header of one column means: its field or its indicator, with unit, scope and period, and why.

`ingest.headers.interpretation` reads all columns of a table and settles what only their neighbours can tell.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.fields import fields
from ingest.headers.header_exact import label_wording
from ingest.headers.header_field import field_of
from ingest.headers.header_lookup import look_up
from ingest.headers.header_match import Match, value_type
from ingest.headers.header_path import HeaderPath, period_of
from ingest.headers.header_text import Segment, head_key, is_of_pivot
from ingest.headers.header_unit import by_unit, money_unit, unit_fits
from ingest.kinds.summary_grammar import said_by
from ingest.kinds.summary_headers import SummaryColumn, bare_measure, summary_column
from ingest.values.units import Unit, unit_in_text

_WHY = {
    "exact": ("同词表", "exact"),
    "normalised": ("即「{w}」", "normalised"),
    "group": ("分组加列名即「{w}」", "group and leaf"),
    "close": ("近似「{w}」{s:.2f}", "close"),
}
_NO_WORDING = "词表里没有这种说法 no such wording"
_OF_PIVOT = "数据透视表的汇总列，不是项目的栏目 a pivot table's own header, no field of a project"
_UNIT_DIFFERS = "表头单位与字段不符，原样放入 extra the header's unit is not the field's, kept in extra"
_SUMMED = frozenset({"total_investment_cny", "contract_amount_cny", "foreign_contract_usd"})
# What these hold has not happened yet, whatever the cell says of it.
_INTENDED = ("planned_", "investment_plan", "due_on")
_FIGURE_TYPES = {"rate": "rate", "count": "number", "score": "number", "rank": "number", "days": "number"}
_COUNT_UNITS = {
    kind: Unit(code, Decimal(1), text)
    for kind, code, text in (
        ("count", "count", "个"),
        ("rate", "percent", "%"),
        ("score", "score", "分"),
        ("rank", "rank", "位"),
        ("days", "days", "天"),
    )
}


@lru_cache(maxsize=8192)
def interpret_column(path: tuple[str, ...], *, context: HeaderContext) -> ColumnMeaning:
    """What the column under `path` means (merged headers from the top to the leaf, raw text). Never raises on text."""
    header = HeaderPath.of(path, context)
    if path and is_of_pivot(path[-1]):
        return _unmapped(path, header, _OF_PIVOT)
    match = field_of(header) if header.kind != "summary" else label_wording(header)
    match = by_unit(match, header) if match is not None else None
    if match is not None:
        return _field_meaning(path, header, match)
    return _summary_meaning(path, header) if header.kind == "summary" else _unmapped(path, header, _NO_WORDING)


def _field_meaning(path: tuple[str, ...], header: HeaderPath, match: Match) -> ColumnMeaning:
    kind = value_type(match.field, header.kind)
    if header.kind == "outreach" and match.field == "start_on" and header.says_from_to:
        match = replace(match, end_field="end_on")
    meaning = ColumnMeaning(
        path,
        match.field,
        "date_range" if match.end_field else kind,
        match.end_field,
        scope=match.scope,
        funds_origin=match.funds_origin,
        period=header.period,
        match_method=match.method,
        match_score=match.score,
        matched_wording=match.wording,
        preference=match.line,
        why=_why(match),
        personal=fields()[match.field].personal if match.field in fields() else header.is_personal,
        is_planned=match.field.startswith(_INTENDED),
    )
    if kind.startswith("amount"):
        return _in_money(meaning, header, "USD" if kind == "amount_usd" else "CNY")
    if header.units and header.unit_basis == "leaf":
        if not unit_fits(kind, header.units[0]):
            if _ends_the_wording(header, match):
                return meaning
            return _unmapped(path, header, _UNIT_DIFFERS)
        return replace(meaning, unit=header.units[0], unit_basis="leaf")
    return meaning


def _ends_the_wording(header: HeaderPath, match: Match) -> bool:
    """乡镇（场）: what looks like a unit (场, sessions) belongs to the wording 乡镇场."""
    if header.leaf is None or len(header.units) != 1:
        return False
    whole = look_up(head_key(header.leaf.core + header.units[0].text), header.kind, header.context.county_code)
    return whole is not None and whole.field == match.field


def _in_money(meaning: ColumnMeaning, header: HeaderPath, currency: str) -> ColumnMeaning:
    """An amount with its unit; unmapped where the header's unit is another's."""
    money = money_unit(header, currency)
    if money is None:
        return _unmapped(meaning.path, header, _UNIT_DIFFERS)
    return replace(meaning, unit=money.unit, other_units=money.other_units, unit_basis=money.basis)


def _why(match: Match) -> str:
    label = match.wording or (fields()[match.field].label_zh if match.field in fields() else match.field)
    chinese, english = _WHY[match.method]
    return f"{chinese} {english}".format(w=label, s=match.score)


def _unmapped(path: tuple[str, ...], header: HeaderPath, reason: str) -> ColumnMeaning:
    unit = header.units[0] if header.units else None
    return ColumnMeaning(
        path,
        unit=unit,
        unit_basis=header.unit_basis,
        period=header.period,
        why=reason,
        personal=header.is_personal,
        is_planned=header.says_plan,
    )


def _summary_meaning(path: tuple[str, ...], header: HeaderPath) -> ColumnMeaning:
    parts = [part for part in header.segments if part.core or part.bracketed or part.period]
    column = summary_column(parts, header.units, header.context.county_code) if parts else None
    if column is None or (header.groups and _is_other_money(parts[-1])):
        return _unmapped(path, header, _NO_WORDING)
    if column.indicator == "funds_arrived" and column.funds_origin is None and header.currency == "USD":
        # 利用外资情况（单位：万美元）: 实际到资额.
        column = replace(column, indicator="fdi_arrived", funds_origin="foreign")
    return _as_figure(path, header, column, parts)


def bare_figure(path: tuple[str, ...], *, context: HeaderContext) -> ColumnMeaning | None:
    """A column whose header names a measure and nothing that is counted (目标任务（个）), as a figure without an indicator."""
    header = HeaderPath.of(path, context)
    parts = [part for part in header.segments if part.core or part.bracketed or part.period]
    column = bare_measure(parts)
    if column is None:
        return None
    counts = any("count" in said_by(part).features for part in parts)
    if column.kind == "count" and not counts and _is_in_money(header):
        column = replace(column, kind="amount")
    return _as_figure(path, header, column, parts)


def _is_in_money(header: HeaderPath) -> bool:
    """Whether the header states a unit of money, or none and the sheet's line one of money alone."""
    units = header.units or unit_in_text(header.context.unit_line)
    return bool(units) and all(unit.is_money for unit in units)


def _as_figure(path: tuple[str, ...], header: HeaderPath, column: SummaryColumn, parts: list[Segment]) -> ColumnMeaning:
    currency = "USD" if (column.indicator or "").startswith("fdi_") else "CNY"
    if column.indicator is None and column.kind == "amount" and header.currency == "USD":
        currency = "USD"
    meaning = ColumnMeaning(
        path,
        "value",
        _FIGURE_TYPES.get(column.kind, f"amount_{currency.lower()}"),
        unit=_COUNT_UNITS.get(column.kind),
        scope=column.scope,
        funds_origin=column.funds_origin,
        period=period_of(parts),
        indicator=column.indicator,
        measure=column.measure,
        match_method="group" if header.groups else "normalised",
        match_score=1.0,
        why=f"汇总指标 {column.indicator or '未点明'}（{column.measure}） "
        f"figure of a summary: {column.indicator or 'of no named indicator'}, {column.measure}",
        is_planned=column.measure == "target",
    )
    return _with_figures_unit(meaning, header, column, currency)


def _with_figures_unit(
    meaning: ColumnMeaning, header: HeaderPath, column: SummaryColumn, currency: str
) -> ColumnMeaning:
    if column.kind == "amount":
        if currency == "USD" and money_unit(header, currency) is None:
            currency, meaning = "CNY", replace(meaning, value_type="amount_cny")
        return _in_money(meaning, header, currency)
    if column.kind in ("rank", "score") and header.unit_basis != "leaf":
        # What an indicator counts is no unit of its rank.
        return meaning
    if header.units and not header.units[0].is_money and column.kind != "rate":
        return replace(meaning, unit=header.units[0], unit_basis=header.unit_basis)
    return meaning


def _is_other_money(leaf: Segment) -> bool:
    """注册资本额 below 新注册项目: an amount of its own, not the total of the projects."""
    found = look_up(leaf.key, "project", None)
    return found is not None and fields()[found.field].type.startswith("amount") and found.field not in _SUMMED
