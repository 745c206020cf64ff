"""Numbers with their units: `近3成`, `30多次`, `1.2亿元`, `亿元以上`, `18,000万美元`, `两个`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.news.facts.wording import read_units

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_MAGNITUDES = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
_APPROXIMATE = "多余来几"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit in the normalised text.

    `family` is a currency code, `count`, `percent`, `times` or `points`; `unit` the unit as printed; `bound` says that
    the number limits a slice instead of being a figure: `min` (以上), `max` (以下), `band` (10亿级, 亿元项目).
    """

    start: int
    end: int
    value: Decimal
    family: str
    unit: str
    bound: str | None = None
    is_range: bool = False

    @property
    def is_money(self) -> bool:
        """Whether the figure is an amount of money."""
        return len(self.family) == 3


@cache
def _pattern() -> re.Pattern[str]:
    units = read_units()
    currencies = "|".join(sorted((u for u in units if len(units[u][0]) == 3), key=len, reverse=True))
    others = "|".join(sorted((re.escape(u) for u in units if len(units[u][0]) != 3), key=len, reverse=True))
    magnitude = "|".join(sorted(_MAGNITUDES, key=len, reverse=True))
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    chinese = r"[一二两三四五六七八九十百千零〇]+"
    return re.compile(
        rf"(?P<number>{number}|{chinese})?(?P<about>[{_APPROXIMATE}])?(?P<magnitude>{magnitude})?(?P<about2>[{_APPROXIMATE}])?"
        rf"(?:(?P<currency>{currencies})|(?P<unit>{others}))?"
    )


# Where a quantity can begin: the scan looks at these characters only.
_BEGIN = re.compile(r"\d|[一二两三四五六七八九十百千万亿]")
_RANGE_BEFORE = re.compile(r"[\d一二两三四五六七八九十个家亿万元%][—\-~至到]$")
_RANGE_AFTER = re.compile(r"^[—\-~](?=[\d一二两三四五六七八九十])")
_MIN = re.compile(r"^(?:人民币)?(?:）)?(?:及|\(含\)|（含）)?(?:其)?以上")
_MAX = re.compile(r"^(?:及)?以下|^以内")
_BAND = re.compile(
    r"^(?:级|元级|量级|规模以上)|^(?:的)?(?:重大|重点|以上|产业|工业|大)?(?:项目|产业|企业|集群|园区|强|元产业|工程)"
)
_FRACTION = re.compile(r"百分之(?P<number>[\d.]+|[一二三四五六七八九十百零点]+)")


def chinese_number(text: str) -> Decimal | None:
    """`三十二` → 32; None where the characters are no number (`一一`)."""
    total = current = 0
    seen_digit = False
    for char in text:
        if char in _DIGITS:
            if seen_digit and current:
                return None
            current, seen_digit = _DIGITS[char], True
        else:
            total += (current if seen_digit and current else 1) * _SMALL[char]
            current, seen_digit = 0, False
    return Decimal(total + current)


def find_quantities(text: str) -> list[Quantity]:
    """Every number with a unit that figures can have, in order. Pure, linear."""
    found: list[Quantity] = []
    pattern, units = _pattern(), read_units()
    at = 0
    while (begin := _BEGIN.search(text, at)) is not None:
        start = begin.start()
        match = pattern.match(text, start)
        at = start + 1
        if match is None or match.end() == start:
            continue
        at = max(at, match.end() if match["number"] or match["currency"] else start + 1)
        quantity = _quantity(text, match, units)
        if quantity is not None:
            found.append(quantity)
    for part in _FRACTION.finditer(text):
        number = part["number"]
        value = Decimal(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else chinese_number(number.split("点")[0])
        if value is not None:
            found = [q for q in found if q.end <= part.start() or q.start >= part.end()]
            found.append(Quantity(part.start(), part.end(), value, "percent", "百分之"))
    return sorted(found, key=lambda quantity: quantity.start)


def _quantity(text: str, match: re.Match[str], units: dict[str, tuple[str, Decimal]]) -> Quantity | None:
    number, magnitude, currency, unit = match["number"], match["magnitude"], match["currency"], match["unit"]
    # The regular expression takes 千 and 百 of 千亿 into a Chinese number: give them back.
    if number and not number[0].isdigit() and magnitude is None and number[-1] in _SMALL and currency:
        pass
    value = _value(number, magnitude)
    if value is None:
        return None
    end = match.end()
    after = text[end : end + 8]
    if currency:
        family, factor = units[currency]
        return _bounded(text, match.start(), end, value * factor, family, currency, number)
    if unit:
        if number is None:
            return None
        family, factor = units[unit]
        if family == "count" and _not_a_count(text, match.start(), end, number, unit):
            return None
        return _bounded(text, match.start(), end, value * factor, family, unit, number)
    if (magnitude and "亿" in magnitude) or (magnitude in ("万", "千万", "百万") and re.match(r"^(?:及)?以上", after)):
        if after[:1] in "吨千度立平斤只株羽头尾支片台件套条辆人次方瓦":
            return None
        return _bounded(text, match.start(), end, value, "CNY", magnitude or "", number)
    return None


def _value(number: str | None, magnitude: str | None) -> Decimal | None:
    if number is None and magnitude is None:
        return None
    base = Decimal(1)
    if number is not None:
        parsed = Decimal(number.replace(",", "")) if number[0].isdigit() else chinese_number(number)
        if parsed is None:
            return None
        base = parsed
    return base * _MAGNITUDES[magnitude] if magnitude else base


def _not_a_count(text: str, start: int, end: int, number: str, unit: str) -> bool:
    """`第3个`, `一个`, `3个月`, `3人民币` and the like."""
    before, after = text[max(0, start - 1) : start], text[end : end + 3]
    if before and before in "第每某这那哪各几数.·":
        return True
    if number == "一" or (number in ("百", "千", "万")):
        return True
    # “三个500强”企业42家: the name of a class.
    if before in ("“", '"') and text[end : end + 4] == "500强":
        return True
    if unit == "成" and after[:1] and after[0] in "立为功果员交本绩效长都渝熟就品":
        return True
    return bool(
        (unit == "个" and re.match(r"月|工作日|百分点|小时|学时|平方|年", after))
        or (unit in ("人", "户") and after[:1] in ("民", "才", "均", "口", "外"))
        or (unit in ("名", "位") and before in ("第",))
        or (unit == "家" and after[:1] in ("庭", "具", "电", "纺"))
        or (unit == "大" and not after.startswith(("项目", "工程")))
    )


# 以上 at the end of a clause bounds the figure itself (力争50亿元以上，); before a noun or number it bounds a slice.
_FLOOR_END = re.compile(r"^(?:人民币)?(?:及)?以上(?:$|[，。；、）])")
_HEADED = re.compile(
    r"(?:投资|总投资|投资额|总额|金额|资金|引资|到位|到资|内资|外资|额)(?:约|近|达到?|超过?|逾|突破|为|共|共计|总计|合计|累计|规模)*$"
)


def _bounded(
    text: str, start: int, end: int, value: Decimal, family: str, unit: str, number: str | None
) -> Quantity | None:
    before, after = text[max(0, start - 14) : start], text[end : end + 10]
    is_range = bool(_RANGE_BEFORE.search(before) or _RANGE_AFTER.match(after))
    return Quantity(
        start, end, value, family, unit, _bound(before, after, number) if len(family) == 3 else None, is_range
    )


# 亿元项目: of a hundred million and more.
_OF_THAT_SIZE = re.compile(r"^(?:重大|重点|产业|工业|大)?项目")
# 投资超10亿元的项目9个: the amount limits what is counted, whatever stands before it.
_LIMITS_A_COUNT = re.compile(r"^的?(?:重大|重点|产业|工业|大)?项目(?:共|有|达|仅)?\d|^、[过超]")


def _bound(before: str, after: str, number: str | None) -> str | None:
    if before.endswith(("超", "过", "逾")) and _LIMITS_A_COUNT.match(after):
        return "min"
    if _MIN.match(after):
        return None if _FLOOR_END.match(after) and number is not None and _HEADED.search(before) else "min"
    if _MAX.match(after):
        return "max"
    if number is None and _OF_THAT_SIZE.match(after):
        return "min"
    if number is None or (_BAND.match(after) and not _HEADED.search(before)):
        return "min" if before.endswith(("超", "过", "逾", "超过")) else "band"
    return None
