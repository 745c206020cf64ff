"""One header cell taken apart: its bare wording, its units, its period and the notes in its brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ingest.headers.header_english import in_chinese
from ingest.headers.header_script import simplified
from ingest.values.cell_text import squeeze
from ingest.values.units import Unit, split_trailing_unit, units_listed
from ingest.wording_registry import header_notes

_SILENT_MARKS = " ,，、;；:：/\\|.。·•'\"“”‘’`*※★☆#()（）[]【】〔〕{}<>《》「」『』_=+~!?-的及和与"
_SILENT = dict.fromkeys(map(ord, _SILENT_MARKS))
# Most wordings have none, and translating takes ten times as long as looking.
_HAS_SILENT = re.compile(f"[{re.escape(_SILENT_MARKS)}]").search


@lru_cache(maxsize=8192)
def head_key(text: str) -> str:
    """The wording made comparable: NFKC, lower case, no punctuation, no 的/及/和/与."""
    return plain_key(simplified(squeeze(text)))


def plain_key(wording: str) -> str:
    """`head_key` of a wording that is in normal form already, as the wording files must be."""
    return wording.translate(_SILENT) if _HAS_SILENT(wording) else wording


@dataclass(frozen=True, slots=True)
class Period:
    """The time a header states: `1-6月` is months 1 to 6, `2026年6月` year 2026, month 6 to 6; unstated parts are None.

    `is_as_of` says that the months are an as-of date (`截至6月底`), not the time in which something happened.
    """

    year: int | None = None
    month_from: int | None = None
    month_to: int | None = None
    is_as_of: bool = False

    @property
    def is_single_month(self) -> bool:
        """Whether it is one month and not an as-of date."""
        return self.month_from is not None and self.month_from == self.month_to and not self.is_as_of

    @property
    def is_whole_year(self) -> bool:
        """Whether it is a year and nothing finer."""
        return self.year is not None and self.month_from is None and not self.is_as_of

    @property
    def starts_in_january(self) -> bool:
        """Whether it is a range that begins with January (1-1月 is one too: `is_single_month`)."""
        return self.month_from == 1 and (self.month_to is None or self.month_to >= 1) and not self.is_as_of


@dataclass(frozen=True, slots=True)
class Segment:
    """One header cell of a path.

    Attributes:
        raw: as given.
        core: comparable wording without units, notes, numbering.
        timeless: `core` without its period; equal to `core` where none is stated.
        inner: comparable wordings of brackets inside the wording (`项目（企业）名称`); `core` holds them too.
        bracketed: comparable wordings of brackets behind it that are neither unit nor note; each must be explained.
        enumerated: brackets that list values (`（新建、续建）`).
        units: the units it states.
        period: the period it states.
        notes: brackets that say nothing about the meaning.
    """

    raw: str
    core: str
    timeless: str
    bracketed: tuple[str, ...] = ()
    enumerated: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    period: Period | None = None
    notes: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Core with what its unexplained brackets say."""
        return self.core + "".join(self.bracketed)


# ± says that a figure may be negative, and nothing of what it is.
_QUOTES = re.compile(r"[“”\"'‘’《》「」『』*※★☆±]")
_NUMBERING = re.compile(
    # Q2_投资主体, 第2题：投资主体: questionnaires number what they ask.
    r"^(?:\s*(?:[QqＱ]\d{1,2}[_.、．:：\s-]{1,2}|第\d{1,2}题[:：、.\s]?)(?=[*\s]*[㐀-鿿])|\s*[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（【\[]\d{1,2}[)）】\]]|\d{1,2}[、.．)）](?:(?!\d)|(?=(?:19|20)\d{2}年|\d{1,2}(?:[-—–~至]\d{1,2})?月))"
    # 3-总投资 is numbered; 1-本月完成投资 states months.
    r"|\d{1,2}[-—–](?![本至各全一二三四五六七八九十])(?=[一-鿿])|[①-⑳])+"
)
# 1-当月 and 开工至当月 end in the month that 1-本月 ends in; only the latter is in the word lists, and no numbering.
_UNTIL_THE_MONTH = re.compile(r"([至到]|\d月?份?\s*[-—–－~～]+\s*)当月")
# 签约日期_YYYYMMDD: how systems say what their cells look like.
_FORMAT_BEHIND = re.compile(r"(?<=[㐀-鿿])[\s_:：-]*y{4}[-/.]?mm(?:[-/.]?dd)?$", re.IGNORECASE)
# Marks of footnotes: 总投资(亿元)①, 开工时间②; m² is none.
_FOOTNOTE_MARK = re.compile(r"(?<![mM])[①-⑳❶-❿¹²³⁴-⁹]+(?=\s*(?:$|[(（\[【]))")
_BRACKET = re.compile(r"[(\[【〔{<]([^()\[\]【】〔〕{}<>]*)[)\]】〕}>]")
# 【项目名称】 is dressed; （园区） below a group is a detail of it.
_DRESSED = re.compile(r"[\[【〔{<]([^()\[\]【】〔〕{}<>]*)[\]】〕}>]")
_ANGLES = str.maketrans("〈〉", "()")
_UNIT_LABEL = re.compile(
    r"^(?:金额|计量|计价|货币)?单位[:：为]?|^金额[:：]|^(?:以|按)(?=.*计$)|计$|^(?:内资|外资)[:：-]|^折合?(?:人民币)?[,:]?"
)
_LABELLED_END = re.compile(r"[,，:：;；]?(?:金额)?单位[:：为]?([^()（）\[\]]+)$")
_LATIN = re.compile("[A-Za-z][a-z.]")
_TRANSLATION = re.compile(
    r"(?<=[㐀-鿿)）])(?=[A-Za-z\s.,'&/-]*[a-z]{3})[A-Za-z\s.,'&/-]{4,}$"
    # 总投资（万元） Total Investment (RMB 10,000): the unit stands before the translation.
    r"|(?<=[)）])(?=[A-Za-z\s.,'&/-]*[a-z]{3})[A-Za-z\s.,'&/-]{4,}[(（][A-Za-z\d\s.,'&/-]{2,24}[)）]$|^(?:No|no|NO)[.\s]+(?=[㐀-鿿])"
    # 总投资 Total Investment（亿元）: it stands behind the translation.
    r"|(?<=[㐀-鿿])(?=[A-Za-z\s.,'&/-]*[a-z]{3})[A-Za-z\s.,'&/-]{4,}(?=[(（][^()（）A-Za-z]{1,12}[)）]$)"
    r"|^(?=[A-Za-z\s.,'&/-]*[a-z]{3})[A-Za-z\s.,'&/-]{4,}(?:[(（][A-Za-z\d\s.,'&/-]{2,24}[)）]\s*)?(?=[㐀-鿿])"
)
# 总投资（万元） 注：含流动资金
_NOTE_BEHIND = re.compile(r"(?<=[^\s(（\[【,，;；])\s*(?:备?注|说明)[:：](.+)$", re.DOTALL)
CURRENCY_ONLY = frozenset({"人民币", "折人民币", "折合人民币"})
_CLAUSE = re.compile(r"[,，;；]")
_LIST = re.compile(r"[、,，/;；|]|还是")

_YEAR = r"(?P<year>(?:19|20)\d{2})年?(?:度)?"
_PERIOD = re.compile(
    rf"(?:{_YEAR}(?:-|\.|/)?)?(?P<from>元|1[0-2]|[1-9]|0[1-9])月?(?:份)?[-~至到](?P<to>1[0-2]|0?[1-9]|本|n|x+|\*+|_+)?月(?:份)?(?P<r_end>底|末)?"
    rf"|(?:(?P<y2>(?:19|20)\d{{2}})年?(?:度)?(?:-|\.|/)?)?(?P<month>1[0-2]|0?[1-9])月(?:份)?(?P<day>\d{{1,2}}日)?(?P<end>底|末)?"
    rf"|(?:(?P<y3>(?:19|20)\d{{2}})年?(?:度)?)?(?P<span>上半年|前三季度|前3季度|前三个季度|一季度|第一季度|1季度|前两季度|一二季度)"
    rf"|(?:(?P<y5>(?:19|20)\d{{2}})年(?:度)?)?前(?P<first>1[01]|[2-9]|十一|[二两三四五六七八九十])个月(?:份)?"
    rf"|(?P<y4>(?:19|20)\d{{2}})(?:年度|年底|年末|年|(?![\d.])(?=\D))"
)
# 1月1日至9月30日 is January to September; 9月1日至15日 is no span of months.
_WHOLE_MONTHS = re.compile(
    r"(?<!\d)(1[0-2]|0?[1-9])月(?:0?1日)[-~至到](?:(?:19|20)\d{2}年)?(1[0-2]|0?[1-9])月(?:2[89]|3[01])日"
)
# 截至2025.9, 截至2025-9-30, 截至9.30: an as-of date in figures; 2025.1-2025.10 is January to October.
_AS_OF_IN_FIGURES = re.compile(
    r"(?<=[至止到])((?:19|20)\d{2})[.\-/](1[0-2]|0?[1-9])(?:[.\-/](3[01]|[12]\d|0?[1-9])日?)?(?![\d.月])"
)
_DAY_IN_FIGURES = re.compile(r"(?<=截[至止])(1[0-2]|0?[1-9])[./](3[01]|[12]\d|0?[1-9])日?(?![\d.月])")
_MONTHS_IN_FIGURES = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[./年](1[0-2]|0?[1-9])月?[-~至](?:\1[./年])?(1[0-2]|0?[1-9])(?![\d./年月])"
)
# 2026-01项目进度: of a month in figures with two places, with words behind it.
_MONTH_IN_FIGURES = re.compile(r"(?<![\d.\-/])((?:19|20)\d{2})[-./](0[1-9]|1[0-2])(?=(?!月)[㐀-鿿])()")
_UNTIL_NOW = re.compile("^起?(?:至今|至目前|到目前|到现在|以来)|^起(?!止)")
_SPANS = {"上半年": 6, "前两季度": 6, "一二季度": 6, "一季度": 3, "第一季度": 3, "1季度": 3}
_COUNTED = {name: count for count, name in enumerate("二三四五六七八九十", start=2)} | {"两": 2, "十一": 11}
_AS_OF = re.compile(r"(?:截至|截止|截止到|截至到|至|到)$")


_MONTH_NAMES = {
    name: str(month)
    for month, name in enumerate(("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), start=1)
}
_MONTH_NAME = re.compile(
    r"(十[一二]?|[一二三四五六七八九])(?=月|至[一二三四五六七八九十]+月|-[一二三四五六七八九十]+月)"
)


def _period(text: str) -> tuple[Period | None, str]:
    """The first period in the text, and the text without it (an as-of word in front of it stays)."""
    text = _MONTH_IN_FIGURES.sub(_spelled, _AS_OF_IN_FIGURES.sub(_spelled, text))
    text = _MONTHS_IN_FIGURES.sub(r"\1年\2-\3月", _DAY_IN_FIGURES.sub(r"\1月\2日", text))
    text = _WHOLE_MONTHS.sub(r"\1-\2月", _MONTH_NAME.sub(lambda name: _MONTH_NAMES[name[1]], text))
    match = _PERIOD.search(text)
    if match is None:
        return None, text
    before, after = text[: match.start()], text[match.end() :]
    if match["month"] and (since := _UNTIL_NOW.match(after)) is not None:
        return _since(match, before.removesuffix("自").removesuffix("从"), after[since.end() :], text)
    as_of = bool(_AS_OF.search(before))
    year = next((int(match[name]) for name in ("year", "y2", "y3", "y4", "y5") if match[name]), None)
    if match["from"]:
        last = match["to"] or ""
        first = 1 if match["from"] == "元" else int(match["from"])
        period = Period(year, first, int(last) if last.isdigit() else None, as_of)
    elif match["month"]:
        if match["day"] and not as_of:
            # 8月31日完成投资: what was done that day, or until it.
            return None, text
        month = int(match["month"])
        period = Period(year, month, month, as_of or bool(match["end"]))
    elif match["first"]:
        last = match["first"]
        period = Period(year, 1, int(last) if last.isdigit() else _COUNTED[last], as_of)
    elif match["span"]:
        period = Period(year, 1, _SPANS.get(match["span"], 9), as_of)
    else:
        ends = text[match.start() : match.end()].endswith(("底", "末"))
        period = Period(year, 12 if ends else None, 12 if ends else None, as_of or ends)
    return period, before + after


def _spelled(date: re.Match[str]) -> str:
    return f"{date[1]}年{date[2]}月" + (f"{date[3]}日" if date[3] else "")


def _since(match: re.Match[str], before: str, after: str, text: str) -> tuple[Period | None, str]:
    """1月至今, 1月1日以来: since January. What happened since another month or day is no scope that luodi knows."""
    from_january = int(match["month"]) == 1 and match["day"] in (None, "1日", "01日") and not match["end"]
    if not from_january:
        return None, text
    return Period(int(match["y2"]) if match["y2"] else None, 1), before + after


@cache
def _note() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{note.pattern})" for note in header_notes()))


def _bracket_kind(text: str) -> tuple[str, tuple[Unit, ...]]:
    units = units_listed(_UNIT_LABEL.sub("", text))
    if units:
        return "unit", units
    if (parts := _CLAUSE.split(text))[1:]:
        # 万元，保留整数: a unit and what to mind. 万元，与备案证一致 would be a note as a whole.
        kinds = [_bracket_kind(part) for part in parts if part]
        if {kind for kind, _ in kinds} <= {"note", "unit"}:
            stated = tuple(unit for _, found in kinds for unit in found)
            return ("unit", stated) if stated else ("note", ())
    if _note().fullmatch(text):
        return "note", ()
    if len(_LIST.split(text)) > 1:
        return "enumerated", ()
    return "wording", ()


def _without_unit_clauses(text: str) -> tuple[str, tuple[Unit, ...]]:
    """`截至2024年6月,万元`, `今年以来,万元` → what the bracket says, and the unit of money beside it."""
    parts = [part for part in _CLAUSE.split(text) if part]
    units = [units_listed(_UNIT_LABEL.sub("", part)) for part in parts]
    others = [part for part, stated in zip(parts, units, strict=True) if not stated]
    if len(others) != 1 or len(parts) == 1 or not any(unit.is_money for stated in units for unit in stated):
        return text, ()
    return others[0], tuple(unit for stated in units for unit in stated)


def _without_note_clauses(text: str) -> str:
    """`截至2024年6月,以凭证为准,须附凭证` → the one clause that is no instruction."""
    parts = [part for part in _CLAUSE.split(text) if part]
    others = [part for part in parts if not _note().fullmatch(part)]
    return others[0] if len(others) == 1 < len(parts) else text


# 总投资/亿
_SLASHED = re.compile("[/／](亿|万)$")
_PIVOT = re.compile(
    r"^\s*(?:[行列]标签\s*$|(?:计数|求和|平均值|最大值|最小值|乘积|数值计数)项\s*[:：]"
    r"|(?:Count|Sum|Average|Max|Min) of |(?:Row|Column) Labels\s*$)",
    re.IGNORECASE,
)


def is_of_pivot(raw: str) -> bool:
    """Whether a header is one that Excel's pivot tables write (行标签, 计数项:项目名称): what it counts is no field of a record."""
    return _PIVOT.match(raw) is not None


def _untranslated(raw: str) -> str:
    """`项目名称 Project Name` without its translation; capitals alone (FDI) are none."""
    return raw if raw.isascii() or not _LATIN.search(raw) else _TRANSLATION.sub("", raw)


def _unit_of_note(note: re.Match[str]) -> str:
    """Nothing of a note behind a header's wording, but what it may say of the unit (注：单位万元), as in brackets."""
    return f"({note[1].strip()})" if "元" in note[1] or "%" in note[1] else ""


@lru_cache(maxsize=8192)
def segment(raw: str) -> Segment:
    """Take one header cell apart. Never raises."""
    if raw.isascii() and (chinese := in_chinese(raw)) is not None:
        return segment(chinese)
    text = _plain(raw)
    whole = units_listed(text)
    if whole:
        # 天数, 个数 and 名次 are headers as well as units; 万元 and % are units only.
        core = "" if any(unit.is_money or len(unit.text) == 1 for unit in whole) else head_key(text)
        return Segment(raw, core, core, units=whole)
    if dressed := _DRESSED.fullmatch(text):
        text = dressed[1]
    text = _SLASHED.sub(r"(\1)", text)
    units: list[Unit] = []
    if (labelled := _LABELLED_END.search(text)) and (stated := units_listed(labelled[1])):
        text = text[: labelled.start()]
        units.extend(stated)
    bare, found, in_brackets = _without_brackets(text)
    units.extend(in_brackets)
    trailing = [word for word in found["wording"] if f"{word}" not in bare]
    bare = bare.replace(_GAP, "")
    if not units:
        bare, stated = split_trailing_unit(bare)
        units.extend(stated)
    if bare.endswith("%") and len(bare) > 1:
        bare = bare[:-1]
        units.extend(units_listed("%"))
    period, timeless = _period(bare)
    if period is None:
        period, trailing = _bracket_period(trailing)
    return Segment(
        raw,
        head_key(bare),
        head_key(timeless),
        tuple(head_key(word) for word in trailing),
        tuple(found["enumerated"]),
        tuple(units),
        period,
        tuple(found["note"]),
        tuple(head_key(word) for word in found["wording"] if word not in trailing and word in bare),
    )


def bare_heading(raw: str) -> str:
    """A header's own words, or the whole of one that reads like a unit (年, 月)."""
    return segment(raw).core or squeeze(raw)


def _plain(raw: str) -> str:
    """The header's own words, in simplified characters: without translation, footnote marks, numbering, quotes, blanks."""
    untranslated = _untranslated(raw)
    if "：" in raw or ":" in raw:
        untranslated = _NOTE_BEHIND.sub(_unit_of_note, untranslated)
    untranslated = simplified(_FORMAT_BEHIND.sub("", untranslated)).translate(_ANGLES)
    unmarked = _UNTIL_THE_MONTH.sub(r"\1本月", _FOOTNOTE_MARK.sub("", untranslated) or raw)
    return _QUOTES.sub("", squeeze(_NUMBERING.sub("", unmarked) or unmarked))


_GAP = "\x00"  # where a bracket stood


def _without_brackets(text: str) -> tuple[str, dict[str, list[str]], list[Unit]]:
    """The text without its brackets, what stood in them by kind (note, enumerated, wording), and the units among it."""
    found: dict[str, list[str]] = {"note": [], "enumerated": [], "wording": []}
    units: list[Unit] = []

    def take(match: re.Match[str]) -> str:
        text_inside, beside = _without_unit_clauses(match[1])
        text_inside = _without_note_clauses(text_inside)
        units.extend(beside)
        kind, stated = _bracket_kind(text_inside)
        if kind == "unit":
            units.extend(stated)
        elif text_inside:
            found[kind].append(text_inside)
        # Words inside a wording (`新(续)建`, `项目(企业)名称`) belong where they stand; `总投资额(预计)(亿元)` has none.
        inside = kind == "wording" and _BRACKET.sub("", text[match.end() :]).strip()
        return text_inside if inside else _GAP

    bare = _BRACKET.sub(take, text)
    return ("" if _says_currency_only(bare.strip(_GAP), units) else bare), found, units


def _says_currency_only(bare: str, stated: Sequence[Unit]) -> bool:
    """人民币（万元） and 美元（万美元） say which money is counted, and nothing of what it is."""
    if bare in CURRENCY_ONLY:
        return True
    named = units_listed(bare) if stated else ()
    # 元 is a unit of ours, and no currency's name.
    is_currency = len(named) == 1 and named[0].is_money and named[0].multiplier == 1 and named[0].code != "CNY"
    return is_currency and all(unit.code == named[0].code for unit in stated)


_ROUND = str.maketrans("[]【】〔〕{}", "()()()()")
_LAST_BRACKET = re.compile(r"\(([^()]*)\)$")


@lru_cache(maxsize=16384)
def said(path: Sequence[str]) -> tuple[tuple[str, tuple[Unit, ...]], ...]:
    """What a header's path says, however it is written: 投资规模（单位：亿元） and 投资规模(亿元) are one."""
    return tuple((part.key, tuple(replace(unit, text="") for unit in part.units)) for part in map(segment, path))


def undressed(raw: str) -> tuple[str, ...]:
    """A header cell as written without numbering, quotes and marks of footnotes, then also without the notes behind it:
    `③合资/独资（必填）` → `合资/独资(必填)`, `合资/独资`."""
    unmarked = _UNTIL_THE_MONTH.sub(r"\1本月", _FOOTNOTE_MARK.sub("", raw))
    plain = simplified(_QUOTES.sub("", squeeze(_NUMBERING.sub("", unmarked))))
    text = plain.translate(_ROUND).rstrip(":")
    found = [text]
    while (last := _LAST_BRACKET.search(text)) and _note().fullmatch(last[1]):
        text = text[: last.start()].rstrip(":")
        found.append(text)
    return tuple(filter(None, found))


def _bracket_period(words: list[str]) -> tuple[Period | None, list[str]]:
    """The period that a bracket states alone (`到位资金（截至6月底）`), and the other brackets."""
    for word in words:
        period, rest = _period(word)
        if period is not None and not (said := rest.strip("截至止到底末")).removeprefix("累计"):
            # （1-11月累计） says the time and that it is counted together.
            return period, [other for other in words if other != word] + ([said] if said else [])
    return None, words
