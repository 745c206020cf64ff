"""Units of money and count: how they are written in headers, unit lines and cells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `code` is an ISO currency (`CNY USD HKD EUR…`) or `count percent mu sqm days people score`.

    `multiplier` turns a printed number into whole `code` (万元 → 10 000 yuan); `text` is the unit as written.
    """

    code: str
    multiplier: Decimal
    text: str


def unit_in_text(text: str | None) -> tuple[Unit, ...]:
    """The units that a title, unit line, group or leaf header states, in order: `金额单位：亿元、万美元` gives two."""
    return ()
