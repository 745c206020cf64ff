"""Shares and plain numbers: `12.3%`, `0.123`, `百分之三十`, `三成` as fractions; counts, days, scores as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingest.formats.sheet import CellValue
from ingest.values.amounts import chinese_number, exact, is_figure
from ingest.values.cell_text import is_placeholder_text, squeeze, without_marks
from ingest.values.reasons import Reason, reason
from ingest.values.units import Unit, parse_unit

_MOST = 1000.0


class ParsedRate(NamedTuple):
    """A share as a fraction (12.3% → 0.123), or why not; empty for placeholders."""

    value: float | None = None
    is_approximate: bool = False
    reason: Reason | None = None


class ParsedNumber(NamedTuple):
    """A count, score, rank or number of days, or why not; empty for placeholders."""

    value: Decimal | None = None
    is_approximate: bool = False
    reason: Reason | None = None


_NUMBER = r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?"
_ABOUT = re.compile(r"^(?:已)?(?:完成|完工|达到?|进度|总体|累计)*(约|近|超过?|逾|大约|将近)?(?:为|达到?)?:?")
_TAIL = re.compile(r"(左右|上下|多|余)?(?:。|;)?$")
_PERCENT = re.compile(rf"({_NUMBER})%")
_PERMILLE = re.compile(rf"({_NUMBER})‰")
_OF_HUNDRED = re.compile(r"百分之([零〇一二两三四五六七八九十百点]+|\d+(?:\.\d+)?)")
_TENTHS = re.compile(r"([一二两三四五六七八九十]|\d(?:\.\d)?)成([一二三四五六七八九])?半?")
_BAND = re.compile(r"\d[%成]?[-~至到]\d|以上|以下|以内|不低于|不足|[<>≥≤]")
_PLAIN = re.compile(_NUMBER)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _stated_share(text: str) -> Decimal | None:
    """The share where the text itself says that it is one."""
    if match := _PERCENT.fullmatch(text):
        return _number(match[1]) / 100
    if match := _PERMILLE.fullmatch(text):
        return _number(match[1]) / 1000
    if match := _OF_HUNDRED.fullmatch(text):
        number = Decimal(match[1]) if match[1][0].isdigit() else chinese_number(match[1])
        return None if number is None else number / 100
    if match := _TENTHS.fullmatch(text):
        tenths = Decimal(match[1]) if match[1][0].isdigit() else chinese_number(match[1])
        more = chinese_number(match[2]) if match[2] else Decimal(5 if text.endswith("半") else 0)
        return None if tenths is None or more is None else tenths / 10 + more / 100
    return None


def _scaled(number: float, scale: str | None) -> ParsedRate:
    """A bare number: `scale` says what the column holds; without it only what has one reading is taken."""
    if scale == "fraction" or (scale is None and -1 <= number <= 1):
        return ParsedRate(number)
    if scale == "percent" or (scale is None and (number > 2 or number < -2)):
        return ParsedRate(float(Decimal(repr(number)) / 100))
    return ParsedRate(reason=reason("rate_ambiguous"))


@lru_cache(maxsize=16384)
def _parse_text(text: str, scale: str | None) -> ParsedRate:
    if is_placeholder_text(text):
        return ParsedRate()
    unmarked = without_marks(text)
    if unmarked is None:
        return ParsedRate(reason=reason("not_a_rate"))
    squeezed = squeeze(unmarked)
    if squeezed.startswith("#"):
        return ParsedRate(reason=reason("cell_error"))
    about = _ABOUT.match(squeezed)
    core = squeezed[about.end() :] if about else squeezed
    tail = _TAIL.search(core)
    core = core[: tail.start()] if tail else core
    approximate = bool((about and about[1]) or (tail and tail[1]))
    share = _stated_share(core)
    if share is not None:
        return ParsedRate(float(share), approximate)
    if _PLAIN.fullmatch(core):
        return _scaled(float(_number(core)), scale)._replace(is_approximate=approximate)
    if _BAND.search(squeezed):
        return ParsedRate(reason=reason("rate_band"))
    return ParsedRate(reason=reason("not_a_rate"))


def rate_scale(values: Iterable[CellValue]) -> str | None:
    """Whether the bare numbers of a column are fractions or percentages: above 2 is a percentage, all ≤ 1 fractions.

    None where the column does not tell (it then holds something above 1 up to 2, or nothing).
    """
    finite = [abs(number) for value in values if (number := bare_number(value)) is not None]
    if not finite:
        return None
    if max(finite) > 2:
        return "percent"
    return "fraction" if max(finite) <= 1 else None


def bare_number(value: CellValue) -> float | None:
    """The number of a cell that says no more than its figure, typed or as text (every cell of a CSV is text); else None."""
    if is_figure(value):
        return float(value)
    plain = squeeze(value) if isinstance(value, str) else ""
    return float(_number(plain)) if _PLAIN.fullmatch(plain) else None


def share_scale(values: Iterable[CellValue], *, is_percent_stated: bool) -> str | None:
    """The scale of a column of shares done: below `（%）` also a column of nothing above 2 may tell it.

    2 among whole numbers is no 200 % of a work begun; nor is 1.5 as text, for a cell shown as 150% is exported with its
    sign. The first ledgers of a county hold little else.
    """
    values = list(values)
    scale = rate_scale(values)
    if scale is not None or not is_percent_stated:
        return scale
    bare = [(value, number) for value in values if (number := bare_number(value)) is not None]
    above = [value for value, number in bare if abs(number) > 1]
    told = all(number == int(number) for _, number in bare) or all(isinstance(value, str) for value in above)
    return "percent" if above and told else None


def may_be_either(values: Iterable[CellValue], scale: str | None, *, is_percent_stated: bool) -> frozenset[float]:
    """Bare numbers of a column of shares done that may be fractions or percentages.

    0.35 among 20 and 60 is 0.35 % as written, and 35 % where the cell lost its format. So it is below `（%）` among 20%
    and 60%, and 1 below `（%）` among nothing but 0 and 1. 1.5 where nothing is above 2 is 1.5 % or 150 %.
    """
    values = list(values)
    found = frozenset(number for value in values if (number := bare_number(value)) is not None)
    if scale is None:
        return frozenset(number for number in found if 1 < number <= 2)
    if scale == "percent":
        return frozenset(number for number in found if 0 < number < 1)
    if is_percent_stated and any(isinstance(value, str) and "%" in squeeze(value) for value in values):
        return frozenset(number for number in found if 0 < number <= 1)
    return found & {1.0} if is_percent_stated and scale == "fraction" and found <= {0.0, 1.0} else frozenset()


def parse_rate(value: CellValue, *, column_unit: Unit | None = None, scale: str | None = None) -> ParsedRate:
    """Read a share. Never raises.

    Args:
        value: the cell.
        column_unit: the header's unit; `%` alone does not tell 0.8 of a percent-formatted cell from 0.8 %.
        scale: `fraction` or `percent` for bare numbers, best from `rate_scale` over the column.
    """
    if isinstance(value, str):
        return _parse_text(value, scale)
    if value is None:
        return ParsedRate()
    if not is_figure(value):
        return ParsedRate(reason=reason("not_a_rate"))
    parsed = _scaled(float(exact(float(value))), scale)
    if parsed.value is not None and abs(parsed.value) > _MOST:
        return ParsedRate(reason=reason("not_a_rate"))
    return parsed


_COUNTED = re.compile(rf"(约|近|超过?|逾)?({_NUMBER})(余|多)?([^\d\s]{{0,4}})")


@lru_cache(maxsize=16384)
def _number_text(text: str, unit: Unit | None) -> ParsedNumber:
    if is_placeholder_text(text):
        return ParsedNumber()
    unmarked = without_marks(text)
    if unmarked is None:
        return ParsedNumber(reason=reason("not_a_number"))
    squeezed = squeeze(unmarked).removeprefix("第")
    if squeezed.startswith("#"):
        return ParsedNumber(reason=reason("cell_error"))
    match = _COUNTED.fullmatch(squeezed)
    if match is None:
        number = chinese_number(squeezed)
        if number is None:
            return ParsedNumber(reason=reason("not_a_number"))
        return ParsedNumber(number * (unit.multiplier if unit else 1))
    own = parse_unit(match[4]) if match[4] else unit
    if match[4] and (own is None or (unit is not None and own.code != unit.code)):
        return ParsedNumber(reason=reason("not_a_number"))
    value = _number(match[2]) * (own.multiplier if own else 1)
    return ParsedNumber(value, bool(match[1] or match[3]))


def parse_number(value: CellValue, *, column_unit: Unit | None = None) -> ParsedNumber:
    """Read a count, score, rank or number of days, in whole units of `column_unit.code`. Never raises."""
    if isinstance(value, str):
        return _number_text(value, column_unit)
    if value is None:
        return ParsedNumber()
    if not is_figure(value):
        return ParsedNumber(reason=reason("not_a_number"))
    number = exact(value) if isinstance(value, float) else Decimal(value)
    return ParsedNumber(number * column_unit.multiplier if column_unit else number)
