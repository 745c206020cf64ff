"""Article text as people meant it: one width, one script, no pinyin brackets, no torn numbers; and the way back.

Feeds print the same sentence in many disguises: full-width digits, traditional characters with the pinyin of each in
brackets (`調(diào)動`), commas doubled, blanks inside numbers. `normalise` undoes them and keeps, for every position,
where it came from, so that evidence is always quoted verbatim from the original. Characters that were lost on the way
(`\N{REPLACEMENT CHARACTER}`, `??`) are never bridged: they stay, and `losses` says where.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import opencc

Span = tuple[int, int]

# Chinese text keeps its own punctuation; enclosed numbers (①) would become digits and glue to the next figure.
_KEPT = frozenset("，。；：！？（）、…—～“”‘’《》〈〉「」『』【】")
_ENCLOSED = re.compile("[\u2460-\u24ff\u2776-\u2793\u3220-\u32ff]")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2500\u301c\uff5e\u223c"), "—")
_HALF_TO_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_BLANK = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_SYLLABLE = (
    rf"(?:[a-zü]{{0,4}}[{_TONED}][a-zü]{{0,3}}"
    r"|(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:[aeiouü]{1,2}|iao|uai)(?:ng|n|r)?)"
)
_EDIT = re.compile(
    rf"(?P<pinyin>[{_BLANK}]*（{_SYLLABLE}）)"
    rf"|(?P<line>[{_BLANK}\r]*\n[{_BLANK}\r\n]*)"
    rf"|(?P<blank>[{_BLANK}{_INVISIBLE}\r]+)"
    r"|(?P<doubled>(?P<mark>[，。、；：])[，。、；：]+)"
)
_LOSS = re.compile("\ufffd+|[?？]{2,}(?=[0-9A-Za-z\u3400-\u9fff])")
_HAN = re.compile("[\u3400-\u9fff]")
_HALF_MARK = re.compile(r"[,;:!?()]")
# Traditional forms that are also right in simplified text: names, and spellings still in use.
_ALSO_SIMPLIFIED = frozenset("乾著藉徵瞭鍾昇堃喆甯嶽祐瑠夥餘覆摺閤剋")


class _OneToOne(dict[int, int | str]):
    """Width and compatibility forms, character for character; whatever would change the length stays as it is."""

    def __missing__(self, code: int) -> int | str:
        char = chr(code)
        form = char if char in _KEPT or _ENCLOSED.match(char) else unicodedata.normalize("NFKC", char)
        self[code] = form if len(form) == 1 else char
        return self[code]


_WIDTH = _OneToOne(_DASHES)


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class NormalText:
    """Normalised text with the way back.

    Attributes:
        text: the normalised text; paragraphs are lines.
        original: what was given.
        losses: spans of `text` where characters were lost before luodi saw them.
    """

    text: str
    original: str
    losses: tuple[Span, ...]
    _starts: list[int] = field(repr=False)
    _offsets: list[int] = field(repr=False)

    def original_span(self, start: int, end: int) -> Span:
        """The span of the original that `text[start:end]` was made from."""
        if end <= start:
            at = self._original(start)
            return at, at
        return self._original(start), self._original(end - 1) + 1

    def verbatim(self, start: int, end: int) -> str:
        """The original wording of `text[start:end]`."""
        first, last = self.original_span(start, end)
        return self.original[first:last]

    def _original(self, position: int) -> int:
        piece = bisect_right(self._starts, position) - 1
        return min(self._offsets[piece] + position - self._starts[piece], len(self.original))


def simplify(text: str) -> str:
    """Traditional to simplified, character for character; text that is simplified already is left alone.

    A name such as 乾县 keeps its character: only text with several plainly traditional characters is converted.
    """
    converted: str = _converter().convert(text)
    if converted == text:
        return text
    if len(converted) != len(text):
        convert = _converter().convert
        table = {char: convert(char) for char in set(text)}
        converted = "".join(table[char] if len(table[char]) == 1 else char for char in text)
    changed = {old for old, new in zip(text, converted, strict=True) if old != new} - _ALSO_SIMPLIFIED
    if len(changed) >= 4 or len(changed) * 12 >= len(_HAN.findall(text)) > 0:
        return converted
    return text


def normalise(text: str) -> NormalText:
    """Normalise any text. Never raises; pure; linear in the length of the text."""
    even = _punctuation(simplify(text.translate(_WIDTH)))
    parts: list[str] = []
    starts, offsets = [0], [0]
    length = at = 0
    for found in _EDIT.finditer(even):
        replacement = _replacement(even, found)
        if replacement is None:
            continue
        first, last = found.span()
        parts += (even[at:first], replacement)
        # A replacement maps to the first character it stands for; what follows maps on from the edit's end.
        length += first - at
        if replacement:
            starts.append(length)
            offsets.append(first)
        length += len(replacement)
        starts.append(length)
        offsets.append(last)
        at = last
    parts.append(even[at:])
    joined = "".join(parts)
    losses = tuple(found.span() for found in _LOSS.finditer(joined))
    return NormalText(joined, text, losses, starts, offsets)


def _punctuation(text: str) -> str:
    """Half-width marks in Chinese text become full-width ones; inside numbers, times and Latin words they stay."""
    marks = [found.start() for found in _HALF_MARK.finditer(text)]
    if not marks:
        return text
    parts: list[str] = []
    at = 0
    for place in marks:
        if _stays_half(text, place):
            continue
        parts += (text[at:place], _HALF_TO_FULL[text[place]])
        at = place + 1
    parts.append(text[at:])
    return "".join(parts)


def _stays_half(text: str, place: int) -> bool:
    mark = text[place]
    if mark in "()":
        return False
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if mark == ",":
        return _is_thousands(text, place)
    if mark == "?":
        return before == "?" or after == "?"
    return before.isascii() and after.isascii() and before.isalnum() and (after.isalnum() or after == "/")


def _is_thousands(text: str, place: int) -> bool:
    """`1,234` and `1,234,567`: one to three digits before, exactly three after."""
    before = text[max(0, place - 4) : place]
    digits = len(before) - len(before.rstrip("0123456789"))
    after = text[place + 1 : place + 5]
    return 1 <= digits <= 3 and after[:3].isdecimal() and len(after) >= 3 and not after[3:].isdecimal()


def _replacement(text: str, found: re.Match[str]) -> str | None:
    """What stands for an edit; None leaves the text as it is."""
    first, last = found.span()
    before, after = text[first - 1 : first], text[last : last + 1]
    kind = found.lastgroup
    if kind == "pinyin":
        return "" if _HAN.match(before) else None
    if kind == "line":
        return "\n" if before and after else ""
    if kind == "doubled":
        marks = found.group("doubled")
        return next((mark for mark in "。；，、：" if mark in marks), marks[0])
    return _blank(found.group("blank"), before, after)


def _blank(blanks: str, before: str, after: str) -> str:
    """Blanks torn into a word or number vanish; a wide gap, or one between Latin words, stays one blank."""
    visible = re.sub(f"[{_INVISIBLE}\r]", "", blanks)
    if not visible or not before or not after or before == "\n" or after == "\n":
        return ""
    numeric = _numeric(before) or _numeric(after)
    if _numeric(before) and _numeric(after):
        return "" if len(visible) == 1 and (before in ".,%" or after in ".,%") else " "
    if before.isascii() and after.isascii() and not numeric:
        return " "
    if len(visible) > 1 and not numeric:
        return " "
    return ""


def _numeric(char: str) -> bool:
    return char.isdecimal() or char in ".%"


def pieces(text: NormalText) -> list[tuple[Span, Span]]:
    """Every unbroken stretch as (span of `text`, span of the original), in order: what a highlighter walks over."""
    ends = [*text._starts[1:], len(text.text)]
    return [
        ((start, end), text.original_span(start, end))
        for start, end in pairwise(sorted({*text._starts, *ends}))
        if end > start
    ]
