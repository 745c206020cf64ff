"""The figures of a regional summary: one a column and row, printed rates beside what their parts give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.formats.sheet import CellValue
from ingest.ledgers.ledger_types import ColumnReading, RowReason, SummaryValue, TableReading
from ingest.values.cell_values import is_placeholder, parse_amount, parse_number, parse_rate, rate_scale
from ingest.values.printed import cell_text, compact
from ingest.values.reasons import Reason
from ingest.values.units import Unit

PERCENT = "percent"
# Beside what is done and what is to be done; a cell of theirs that is no figure rejects no row.
COMPARISONS = frozenset({"growth", "change", "gap", "share", "time_share", "previous", "deduction", "bonus"})
_ENOUGH_CELLS = 2
_PRECISION = Decimal("0.000001")
# A rate of an indicator that has no target: its numerator and denominator among the group's figures.
_RATE_PARTS = {
    "performance_rate": ("performed", "signings"),
    "start_rate": ("starts", "signings"),
    "production_rate": ("productions", "starts"),
    "completion_rate": ("completions", "starts"),
    "funds_arrival_rate": ("funds_arrived", "signed_amount"),
}


def read_summary(table: TableReading) -> None:
    """Fill `summary_values` of a summary table, and reject rows whose figures cannot be read."""
    for column in table.columns:
        if column.meaning.field == "value" and not _holds_figures(column):
            column.meaning = replace(column.meaning, field=None, unit=None, unit_basis=None)
    columns = [column for column in table.columns if column.meaning.field == "value"]
    for column in columns:
        _type(table, column)
    for position in range(len(table)):
        values = [_value(columns, column, position) for column in columns if column.values[position] is not None]
        if values:
            table.summary_values[position] = values


def read_figures(table: TableReading, row: int, columns: Sequence[tuple[ColumnReading, str | None]]) -> None:
    """Fill the `summary_values` of one row whose figures each have a meaning of their own, with their regions.

    Args:
        table: the table the row stands in.
        row: the row's position.
        columns: each figure as a column of one cell, and the region it is of (None: the row's).
    """
    read = [(column, region) for column, region in columns if column.meaning.field == "value"]
    known = [column for column, _ in read]
    scale = rate_scale([column.values[0] for column in known if column.meaning.value_type == "rate"])
    for column in known:
        number, reason = _figure(column.values[0], column, scale)
        column.typed = [number if reason is None else None]
        if reason is not None and column.meaning.measure not in COMPARISONS:
            raw = cell_text(column.values[0])
            table.reasons.setdefault(row, []).append(RowReason(reason.code, column.key, raw, reason.message))
    values = [replace(_value(known, column, 0), region_name=region) for column, region in read]
    if values:
        table.summary_values[row] = values
    for column, _ in columns:
        if column.meaning.field != "value":
            table.added_extra.setdefault(row, {})[column.key] = cell_text(column.values[0])


def _holds_figures(column: ColumnReading) -> bool:
    """Whether any cell can be read as a figure (a single one only has to hold a digit); else the column is text."""
    filled = [value for value in column.values if not is_placeholder(value)]
    if len(filled) < _ENOUGH_CELLS:
        return not filled or any(char.isdigit() for char in cell_text(filled[0]))
    return any(_figure(value, column, None)[1] is None for value in filled)


def _type(table: TableReading, column: ColumnReading) -> None:
    column.typed = [None] * len(table)
    scale = rate_scale(column.values)
    for position, value in enumerate(column.values):
        if value is None:
            continue
        number, reason = _figure(value, column, scale)
        if reason is None:
            column.typed[position] = number
        elif column.meaning.measure in COMPARISONS:
            # 持平, 由负转正: told in words, kept as printed; no sum needs it.
            continue
        elif not any(known.column == column.key for known in table.reasons.get(position, ())):
            table.reasons.setdefault(position, []).append(
                RowReason(reason.code, column.key, cell_text(value), reason.message)
            )


def _figure(value: CellValue, column: ColumnReading, scale: str | None) -> tuple[Decimal | None, Reason | None]:
    """The figure in whole units: yuan, dollars, counts, days; shares in percent."""
    meaning = column.meaning
    if meaning.value_type in ("amount_cny", "amount_usd"):
        currency = "USD" if meaning.value_type == "amount_usd" else "CNY"
        amount = parse_amount(
            value,
            column_unit=meaning.unit,
            unit_basis=meaning.unit_basis,
            other_units=meaning.other_units,
            currency=currency,
        )
        return (amount.usd if currency == "USD" else amount.cny), amount.reason
    if meaning.value_type == "rate":
        rate = parse_rate(value, column_unit=meaning.unit, scale=scale)
        share = None if rate.value is None else (Decimal(repr(rate.value)) * 100).quantize(_PRECISION)
        return share, rate.reason
    number = parse_number(value, column_unit=meaning.unit)
    return (None if number.value is None else number.value.quantize(_PRECISION)), number.reason


def _value(columns: Sequence[ColumnReading], column: ColumnReading, position: int) -> SummaryValue:
    meaning = column.meaning
    typed = column.typed[position] if column.typed else None
    return SummaryValue(
        header=column.key,
        # A part (`其中：重大项目数`) is no second figure of the whole.
        indicator=None if is_part(column) else meaning.indicator,
        measure=meaning.measure,
        scope=meaning.scope,
        funds_origin=meaning.funds_origin,
        unit=_unit_code(column, meaning.unit),
        value=typed,
        recomputed_value=_recomputed(columns, column, position) if meaning.value_type == "rate" else None,
        raw=cell_text(column.values[position]),
    )


def is_part(column: ColumnReading) -> bool:
    """Whether a column holds a part of another that no origin of funds tells apart (`其中：重大项目数`)."""
    parts = any(compact(part).startswith("其中") for part in column.meaning.path)
    return parts and column.meaning.funds_origin is None


def _unit_code(column: ColumnReading, unit: Unit | None) -> str | None:
    by_type = {"amount_cny": "CNY", "amount_usd": "USD", "rate": PERCENT}
    return by_type.get(column.meaning.value_type) or (unit.code if unit else None)


def _recomputed(columns: Sequence[ColumnReading], rate: ColumnReading, position: int) -> Decimal | None:
    """What a printed rate should be, in percent: done ÷ target of the same figure, or the indicator's own parts."""
    group = rate.meaning.path[:-1]
    siblings = [column for column in columns if column is not rate and column.meaning.path[:-1] == group]
    done = _part(siblings, position, measure="done", like=rate) or _part_in_year(siblings, position, "done", rate)
    if rate.meaning.measure == "growth":
        previous = _part(siblings, position, measure="previous", like=rate) or _part_in_year(
            siblings, position, "previous", rate
        )
        return ((done - previous) * 100 / previous).quantize(_PRECISION) if done is not None and previous else None
    if rate.meaning.measure != "rate":
        return None
    target = _part(siblings, position, measure="target", like=rate) or _part_in_year(siblings, position, "target", rate)
    if done is None and target is not None:
        done = _part_so_far(siblings, position, rate)
    if done is None and target is None and len(rate.meaning.path) > 1 and rate.meaning.indicator is not None:
        # 目标任务 > 签约额 | 完成情况 > 签约额 | 完成率 > 签约额
        done, target = (_part(columns, position, measure=one, like=rate) for one in ("done", "target"))
    if done is None or target is None:
        parts = _RATE_PARTS.get(rate.meaning.indicator or "")
        if parts is None:
            return None
        done, target = (_part(siblings, position, indicator=name) for name in parts)
    if done is None or not target:
        return None
    return (done * 100 / target).quantize(_PRECISION)


def _part_in_year(columns: Sequence[ColumnReading], position: int, measure: str, rate: ColumnReading) -> Decimal | None:
    """全年目标 | 1-9月完成 | 完成率: a share of no time of its own, or of this year, is the year's target's, done since January."""
    if rate.meaning.scope not in (None, "ytd"):
        return None
    times = ("year", None) if measure == "target" else ("ytd", None)
    found = [
        column
        for column in columns
        if column.meaning.value_type != "rate"
        and column.meaning.measure == measure
        and column.meaning.scope in times
        and column.meaning.indicator in (rate.meaning.indicator, None)
        and column.meaning.funds_origin == rate.meaning.funds_origin
    ]
    return found[0].typed[position] if len(found) == 1 and found[0].typed else None


def _part_so_far(columns: Sequence[ColumnReading], position: int, rate: ColumnReading) -> Decimal | None:
    """年度任务 | 累计完成 | 完成率: beside the year's target what was done so far is the year's too, where no other figure is."""
    found = [column for column in columns if column.meaning.measure == "done" and column.meaning.value_type != "rate"]
    years = any(column.meaning.measure == "target" and column.meaning.scope == "year" for column in columns)
    if rate.meaning.scope is not None or len(found) != 1 or not years:
        return None
    one = found[0].meaning
    is_same = one.indicator == rate.meaning.indicator and one.funds_origin == rate.meaning.funds_origin
    return found[0].typed[position] if is_same and one.scope == "cumulative" and found[0].typed else None


def _part(
    columns: Sequence[ColumnReading],
    position: int,
    *,
    measure: str | None = None,
    indicator: str | None = None,
    like: ColumnReading | None = None,
) -> Decimal | None:
    found = [
        column
        for column in columns
        if column.meaning.value_type != "rate"
        and (measure is None or column.meaning.measure == measure)
        and (indicator is None or column.meaning.indicator == indicator)
        and (like is None or _same_figure(column, like))
    ]
    return found[0].typed[position] if len(found) == 1 and found[0].typed else None


def _same_figure(one: ColumnReading, other: ColumnReading) -> bool:
    """一季度目标 is the quarter's, 一季度完成 is what was done since January: their months are the same."""
    mine, its = one.meaning, other.meaning
    return (
        (mine.indicator == its.indicator or its.indicator is None)
        and (mine.scope == its.scope or (mine.period is not None and mine.period == its.period))
        and mine.funds_origin == its.funds_origin
    )
