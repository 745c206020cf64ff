"""What a number format makes of a number: a unit that is shown but not typed (`1.2` as 1.20亿元), or a smaller number (`12000` as 1.2)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ingest.formats.sheet import CellValue
from ingest.values.units import parse_unit


class NumberShown(NamedTuple):
    """A unit of money behind the number, and by how much the number is divided before it is shown."""

    unit: str
    divisor: int


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<space>[_*].)|(?P<bracket>\[[^\]]*\])|(?P<general>general|g/通用格式)'
    r"|(?P<digit>[0#?])|(?P<comma>,)|(?P<dot>\.)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
# Dates, percentages, fractions, exponents and text are shown otherwise.
_NO_NUMBER = re.compile(r"[ymdhs%@/e]", re.IGNORECASE)
# 12,346K for 12345678: the letter gives back what the commas took away, so the number is the one that was typed.
_MAGNITUDE = re.compile(r"(?:k|mm?|mn|mio|bn?|tsd|mrd|thousand|million|billion)(?![a-z])", re.IGNORECASE)


@lru_cache(maxsize=1024)
def number_shown(code: str | None) -> NumberShown | None:
    """What a format shows that the value does not say, or None: `0.00"亿元"`, `0!.0,` (in ten thousands), `#,##0,`.

    Only the first section counts, as the others are for negative numbers, zero and text.
    """
    if not code or code.lower() == "general":
        return None
    behind, digits, commas, below_mark = "", 0, 0, None
    for token in _TOKEN.finditer(code.partition(";")[0]):
        literal = token["quoted"] if token["quoted"] is not None else token["escaped"]
        if token["digit"] or token["general"]:
            if behind.strip(" "):
                if behind != "." or below_mark is not None:
                    return None
                below_mark = digits
            digits, behind, commas = digits + 1, "", 0
        elif token["comma"]:
            commas += bool(digits and not behind)
        elif literal is not None:
            behind += literal if digits else ""
        elif token["other"]:
            if _NO_NUMBER.match(token["other"]):
                return None
            behind += token["other"] if digits else ""
    divisor = 1000**commas * 10 ** (digits - below_mark if below_mark is not None else 0)
    unit = parse_unit(behind) if behind.strip() else None
    if unit is None and _MAGNITUDE.match(behind.strip()):
        return None
    shown = NumberShown(unit.text if unit is not None and unit.is_money else "", divisor)
    return shown if digits and (shown.unit or divisor > 1) else None


def as_shown(value: CellValue, shown: NumberShown) -> CellValue:
    """The number as people see it: a text where a unit is shown behind it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    number = Decimal(repr(value)) / shown.divisor
    if not number.is_finite():
        return value
    if shown.unit:
        return f"{number.normalize():f}{shown.unit}"
    return int(number) if number == number.to_integral_value() else float(number)
