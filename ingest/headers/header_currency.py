"""Header cells that are nothing but a currency: 到位资金 > 人民币 | 美元 say which money, and not how much of it one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.headers.header_text import CURRENCY_ONLY, Segment, head_key
from ingest.values.units import Unit, unit_in_text

_COUNTED_ALONE = frozenset({"元"})


def with_magnitudes(segments: Sequence[Segment], path: Sequence[str], unit_line: str | None) -> tuple[Segment, ...]:
    """The cells of a path, a lowest one that is a bare currency (美元) with the magnitude that is told above it (万美元):
    by the cells over it, else by the sheet's line of units. Where they tell that of another currency only, it is a wording
    without a unit; where they tell none, it is the unit.
    """
    if not segments:
        return ()
    *above, leaf = segments
    if path[-1].strip() in CURRENCY_ONLY:
        # 到位资金（万元、万美元） > 人民币: no cell of its own here, for it says nothing but which of the two.
        yuan = tuple(unit for unit in leaf.units if unit.is_money and unit.code == "CNY")
        return (*above, replace(leaf, units=yuan)) if len(yuan) == 1 else tuple(segments)
    if not _is_bare_currency(leaf):
        return tuple(segments)
    (currency,) = leaf.units
    told = next((part.units for part in reversed(above) if part.units), None) or unit_in_text(unit_line)
    money = [unit for unit in told if unit.is_money]
    if not any(unit.multiplier > 1 for unit in money):
        return tuple(segments)
    own = _counted_in(currency, money)
    if own is None:
        word = head_key(leaf.raw)
        return (*above, replace(leaf, core=word, timeless=word, units=()))
    return (*above, replace(leaf, units=(own,)))


def _is_bare_currency(part: Segment) -> bool:
    if part.core or part.bracketed or len(part.units) != 1:
        return False
    (unit,) = part.units
    return unit.is_money and unit.multiplier == 1 and unit.text == part.raw.strip() and unit.text not in _COUNTED_ALONE


def _counted_in(currency: Unit, told: Sequence[Unit]) -> Unit | None:
    """The unit of a currency among those told (万元、万美元), or in a magnitude that is told of no currency (万)."""
    own = {unit for unit in told if unit.code == currency.code and unit.is_currency_stated}
    if len(own) == 1:
        return own.pop()
    bare = {unit for unit in told if not unit.is_currency_stated}
    if own or len(bare) != 1 or len(told) > 1:
        return None
    (magnitude,) = bare
    return Unit(currency.code, magnitude.multiplier, magnitude.text + currency.text)
