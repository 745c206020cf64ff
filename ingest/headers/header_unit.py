"""The unit that holds for a column's bare numbers: the header's own, else the sheet's, else the source's."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ingest.columns.neighbour_words import says
from ingest.fields import USD_SIBLINGS
from ingest.headers.header_match import Match
from ingest.headers.header_path import HeaderPath
from ingest.values.units import Unit, parse_unit, unit_in_text


class MoneyUnit(NamedTuple):
    """Unit, further units and basis of an amount, as `ColumnMeaning` has them."""

    unit: Unit | None = None
    other_units: tuple[Unit, ...] = ()
    basis: str | None = None


def money_unit(path: HeaderPath, currency: str) -> MoneyUnit | None:
    """The unit of an amount in `currency`; None where the header's unit cannot be this field's."""
    context = path.context
    sources = [
        (path.units, path.unit_basis),
        (unit_in_text(context.unit_line), "title"),
        (_source_units(context.source_unit), "source"),
    ]
    for units, basis in sources:
        money = tuple(unit for unit in units if unit.is_money)
        in_header = basis in ("leaf", "group")
        if units and not money and in_header:
            return None
        codes = {unit.code for unit in money}
        if in_header and len(codes) > 1:
            return MoneyUnit(None, money, basis)
        own = [unit for unit in money if unit.code == currency and (currency == "CNY" or unit.is_currency_stated)]
        if len({unit.multiplier for unit in own}) > 1:
            # 单位：万元、亿元 leaves open which of the two a bare number counts.
            return MoneyUnit(None, money, basis)
        if own:
            return MoneyUnit(own[0], tuple(unit for unit in money if unit is not own[0]), basis)
        if money and in_header and any(unit.is_currency_stated for unit in money):
            return None
        if currency == "CNY" and money and all(unit.code == "USD" for unit in money):
            # A sheet of dollars: its bare amounts are no yuan, and not without a unit either.
            return MoneyUnit(money[0], (), basis)
    return MoneyUnit()


def _source_units(text: str | None) -> tuple[Unit, ...]:
    unit = parse_unit(text) if text else None
    return (unit,) if unit else unit_in_text(text)


def by_unit(match: Match, path: HeaderPath) -> Match | None:
    """工程进度（%） is the share done, 工程进度 the story of it; 手续办理进度（%） is a share of no works. 到位资金 in dollars is
    foreign money arrived.
    """
    percent = path.unit_basis == "leaf" and path.units[0].code == "percent"
    if path.kind == "project" and match.field in USD_SIBLINGS and path.currency == "USD":
        return replace(match, field=USD_SIBLINGS[match.field])
    if not percent or match.field != "progress_note":
        return match
    beside_works = path.leaf is not None and says("beside_works", path.leaf.key)
    return None if beside_works else replace(match, field="progress_rate")


def unit_fits(value_type: str, unit: Unit) -> bool:
    """Whether a unit in the leaf can be that of a column which is no amount."""
    if value_type == "rate":
        return unit.code in ("percent", "permille")
    if value_type == "date":
        # 承诺时限（工作日）, 承诺时限（天） are numbers of days; 天 is no part of a date as 日 is.
        is_length = unit.text.startswith(("个", "天")) or unit.text.endswith("工作日")
        return unit.code in ("days", "months", "years") and not is_length
    if value_type == "number":
        return not unit.is_money
    return False
