"""What a cell's text is worth: typed values or a reason, never an exception.

Every function takes any `CellValue`. Empty and placeholder cells (`-`, `无`, `待定`) give a result with neither value
nor reason.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ingest.reasons import Reason
from ingest.sheet import CellValue
from ingest.units import Unit


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """An amount. At most one of (`cny`/`usd` set, `reason` set); all None where the cell is empty or a placeholder.

    `cny` in yuan and `usd` in dollars, exact to two places; both are set where the cell states both
    (`12000万元、500万美元`). `unit_basis` is `cell` where the cell's own unit was used, else the column's.
    """

    cny: Decimal | None = None
    usd: Decimal | None = None
    is_approximate: bool = False
    unit_basis: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date. `value` is the first day of a month or year where `precision` is `month` or `year`.

    `end_value`/`end_precision` are set for ranges (`09.3－12.6`). `is_planned`: the cell says 预计/拟/计划.
    `stage_hint`: the cell holds a state word instead of a date (`已开工` → `started`, `未开工` → `not_started`).
    """

    value: dt.date | None = None
    precision: str | None = None
    end_value: dt.date | None = None
    end_precision: str | None = None
    is_planned: bool = False
    is_approximate: bool = False
    stage_hint: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ParsedRate:
    """A share as a fraction (12.3% → 0.123)."""

    value: float | None = None
    is_approximate: bool = False
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ParsedStage:
    """A stage of the contract, or None with a reason where the wording is unknown; `raw` is kept in any case."""

    stage: str | None = None
    raw: str | None = None
    reason: Reason | None = None


def is_placeholder(value: CellValue) -> bool:
    """Whether the cell says "nothing": empty, `-`, `—`, `/`, 无, 暂无, 待定…."""
    return value is None


def parse_amount(
    value: CellValue,
    *,
    column_unit: Unit | None,
    unit_basis: str | None = None,
    other_units: tuple[Unit, ...] = (),
    currency: str = "CNY",
) -> ParsedAmount:
    """Read an amount for a field in `currency` (`CNY` or `USD`).

    `column_unit`, `unit_basis`, `other_units` come from `ColumnMeaning`. A unit in the cell wins.
    """
    return ParsedAmount()


def parse_date(
    value: CellValue,
    *,
    report_year: int | None = None,
    is_range: bool = False,
    date_1904: bool = False,
) -> ParsedDate:
    """Read a date, or a range where `is_range` (`ColumnMeaning.value_type == "date_range"`).

    `report_year` is used for a month without a year only where the header gave that year (`ColumnMeaning.period.year`).
    """
    return ParsedDate()


def parse_rate(value: CellValue, *, column_unit: Unit | None = None) -> ParsedRate:
    """Read a share; `column_unit.code == "percent"` says that bare numbers are percent."""
    return ParsedRate()


def parse_number(value: CellValue, *, column_unit: Unit | None = None) -> tuple[Decimal | None, Reason | None]:
    """Read a count, score, rank or days of a summary, in whole units of `column_unit.code`."""
    return None, None


def parse_stage(value: CellValue, county_code: str | None = None) -> ParsedStage:
    """Read a stage word (`5签约`, `在建`, `尚未投产`); workflow words (审核通过) are not stages."""
    return ParsedStage()


def clean_text(value: CellValue) -> str | None:
    """A text cell as it goes into a text field: line breaks and outer spaces gone, numbers without `.0`; None if empty."""
    return None


def contains_personal_data(text: str) -> bool:
    """Whether the text holds a phone number or an identity number."""
    return False


def mask_personal_data(text: str) -> str:
    """The text with phone and identity numbers masked (`138****0001`)."""
    return text
