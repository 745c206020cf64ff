"""Rows that are no data, told by their labels: totals, groups, notes, signatures, templates.

The wordings are data (`wording/furniture.csv`). Everything here looks at the text of labels only; where a row stands and
what else it holds is judged by `ingest.rows.row_roles`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.fields import WORDING
from ingest.values.printed import compact
from ingest.wording_file import read_rows

KINDS = (
    "total",
    "subtotal",
    "average",
    "of_which",
    "note",
    "signature",
    "template",
    "template_hint",
    "template_sheet",
    "continued",
    "project",
    "comparison",
    "signer",
    "heading",
    "label",
    "class",
)
MATCHES = ("exact", "prefix", "suffix", "contains")
# {上年|去年|}同期: every choice of its braces; too many to be spelled out.
PATTERN = "pattern"
_BRACES = str.maketrans({"{": "(?:", "}": ")"})

_HAN_NUMBER = "[一二三四五六七八九十百]+"
_GROUP_NUMBERS = (
    (1, re.compile(rf"^第{_HAN_NUMBER}(?:部分|类|批|组|章)[、.,:\s]?")),
    (1, re.compile(r"^第\d{1,2}(?:部分|类|组)[、.,:]")),
    (1, re.compile(r"^第\d{1,2}[章篇][、.,:]?")),
    (1, re.compile(rf"^附?表(?:\d{{1,2}}|{_HAN_NUMBER})[-、.,:]?(?=\D)")),
    (1, re.compile(rf"^{_HAN_NUMBER}(?:[、.,:](?!{_HAN_NUMBER}(?:[、.,]{_HAN_NUMBER})*期)|$)")),
    (1, re.compile(r"^(?:[ivx]+|[a-h])(?:[、.,:]|$)")),
    (1, re.compile(r"^[a-h]类[、.,:]")),
    (1, re.compile(r"^[甲乙丙丁戊己庚辛][、.:]")),
    (1, re.compile(r"^[壹贰叁肆伍陆柒捌玖拾]{1,2}(?:[、.,:]|$)")),
    (2, re.compile(rf"^\({_HAN_NUMBER}\)[、.]?(?!期)")),
    (3, re.compile(r"^\d{1,3}(?:[、.](?!\d)|、(?=\d+[百千]?[亿万]元))")),
    (4, re.compile(r"^\(\d{1,3}\)")),
    (4, re.compile(r"^(?:\d{1,3}|[a-h])\)(?=.)")),
)
_SPACED = re.compile(rf"^\s*{_HAN_NUMBER}[ \u3000]+(?=\S)")
_CIRCLED = re.compile("^[①-⑳](?=.)")
_CIRCLED_LEVEL = 5
_COUNT = re.compile(r"[(:,,、]*(?:共计|合计|小计|总计|共|计)?(\d{1,5})(?:个|项|家|宗)(?:项目|企业)?\)?")
_COUNT_WITHIN = re.compile("[0-9][个项家宗]").search
# Of 小计3个项目 the count is 3个项目: 计 belongs to the label.
_ONLY_COUNT = re.compile(r"(?<=计)\d{1,5}(?:个|项|家|宗)(?:项目|企业)?$")
_COUNTED = re.compile(
    r"^(?:(?:该|本)(?:类|组|片区|乡镇?|镇|园区|单位))?(?:总|合)?(?:共计?|计)"
    r"(?:[:,]?(?:签约|招商|引进|在谈|在建|开工|投产)?(?:项目|企业)数?)?\d{1,5}(?:(?:个|项|家|宗)(?:项目|企业)?|条(?:记录|数据|信息)?)$"
)
# 在建项目12个，总投资60.2亿元，累计到位20.1亿元: a heading and what it comes to.
_COMES_TO = re.compile(
    r"[,，:：、](?:计划|预计|协议|合同|年度|今年|本年|当年|本月)?(?:总投资|投资|累计|到位|完成|签约额|引资)[^,，]*\d.*$"
)
# 在建项目 3个 8亿元: the same without words.
_SEPARATORS = frozenset(",，:：、")  # what `_COMES_TO` begins with
_COMES_TO_BARE = re.compile(r"(?<=\d[个项家宗])\)?[,，:：、]?(?:总?投资额?)?[\d.]+[百千]?(?:亿|万)元?$")
_MONEY_ENDS = ("亿", "万", "元")  # what `_COMES_TO_BARE` ends with
_ORNAMENTS = "、.,:()[]【】<>《》★☆◆◇◎●○■□▲△▼▽►▶※=-—– "
_TRAILING = re.compile(r"[(\[][^()\[\]]*[)\]]$|[:、,.]+$")
_TRAILERS = (")", "]", ":", "、", ",", ".")  # what `_TRAILING` ends with
_COLUMN_NUMBER = re.compile(r"^[(\[<〈《]?(\d{1,3})[)\]>〉》]?(?:=.*)?$|^(\d{1,3})(?:=|\+|-|/|\*|[a-z]).*$")
_NOTHING = re.compile(
    r"^\(?(?:本|当|上|今|全)?(?:月|期|周|季度?|年|旬)?(?:份)?(?:暂)?(?:无|没有)(?:新增|新签约|新开工|项目|变化)[^厂园城]{0,8}\)?$"
    r"|^\(?[本当上](?:月|期|周|季度?|年|旬)(?:份)?(?:暂)?(?:无|没有)\)?$"
)
_LONGEST_TOTAL = 24
_LONGEST_PART = 12
# 同比±%, 占比（%）, 完成目标（亿元）: how it is measured.
_MEASURED = re.compile(r"(?:\((?:[±+\-%‰]*|百?万元|亿元|位|名)\)|[±%‰]+)+$")
_MEASURES = (")", "±", "%", "‰")  # what `_MEASURED` ends with
_EARLIER_YEAR = re.compile(r"^(?:19|20)\d\d年度?(?=同)")
_COLUMN_LETTER = "甲乙丙丁戊己庚辛壬癸"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_NAMES_OF_NUMBERS = frozenset({"栏次", "栏号", "列次", "列号", "栏目序号"})


@dataclass(frozen=True, slots=True)
class GroupLabel:
    """A numbered group heading: `（一）工业项目（12个）` is level 2, label 工业项目, 12 stated projects."""

    level: int
    label: str
    stated_count: int | None


@cache
def _wordings() -> dict[tuple[str, str], frozenset[str]]:
    """Wordings by (kind, match).

    Raises:
        WordingError: kind or match is unknown, or a wording stands twice; the message names the line.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for row in read_rows(WORDING / "furniture.csv", ("kind", "match", "wording", "note"), frozenset({"note"})):
        key = row.one_of("kind", KINDS), row.one_of("match", (*MATCHES, PATTERN))
        wording = compact(row["wording"])
        if not wording or wording in found.setdefault(key, set()):
            raise row.refuse(f"「{row['wording']}」重复或为空", f"empty or twice: {row['wording']!r}")
        found[key].add(wording)
    return {key: frozenset(words) for key, words in found.items()}


@cache
def _matcher(*kinds: str) -> Callable[[str], bool]:
    """Whether a text is of one of the kinds: every name of a ledger is asked for every kind."""
    words = {
        match: tuple(sorted(word for kind in kinds for word in _wordings().get((kind, match), ()))) for match in MATCHES
    }
    exact, prefixes, suffixes = frozenset(words["exact"]), words["prefix"], words["suffix"]
    contained = re.compile("|".join(map(re.escape, words["contains"]))).search if words["contains"] else None

    def is_one(text: str) -> bool:
        return (
            text in exact
            or text.startswith(prefixes)
            or text[1:].endswith(suffixes)
            or (contained is not None and contained(text) is not None)
        )

    return is_one


def _matches(kind: str, text: str) -> bool:
    return _matcher(kind)(text)


def _kind_among(kinds: tuple[str, ...], text: str) -> str | None:
    """The first of the kinds a text is of. Nearly always none: one search of all tells that."""
    if not _matcher(*kinds)(text):
        return None
    return next((kind for kind in kinds if _matches(kind, text)), None)


def _bare(text: str) -> str:
    """A label without what trails it: `合计(12个):` → `合计`."""
    while True:
        shorter = _without_trailer(text)
        if not shorter or shorter == text:
            return text
        text = shorter


def _without_trailer(text: str) -> str:
    """The label without one trailer of each kind. Most have none: what each needs is sought first."""
    if not _SEPARATORS.isdisjoint(text):
        text = _COMES_TO.sub("", text)
    if text.endswith(_MONEY_ENDS):
        text = _COMES_TO_BARE.sub("", text)
    if _COUNT_WITHIN(text):
        text = _COUNT.sub("", text)
    return _TRAILING.sub("", text) if text.endswith(_TRAILERS) else text


def _variants(plain: str) -> Iterable[str]:
    """What a total's label may be without its dress: `【小计】`, `石桥镇(小计)`, `合计/个数`, `总计12个项目,总投资12.5亿元`."""
    bare = _bare(plain)
    counted = _ONLY_COUNT.sub("", _COMES_TO.sub("", plain))
    undressed = plain.strip(_ORNAMENTS)
    words = (bare, bare if counted == plain else _bare(counted), undressed, _PER.sub("", undressed))
    return dict.fromkeys((*words, _ORDINAL_TOTAL.sub("", plain)))


# 小计1, 小计2
_ORDINAL_TOTAL = re.compile(r"(?<=^[小合总]计)\d{1,2}$")
_PER = re.compile(r"/(?:个数|项目数|家数|金额|平均|万元|亿元).{0,4}$")
_PAGE = re.compile(
    r"[-—]*(?:第\d+页)?[,/]?共\d+页[,/]?(?:第\d+页)?[-—]*|[-—]*第\d+页[-—]*|[-—–]\d{1,3}[-—–]|\d{1,2}/\d{1,2}"
)


def is_page_number(text: str) -> bool:
    """Whether a text numbers the page (`第3页，共4页`)."""
    return bool(_PAGE.fullmatch(compact(text)))


_TOTALS = ("subtotal", "total", "average")
_OTHERS = ("of_which", "template", "continued", "note", "signature")


@cache
def _wording_within() -> Callable[[str], object]:
    words = {word for kind in (*_TOTALS, *_OTHERS) for match in MATCHES for word in _wordings().get((kind, match), ())}
    # Nothing but literals: they are sought by their first characters.
    return re.compile("|".join(map(re.escape, sorted({*words, "页", "共"})))).search


def _may_announce(plain: str) -> bool:
    """Whether a text has what every label that announces something has: a wording, a page, or a count that may part a wording.

    Nearly all names of a ledger have none, and need no closer look.
    """
    return not plain[0].isalpha() or _wording_within()(plain) is not None or _COUNT_WITHIN(plain) is not None


@lru_cache(maxsize=8192)
def label_kind(text: str) -> str | None:
    """What a row label announces: `total subtotal average of_which note signature template continued`, or None."""
    plain = compact(text)
    return _announced(plain) if plain and _may_announce(plain) else None


def _announced(plain: str) -> str | None:
    if is_page_number(plain):
        return "note"
    if _COUNTED.match(_COMES_TO.sub("", plain)):
        return "total"
    if len(plain) <= _LONGEST_TOTAL:
        for bare in _variants(plain):
            if kind := _kind_among(_TOTALS, bare):
                return kind
    if kind := _kind_among(_OTHERS if len(plain) <= 40 else ("note",), plain):
        return kind
    part = plain.removeprefix("(")
    if part.startswith("其中") and len(part) <= _LONGEST_PART and part[2:3] not in ("", ":"):
        return "of_which"
    return None


def ends_like_project(text: str) -> bool:
    """Whether a name ends as projects do and headings do not (`商贸城`, `康养小镇`)."""
    return _matches("project", plain_group_text(text))


@lru_cache(maxsize=4096)
def is_comparison(text: str) -> bool:
    """Whether a row's label compares or measures a total (`上年同期`, `2025年同期`, `目标任务`, `占比（%）`)."""
    plain = compact(text).rstrip(":")
    if plain.endswith(_MEASURES):
        plain = _MEASURED.sub("", plain)
    plain = _EARLIER_YEAR.sub("上年", plain)
    return _matches("comparison", plain) or _compares().fullmatch(plain) is not None


@cache
def _compares() -> re.Pattern[str]:
    return re.compile("|".join(pattern.translate(_BRACES) for pattern in sorted(_wordings()["comparison", PATTERN])))


def is_signer(text: str) -> bool:
    """Whether a cell says who signs, with or without the name behind it (`审核`, `填表人 张某`)."""
    first, _, rest = text.strip().partition(" ") if " " in text.strip() else text.strip().partition("\u3000")
    return len(rest) <= 8 and _matches("signer", compact(first).rstrip(":"))


def is_template_hint(text: str) -> bool:
    """Whether a cell tells how to fill in its column (`必填`, `格式：2026-01-01`)."""
    return _matches("template_hint", compact(text))


def is_template_sheet(name: str) -> bool:
    """Whether a sheet's name says that it holds no data (`填报说明`, `字典`)."""
    return _matches("template_sheet", re.sub(r"\d+$", "", compact(name)))


@lru_cache(maxsize=8192)
def group_label(text: str) -> GroupLabel | None:
    """The numbered group heading in a label, or None where it carries no group number."""
    plain = compact(text)
    if _CIRCLED.match(text.lstrip()):
        # Compact text shows ① as a plain digit.
        label = plain[len(compact(text.lstrip()[0])) :].lstrip("、.")
        return GroupLabel(_CIRCLED_LEVEL, plain_group_text(label), stated_count(label)) if label else None
    if match := _SPACED.match(text):
        # Compact text has no space: 一 工业项目.
        return GroupLabel(1, plain_group_text(text[match.end() :]), stated_count(plain))
    for level, pattern in _GROUP_NUMBERS:
        if match := pattern.match(plain):
            return GroupLabel(level, plain_group_text(plain[match.end() :]), stated_count(plain))
    return None


def plain_group_text(text: str) -> str:
    """A group's name without its counts and brackets: `工业项目(12个)` → `工业项目`."""
    return _bare(_bare(compact(text)).strip(_ORNAMENTS)).strip(_ORNAMENTS)


# 10亿元以上项目, 5亿元至10亿元(含)项目, 5000万元以下: a size, and so a class of projects.
_BAND = re.compile(
    r"^(?:总投资|投资额?)?(?:[\d.,]+|[一二三五十]+)?[百千]?(?:亿|万)元?(?:\(?不?含\)?)?"
    r"(?:(?:以上|以下|以内)|[-~至到](?:[\d.,]+|[一二三五十]+)[百千]?(?:亿|万)元?)(?:\(?不?含\)?)?(?:的)?(?:项目|企业)?$"
)
# 2024年结转项目, 第一季度, 上半年新增, 第二批: a time or a batch, and so a class of projects.
_SPAN = re.compile(
    r"^(?:(?:(?:19|20)\d\d年度?)(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?)?"
    r"|第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?|第[一二三四五六七八九十\d]{1,3}批次?)"
    r"(?:结转|新增|续建|新建|跨年|计划|重点)?(?:项目)?$"
)
_MARKED = re.compile(r"^[◆◇◎●○■□▲△▼▽►▶【]|^(?:-{2,}.*-{2,}|={2,}.*={2,})$")
_CLASS = re.compile(r"^.{1,5}类(?:项目)?$")
_TIME = re.compile(r"^(?:(?:19|20)\d\d年(?:度)?)?(?:\d{1,2}(?:[-~至]\d{1,2})?月份?)?(?=.)")


def is_marked_heading(text: str, is_heading: Callable[[str], bool]) -> bool:
    """Whether a label says by itself that it heads others: `未开工项目（4个）`, `◆在谈类`, `2026年新签约项目`, `A类项目`.

    `is_heading` knows the wordings of stages, industries, places.
    """
    bare = plain_group_text(text)
    if is_dressed_heading(text):
        return True
    return is_heading(text) or (bare.endswith("项目") and is_heading(_TIME.sub("", bare, count=1)))


def is_dressed_heading(text: str) -> bool:
    """Whether a label bears a heading's dress, whatever it says (`【城北工业园】`, `未开工项目（4个）`, `责任单位：县工信局`),
    or words that no project is called by (`技改类`, `10亿元以上项目`, `省外资金项目`)."""
    plain = compact(text)
    if _MARKED.search(plain) or _matches("label", plain) or plain.endswith(":"):
        return True
    bare = plain_group_text(text)
    if _CLASS.match(bare) or _BAND.match(bare) or _matches("class", bare):
        return True
    return stated_count(text) is not None and bare != plain


def is_class_wording(text: str) -> bool:
    """Whether a heading's text tells a class of projects by size, by time, by where the money comes from or by who
    answers for them (`10亿元以上项目`, `第一季度`, `省外资金项目`, `包联领导：王某`)."""
    plain = plain_group_text(text)
    if ":" in plain:
        return _matches("label", plain)
    return bool(_BAND.match(plain) or _SPAN.match(plain)) or _matches("class", plain) or _matches("heading", plain)


def says_nothing(text: str) -> bool:
    """Whether a text reports that there is nothing to report (`本月无新增签约项目`)."""
    return bool(_NOTHING.match(compact(text)))


def is_count(text: str) -> bool:
    """Whether a text is nothing but a number of projects (`2个`), and so no name."""
    return bool(_COUNT.fullmatch(compact(text)))


def stated_count(text: str) -> int | None:
    """The number of projects a label states (`共12个项目`), or None."""
    match = _COUNT.search(compact(text))
    return int(match[1]) if match else None


def is_column_number_row(texts: Iterable[str]) -> bool:
    """Whether the cells of a row number the columns: `甲 乙 1 2 3`, `(1) (2) (3)`, `1 2 3=1+2`, `A B C`, `栏次 1 2`."""
    plain = [compact(text) for text in texts]
    if plain and plain[0] in _NAMES_OF_NUMBERS:
        plain = plain[1:]
    if len(plain) >= 3 and all(len(text) == 1 for text in plain) and _ALPHABET.startswith("".join(plain)):
        return True
    letters = [text for text in plain if len(text) == 1 and text in _COLUMN_LETTER]
    numbers = [_COLUMN_NUMBER.match(text) for text in plain if text not in letters]
    # 甲 乙 1 2 3 丙: columns of text, also behind the figures, go by letters.
    if len(plain) < 3 or not all(numbers) or (letters and plain[0] != letters[0]):
        return False
    if letters != list(_COLUMN_LETTER[: len(letters)]):
        return False
    values = [int(match[1] or match[2]) for match in numbers if match]
    return values == list(range(values[0], values[0] + len(values))) and values[0] in (0, 1) if values else False
