"""The number before a heading: how it is written, and which one it is (`（二）工业项目`: bracketed Chinese, 2)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ingest.values.printed import compact

_HAN = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_STEMS = "甲乙丙丁戊己庚辛"
_LETTERS = "abcdefgh"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_MARK = r"(?P<mark>[、.,:])"
_WRITTEN = (
    ("class", re.compile(rf"第(?P<number>[{_HAN}]+|\d{{1,2}})(?P<mark>部分|类|批|组|章)")),
    ("bracketed", re.compile(rf"(?P<mark>\()(?P<number>[{_HAN}]+|\d{{1,3}})\)")),
    ("half bracketed", re.compile(r"(?P<number>\d{1,3})(?P<mark>\))")),
    ("han", re.compile(rf"(?P<number>[{_HAN}]+){_MARK}")),
    ("arabic", re.compile(rf"(?P<number>\d{{1,3}}){_MARK}(?!\d)")),
    ("roman", re.compile(rf"(?P<number>[ivx]{{1,4}}){_MARK}")),
    ("letter", re.compile(rf"(?P<number>[{_LETTERS}]){_MARK}")),
    ("stem", re.compile(rf"(?P<number>[{_STEMS}]){_MARK}")),
    ("formal", re.compile(rf"(?P<number>[{_FORMAL}]){_MARK}")),
)
_SPACED = re.compile(r"\s*(?P<lead>\S{1,4})[ \u3000]+(?=\S)")


class HeadingNumber(NamedTuple):
    """A number and its dress: headings of one run differ in the number alone."""

    dress: str
    number: int

    @property
    def is_plain(self) -> bool:
        """Whether records are numbered so as well: `1 `, `1、`, `1.1`."""
        return self.dress.startswith("arabic")


@lru_cache(maxsize=4096)
def heading_number(text: str) -> HeadingNumber | None:
    """The number that a heading's text begins with; None where it has none."""
    lead = text.lstrip()[:1]
    if lead and lead in _CIRCLED:
        # Compact text shows ① as a plain digit.
        return HeadingNumber("circled", _CIRCLED.index(lead) + 1)
    if spaced := _SPACED.match(text):
        # 一 工业项目, and 甲 | 柳林镇 in cells of their own.
        lead = compact(spaced["lead"]) + "、"
        for written, pattern in _WRITTEN:
            if (found := pattern.fullmatch(lead)) and (number := _value(found["number"])):
                return HeadingNumber(f"{written} spaced", number)
    plain = compact(text)
    for written, pattern in _WRITTEN:
        if found := pattern.match(plain):
            number = _value(found["number"])
            kind = "digits" if found["number"].isdecimal() else ""
            return HeadingNumber(f"{written} {kind}{found['mark']}", number) if number else None
    return None


def _value(text: str) -> int:
    """What a number says, 0 where it says none."""
    if text.isdecimal():
        return int(text)
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    for digits in (_FORMAL, _STEMS, _LETTERS):
        if text in digits:
            return digits.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN.index(text) + 1 if len(text) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(ones) + 1 if ones else 0)
