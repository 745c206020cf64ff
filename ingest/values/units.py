"""Units of money and count: how they are written in headers, unit lines and cells (`wording/units.csv`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ingest.headers.header_english import unit_in_english
from ingest.headers.header_script import simplified
from ingest.values.cell_text import squeeze
from ingest.wording_registry import UnitWord, unit_words

MONEY_CODES = frozenset(word.code for word in unit_words() if word.kind == "currency")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `code` is an ISO currency (`CNY USD HKD EUR…`) or `count people percent mu sqm days months score…`.

    `multiplier` turns a printed number into whole `code` (万元 → 10 000 yuan); `text` is the unit as written.
    `is_currency_stated` is false for a bare magnitude (`(亿)`), which is taken as yuan where nothing else is said.
    """

    code: str
    multiplier: Decimal
    text: str
    is_currency_stated: bool = True

    @property
    def is_money(self) -> bool:
        """Whether it is a unit of money."""
        return self.code in MONEY_CODES


def alternation(words: list[str]) -> str:
    """A regular expression alternation that prefers the longer word."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _by_kind(kind: str) -> dict[str, UnitWord]:
    return {squeeze(word.word): word for word in unit_words() if word.kind == kind}


def currencies() -> dict[str, str]:
    """Currency word → ISO code."""
    return {word: unit.code for word, unit in _by_kind("currency").items()}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    money = alternation(list(_by_kind("currency")))
    magnitude = alternation(list(_by_kind("magnitude")))
    measure = alternation(list(_by_kind("measure")))
    one = rf"(?:(?:{money})[:：]?(?:{magnitude})?(?:{money})?|(?:{magnitude})(?:{money})?(?:\((?:{money})\))?|(?:{measure}))"
    whole = re.compile(
        rf"\(?(?P<before>{money})?:?\)?(?P<magnitude>{magnitude})?(?P<after>{money})?(?:\((?P<bracket>{money})\)|(?P<last>{money}))?"
    )
    listed = re.compile(rf"(?:{one})(?:[、,;/和及或与|]+(?:{one}))*")
    several = rf"(?:{one})(?:[、,;/和及或与|]+(?:{one}))*"
    line = re.compile(
        rf"(?:单位(?:均)?(?::|为|是)?|金额均?(?::|为))\(?({several})\)?(?![一-鿿])"
        rf"|(?:以|按)({several})(?:为(?:计量)?单位|计(?![一-鿿])|计算|统计)"
    )
    return whole, listed, line


# They name the currency and leave open whether yuan or ten thousand yuan are counted.
_NOT_ALONE = frozenset({"人民币", "rmb", "cny", "外币", "¥"})


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """The single unit that `text` is, whole, or None: `万元` `亿元人民币` `USD` `个` `%`."""
    squeezed = squeeze(text)
    measure = _by_kind("measure").get(squeezed)
    if measure is not None:
        return Unit(measure.code, Decimal(measure.factor), squeezed)
    match = _patterns()[0].fullmatch(squeezed)
    if match is None or not squeezed:
        return None
    magnitude = match["magnitude"]
    factor = Decimal(_by_kind("magnitude")[magnitude].factor) if magnitude else Decimal(1)
    codes = {currencies()[word] for word in (match["before"], match["after"], match["bracket"], match["last"]) if word}
    if len(codes) > 1:
        return None
    if not codes and (magnitude is None or factor < 1000):
        return None
    if magnitude is None and squeezed in _NOT_ALONE:
        return None
    return Unit(
        codes.pop() if codes else "CNY", factor, squeezed, bool(match["before"] or match["after"] or match["bracket"])
    )


@cache
def units_as_written() -> dict[str, Unit]:
    """Every word of `units.csv` that is a unit by itself, and every magnitude before a currency (万元), in lower case."""
    words = [*_by_kind("measure"), *_by_kind("currency")]
    words += [magnitude + currency for magnitude in _by_kind("magnitude") for currency in _by_kind("currency")]
    return {word: unit for word in words if (unit := parse_unit(word)) is not None}


_YUAN = frozenset({"人民币", "rmb", "cny"})
_SEPARATOR = re.compile(r"[、,;/和及或与|]+")


@lru_cache(maxsize=4096)
def units_listed(text: str) -> tuple[Unit, ...]:
    """The units that `text` is a list of, whole (`万元/万美元`), or nothing."""
    parts = [part for part in _SEPARATOR.split(squeeze(text)) if part]
    if len(parts) == 2 and not _YUAN.isdisjoint(parts):
        # 人民币/亿元 and 亿元、人民币 are one unit; 美元/万元 may be two.
        parts = ["".join(sorted(parts, key=lambda part: part not in _YUAN))]
    units = [parse_unit(part) for part in parts]
    return tuple(unit for unit in units if unit is not None) if units and all(units) else ()


_BRACKETED = re.compile(r"[(\[【〔{<《]([^()\[\]【】〔〕{}<>《》]{1,24})[)\]】〕}>》]")
_LABELLED = re.compile(
    r"^(?:.*?(?:单位|金额)(?:均)?(?::|为|是)?|以|按|(?:内资|外资|人民币|外币)[-:])?(.*?)(?:计|计算)?$"
)


_CLAUSE = re.compile(r"[,;]")
# 单位：内资：万元；外资：万美元 says of each unit whose money it counts, which its currency says as well.
_WHOSE_UNIT = re.compile("(?<=[:、,;/(为位])(?:内资|外资|外币)[:为-]?(?=[^:、,;/]{0,3}元)")
_IS_LABELLED = re.compile("(?:金额|计量|货币)?单位[:：]")


def _labelled(word: str) -> tuple[Unit, ...]:
    match = _patterns()[2].fullmatch(squeeze(word))
    return units_listed(match[1]) if match and match[1] else ()


_CELLS = re.compile(r"\s{2,}")


@lru_cache(maxsize=4096)
def unit_in_text(text: str | None) -> tuple[Unit, ...]:
    """The units that a title, unit line, group or leaf header states, in order: `金额单位：亿元、万美元` gives two.

    A unit counts only where it is labelled (`单位：…`), alone in brackets (`（万元）`) or the whole text; the 亿元 of
    `亿元以上项目` is no unit.
    """
    if not text:
        return ()
    squeezed = simplified(squeeze(text))
    whole = units_listed(squeezed)
    if whole:
        return whole
    if "单位" in squeezed:
        squeezed = _WHOSE_UNIT.sub("", squeezed)
    elif len(of_each := units_listed(_WHOSE_UNIT.sub("", f":{squeezed}")[1:])) > 1:
        # 内资：万元；外资：万美元, a line by itself.
        return of_each
    found: list[Unit] = []
    for match in _patterns()[2].finditer(squeezed):
        found.extend(units_listed(match[1] or match[2]))
    for match in _BRACKETED.finditer(squeezed):
        inner = _LABELLED.match(match[1])
        if inner is not None:
            # （2026年6月，万元）: the last clause alone may be the unit.
            units = units_listed(inner[1]) or units_listed(_CLAUSE.split(inner[1])[-1])
            found.extend(unit for unit in units if unit not in found)
    if not found and len(cells := _CELLS.split(text.strip())) > 1:
        # 单位：亿元 and 截至7月31日 in cells of one line.
        found.extend(unit for cell in cells for unit in unit_in_text(cell))
    if not found:
        # 台账 单位：万元 填报日期：3月5日 with single spaces between.
        found.extend(unit for word in text.split() if _IS_LABELLED.match(word) for unit in _labelled(word))
    if not found and (english := unit_in_english(text)) is not None:
        found.extend(units_listed(english))
    return tuple(dict.fromkeys(found))


@cache
def _unit_ends() -> frozenset[str]:
    return frozenset(squeeze(word.word)[-1] for word in unit_words()) | {")"}


@lru_cache(maxsize=4096)
def split_trailing_unit(text: str) -> tuple[str, tuple[Unit, ...]]:
    """A header without brackets whose end is a unit: `总投资万元`, `投资额/亿元`, `金额:万美元` → rest and units."""
    if not text or text[-1] not in _unit_ends():
        return text, ()
    for cut in range(1, len(text)):
        units = units_listed(text[cut:]) if text[cut] not in ":/_-、,|" else ()
        if units and all(unit.is_money and unit.is_currency_stated for unit in units):
            return text[:cut].rstrip(":/_-、,|"), units
    return text, ()
