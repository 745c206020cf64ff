"""How values are said to people in Chinese: amounts, dates, stages, lights."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

STAGES = {
    "lead": "线索",
    "talks": "在谈",
    "signed": "已签约",
    "performed": "已履约",
    "started": "在建",
    "completed": "已竣工",
    "in_production": "已投产",
    "terminated": "已终止",
}
LIGHTS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "unknown": "缺数据", "exempt": "豁免"}
MILESTONES = {
    "signed": "签约",
    "registered": "注册",
    "performed": "履约",
    "started": "开工",
    "completed": "竣工",
    "in_production": "投产",
    "terminated": "终止",
}
NOTHING = "—"
# After a full stop the English may quote Chinese names; without one it ends the text and holds none.
_ENGLISH_TAIL = re.compile(r"(?<=[。；！？])\s+[A-Z][^。]*$|\s+[A-Za-z][^\u4e00-\u9fff]*$")


def hundred_millions(cny: Decimal | float | None) -> Decimal | None:
    """Yuan as 亿元, four decimals kept (one 万元)."""
    return _scaled(cny, Decimal(100_000_000), Decimal("0.0001"))


def ten_thousands(cny: Decimal | float | None) -> Decimal | None:
    """Yuan as 万元, two decimals kept."""
    return _scaled(cny, Decimal(10_000), Decimal("0.01"))


def _scaled(cny: Decimal | float | None, unit: Decimal, step: Decimal) -> Decimal | None:
    if cny is None:
        return None
    return (Decimal(str(cny)) / unit).quantize(step, ROUND_HALF_UP)


def amount(cny: Decimal | float | None) -> str:
    """Yuan in the unit a person would say: 3.5亿元, 860万元."""
    if cny is None:
        return NOTHING
    if abs(Decimal(str(cny))) >= 100_000_000:
        return f"{_plain(hundred_millions(cny), '0.01')}亿元"
    return f"{_plain(ten_thousands(cny), '1')}万元"


def hundred_millions_text(cny: Decimal | float | None) -> str:
    """The figure in 亿元 with two decimals and no unit, rounded as a workbook rounds it."""
    return _plain(hundred_millions(cny), "0.01")


def _plain(value: Decimal | None, step: str) -> str:
    return NOTHING if value is None else f"{value.quantize(Decimal(step), ROUND_HALF_UP):,}"


def day(value: dt.date | None, precision: str | None = None) -> str:
    """2026-03-01, or 2026年3月 and 2026年 where no more is known."""
    if value is None:
        return NOTHING
    if precision == "year":
        return f"{value.year}年"
    return f"{value.year}年{value.month}月" if precision == "month" else value.isoformat()


def share(value: Decimal | float | None) -> str:
    """A fraction as a percentage with one decimal, rounded as a workbook rounds it."""
    return NOTHING if value is None else f"{percent(value, '0.1')}%"


def percent(value: Decimal | float, step: str) -> Decimal:
    """A fraction as a percentage in whole steps, halves up as SQL and workbooks round: 0.08125 is 8.13, never 8.12."""
    return (Decimal(str(value)) * 100).quantize(Decimal(step), ROUND_HALF_UP)


def chinese(text: str | None) -> str | None:
    """The Chinese half of a sentence that luodi says twice, Chinese then English; other text as it is."""
    if text is None or not re.search(r"[\u4e00-\u9fff]", text):
        return text
    return _ENGLISH_TAIL.sub("", text)
