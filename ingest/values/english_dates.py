"""Dates with English month names, as spreadsheets set to English print them, rewritten as Chinese ones."""

from __future__ import annotations

import re

_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?<![a-z])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_GAP = r"[-/., ]{1,2}"
_WEEKDAY = re.compile(r"(?<![a-z])(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[, ]+(?=[a-z\d])")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_HERE = r"(?:cst|(?:gmt|utc)\+0?8(?::?00)?)"
_WRITTEN = (
    # Tue Mar 05 00:00:00 CST 2024, as programs print a date; and Tue Mar 05 2024 08:00:00 GMT+0800 (中国标准时间)
    re.compile(rf"{_MONTH} {_DAY} {_CLOCK} {_HERE} (?P<year>\d{{4}})(?!\d)"),
    re.compile(rf"{_MONTH} {_DAY} (?P<year>\d{{4}}) {_CLOCK} {_HERE}(?: ?\([^()]*\))?"),
    # 21-Jan-22, 21 January 2022
    re.compile(rf"{_DAY}{_GAP}{_MONTH}(?:{_GAP}(?P<year>\d{{4}})|-(?P<short>\d{{2}}))(?!\d)"),
    # 2022-Jan-21
    re.compile(rf"(?<!\d)(?P<year>\d{{4}}){_GAP}{_MONTH}{_GAP}{_DAY}"),
    # Jan 21, 2022
    re.compile(rf"{_MONTH}{_GAP}{_DAY}{_GAP}(?P<year>\d{{4}})(?!\d)"),
    # Jan-22 is how mmm-yy is printed (d-mmm prints 22-Jan); January 2022, 2022 Jan
    re.compile(rf"{_MONTH}(?:{_GAP}(?P<year>\d{{4}})|-(?P<short>\d{{2}}))(?!\d)"),
    re.compile(rf"(?<!\d)(?P<year>\d{{4}}){_GAP}{_MONTH}"),
    # 21-Jan, Jan 21: the year is not said
    re.compile(rf"{_DAY}{_GAP}{_MONTH}"),
    re.compile(rf"{_MONTH}{_GAP}{_DAY}"),
)
_THREE_LETTERS = re.compile(r"[a-z]{3}")


def with_chinese_months(folded: str) -> str:
    """A folded text whose dates with English month names are written 2022年1月21日; every other text as it is."""
    if not _THREE_LETTERS.search(folded):
        return folded
    text = _WEEKDAY.sub("", folded)
    for pattern in _WRITTEN:
        text = pattern.sub(_chinese, text)
    return text


def _chinese(match: re.Match[str]) -> str:
    said = match.groupdict()
    year = said.get("year") or said.get("short")
    day = said.get("day")
    month = _NAMES.index(match["month"][:3]) + 1
    return f"{f'{year}年' if year else ''}{month}月{f'{int(day)}日' if day else ''}"
