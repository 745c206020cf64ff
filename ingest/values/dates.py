"""Dates as counties write them: value and precision, ranges, planned ones, state words instead of a date, or a reason."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.formats.sheet import CellValue, MonthShown, YearShown
from ingest.values.amounts import chinese_number, is_figure
from ingest.values.cell_text import fold, is_placeholder_text, without_marks
from ingest.values.english_dates import with_chinese_months
from ingest.values.reasons import Reason, reason
from ingest.values.stages import parse_stage
from ingest.values.units import alternation
from ingest.wording_registry import DATE_EVENTS, date_words

FIRST_YEAR, LAST_YEAR = 1950, 2100
_EPOCH = dt.date(1899, 12, 30).toordinal()
_DAYS_1904 = 1462
# From 1982 on: 20223 and 20223.1 are slips of 2022.3 and 2022.3.1, no days of the year 1955.
_SERIAL_MIN, _SERIAL_MAX = 30_000, 60_000


class ParsedDate(NamedTuple):
    """A date, or why not. All empty where the cell is empty or a placeholder.

    Attributes:
        value: the day, or the first day of the month or year where `precision` is `month` or `year`.
        precision: `day month year`.
        end_value: second date of a range (`09.3－12.6`).
        end_precision: its precision.
        is_planned: the cell says 预计, 拟, 计划….
        is_approximate: 左右, 上半年, 一季度: the precision is no finer than stated, the day within it unknown.
        stage_hint: the cell holds a state word instead of a date: a stage (`已开工` → `started`), or
            `before:started` for 未开工.
        reason: why nothing could be taken over.
        events: which events the cell names beside the date (`sign start complete …`, `finish` for 建成投产); empty for none.
        is_done: the cell says 已, of an event that it names (`已于2024年3月开工`).
    """

    value: dt.date | None = None
    precision: str | None = None
    end_value: dt.date | None = None
    end_precision: str | None = None
    is_planned: bool = False
    is_approximate: bool = False
    stage_hint: str | None = None
    reason: Reason | None = None
    events: frozenset[str] = frozenset()
    is_done: bool = False


EMPTY = ParsedDate()


class _Part(NamedTuple):
    """One date as written: None where the part is not stated."""

    year: int | None
    month: int | None
    day: int | None
    is_approximate: bool = False
    is_ambiguous: bool = False


_CHINESE_DATE = re.compile(
    r"([零〇○o一二两三四五六七八九][零〇○o0一二两三四五六七八九]{3}|[零〇○o一二三四五六七八九]{2}|(?<!\d)(?:\d{4}|\d{2})(?=年[一二三四五六七八九十]{1,2}月))年"
    r"(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号]?)?)?"
)
_TIME = re.compile(
    r"(?<=\d)(?:日)?[t ]+(?:(?:[上下中]午|晚上?) ?)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d{2}:?\d{2})?(?!\d)"
)
# 20240305091233 and 202403050912 are a day with its hour.
_DAY_AND_CLOCK = re.compile(
    r"(?<!\d)((?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)"
)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:[Zz]|[+-]\d{2}:\d{2})")
# What a formula that points at an empty cell leaves where a date is shown: day 0 of the spreadsheet's calendar.
_DAY_ZERO = re.compile(
    r"0(?:\.0+)?|(?:1900[-/.年]0?1[-/.月]0?0|0000[-/.年]00[-/.月]00|1899[-/.年]12[-/.月]3[01])日?(?: 0?0:00(?::00)?)?"
)
_DAYS_ZERO = (dt.date(1899, 12, 30), dt.date(1899, 12, 31))
_SHANGHAI = dt.timezone(dt.timedelta(hours=8))
# 2024。3。5 and 2024·3·5 are typed with a stop of the Chinese keyboard.
_STOP_IN_DATE = re.compile(r"(?<=\d)[。·•・](?=\d)")
# 2024.3月5日 changes its marks within.
_MIXED_MARKS = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2}月\d{1,2}[日号])")
# 2024年3.5 does so too, and 2024..3.5 and 2024--03--05 double them.
_POINTED_DAY = re.compile(r"(?<!\d)(\d{4}年)(\d{1,2})\.(\d{1,2})(?!\d)[日号]?(?![.月])")
_DOUBLED_MARKS = re.compile(r"(?<!\d)(\d{4})([-./])\2?(\d{1,2})\2\2?(\d{1,2})(?!\d)")
# 2024上半年, 2024三季度 and 2024q3 leave 年 out; 2024年年初 says it twice.
_UNSAID_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=[上下]半年|第?[一二三四1-4]季度|q[1-4](?!\d))")
# 2024年3月  日 is a form's blank of which the day was left open; 年  月  日 one that nobody filled.
_BLANK = re.compile(r"\s*年\s*月(?:\s*日)?\s*")
_OPEN_END = re.compile(r"(?<=\d月)日$")
# 2010-, 2023年至今: works that go on, whose end nobody has set.
_OPEN_SPAN = re.compile(r"(?<=[\d年月日])\s*[-~至到]+\s*(?:今|目前|现在|未定|待定|\?)?\s*$")
_HOUR = re.compile(
    r"(?<=[日号])(?:上午|下午|中午|晚上?)?(?:\d{1,2}[时点](?:\d{1,2}分|半|整)?|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)(?:许|左右)?"
)
# ’24年3月 leaves the century out; '2024.3.5 bears the mark that kept it a text in its spreadsheet.
_CENTURY_MARK = re.compile(r"^['’‘`´](?=\d{2}(?!\d)|\d{4})")
_DIGIT_GAP = re.compile(r"(?<=\d) (?=\d)")
# 2024 03 05: blanks for marks.
_BLANK_MARKS = re.compile(r"(?<!\d)((?:19|20)\d{2}) (\d{1,2}) (\d{1,2})(?![\d:])")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_DATE = re.compile(
    r"(?P<chinese>(?P<cy>\d{4}|\d{2})年(?:(?P<cm>\d{1,2})月(?:份)?(?:(?P<cd>\d{1,2})[日号]?(?!\d)|(?P<ctenth>[上中下]{1,2}旬|月?[初中底末])?)"
    r"|(?P<half>[上下]半年|第?[一二三四1-4]季度|q[1-4]|年?初|年?中|年?底|年?末|度)?))"
    r"|(?P<ymd>(?<!\d)(?P<y1>\d{4}|\d{2})(?P<s1>[-./、,])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?!\d)[日号]?)"
    r"|(?P<mdy>(?<!\d)(?P<a>\d{1,2})(?P<s2>[-./])(?P<b>\d{1,2})(?P=s2)(?P<y2>\d{4})(?!\d))"
    r"|(?P<ym>(?<!\d)(?P<y3>\d{4})[-./、](?P<m3>\d{1,2})(?!\d)(?:月份?)?(?:[上中下]{1,2}旬|月?[初中底末](?!旬))?)"
    r"|(?P<yy>(?<!\d)(?P<y4>\d{2})[-./](?P<m4>\d{1,2})(?!\d)月?)"
    r"|(?P<serial>(?<![\d.])\d{5}(?:\.\d+)?(?![\d.]))"
    r"|(?P<digits>(?<!\d)(?:\d{8}|\d{6}|\d{4})(?!\d))"
    r"|(?P<md>(?P<m5>\d{1,2})月份?(?:(?P<d5>\d{1,2})[日号]?(?!\d)|(?P<mtenth>[上中下]{1,2}旬|月?[初中底末])?))"
    r"|(?P<bare>(?<!\d)\d{1,2}(?!\d))"
)


@cache
def _residue() -> re.Pattern[str]:
    words = alternation(list(date_words()))
    return re.compile(
        rf"(?P<word>{words})|(?P<dash>[-~至到])|(?P<mark>[、,;/+()\[\]:。.“”\"和及 ])|(?P<other>.)", re.DOTALL
    )


_CENTURY_TURNS = 70


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    return int(text) + (2000 if int(text) < _CENTURY_TURNS else 1900)


def _from_chinese(match: re.Match[str]) -> _Part:
    year = _year(match["cy"])
    if match["cm"]:
        return _Part(year, int(match["cm"]), int(match["cd"]) if match["cd"] else None)
    half = (match["half"] or "").removeprefix("年")
    if half in ("底", "末"):
        return _Part(year, 12, None)
    return _Part(year, None, None, is_approximate=half not in ("", "度"))


def _from_digits(text: str) -> _Part:
    if len(text) == 8:
        return _Part(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 6:
        # 202201 is a month; 220121 a day of 2022. Only one of them lies in the calendar, or it is ambiguous.
        as_month = FIRST_YEAR <= int(text[:4]) <= LAST_YEAR and 1 <= int(text[4:]) <= 12
        as_day = 1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:]) <= 31
        if as_month:
            return _Part(int(text[:4]), int(text[4:]), None, is_ambiguous=as_day and text[:2] not in ("19", "20"))
        return _Part(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    return _Part(int(text), None, None)


def _from_ymd(match: re.Match[str]) -> _Part:
    # 03-01-26 may be how a foreign setting prints the first of March 2026; 08.3.12 is what people here type.
    is_printed = len(match["y1"]) == 2 and match["s1"] in "-/"
    could_end_in_year = is_printed and int(match["y1"]) <= 12 and int(match["d1"]) >= 10
    return _Part(_year(match["y1"]), int(match["m1"]), int(match["d1"]), is_ambiguous=could_end_in_year)


def _from_us(match: re.Match[str]) -> _Part:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y2"])
    if first > 12:
        return _Part(year, second, first)
    return _Part(year, first, second, is_ambiguous=second <= 12 and first != second)


def _part(match: re.Match[str]) -> _Part:
    kind = match.lastgroup
    if match["chinese"]:
        return _from_chinese(match)
    if match["ymd"]:
        return _from_ymd(match)
    if match["mdy"]:
        return _from_us(match)
    if match["ym"]:
        return _Part(int(match["y3"]), int(match["m3"]), None)
    if match["yy"]:
        # 12.6 may be a month of 2012 or the sixth of December; 22.1 and 09.3 of a range may not.
        return _Part(_year(match["y4"]), int(match["m4"]), None, is_ambiguous=int(match["y4"]) <= 12)
    if match["serial"]:
        day = _from_serial(float(match["serial"]), is_1904=False)
        return _Part(day.year, day.month, day.day) if day else _Part(None, None, None)
    if match["digits"]:
        return _from_digits(match["digits"])
    if match["md"]:
        return _Part(None, int(match["m5"]), int(match["d5"]) if match["d5"] else None)
    assert kind is not None  # noqa: S101 - every alternative is named
    return _Part(None, None, int(match["bare"]), is_ambiguous=True)


def _from_serial(value: float, *, is_1904: bool) -> dt.date | None:
    shifted = value + _DAYS_1904 if is_1904 else value
    if not _SERIAL_MIN < shifted < _SERIAL_MAX:
        return None
    return dt.date.fromordinal(_EPOCH + int(shifted))


_NO_ROLES: frozenset[str] = frozenset()
# Most date cells are one of 2022-01-21, 2022.1.21, 2022/1/21, 2022.01.
_COMMON = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})(?:\2([0-9]{1,2}))?")


# 2026.6.3-6.5, 2026年6月10日至12日: the end says only what differs from a start known to the day.
_DAYS = re.compile(
    r"(?P<year>\d{4})(?P<mark>[年./-])(?P<month>\d{1,2})(?:月|(?P=mark))(?P<day>\d{1,2})日?"
    r"[-~至到]+(?:(?P<end_month>\d{1,2})(?:月|(?P=mark)))?(?P<end_day>\d{1,2})日?"
)


def _match_days(text: str, report_year: int | None) -> re.Match[str] | None:
    """The days from-to of a text, whose year may be the report's (8月12日至15日, 8.12-8.15)."""
    if report_year is None or re.match(r"\d{4}", text):
        return _DAYS.fullmatch(text)
    return _DAYS.fullmatch(f"{report_year}{'年' if '月' in text else '.'}{text}")


def _from_days(match: re.Match[str]) -> ParsedDate:
    first = _Part(int(match["year"]), int(match["month"]), int(match["day"]))
    end_month = int(match["end_month"] or match["month"])
    return _finish_range(first, _Part(first.year, end_month, int(match["end_day"])), _NO_ROLES, None)


class _Text(NamedTuple):
    parts: tuple[_Part, ...]
    is_range: bool
    roles: frozenset[str]


@lru_cache(maxsize=8192)
def _read_text(text: str) -> _Text:
    plain = _STOP_IN_DATE.sub(".", with_chinese_months(fold(text)))
    folded = _with_first_month(_CENTURY_MARK.sub("", plain))
    folded = _with_usual_marks(_CHINESE_DATE.sub(_arabic, folded))
    folded = _DIGIT_GAP.sub(";", _TIME.sub("", folded + " ").strip())
    folded = _OPEN_END.sub("", re.sub(r"\s+", "", folded))
    parts: list[_Part] = []
    roles: set[str] = set()
    between: list[str] = []
    at = 0
    for match in _DATE.finditer(folded):
        between.append(folded[at : match.start()])
        parts.append(_part(match))
        at = match.end()
    between.append(folded[at:])
    is_range = len(parts) == 2 and between[1] in ("-", "~", "至", "到", "--", "年-", "年至")
    for index, rest in enumerate(between):
        if not (is_range and index == 1):
            roles.update(_roles(rest))
    return _Text(tuple(parts), is_range, frozenset(roles))


def _with_usual_marks(text: str) -> str:
    """2024.3月5日, 2024年3.5, 2024..3.5, 2024 3 5 and 2024三季度 with the marks that others use; the hour of a day left out."""
    text = _POINTED_DAY.sub(r"\1\2月\3日", _MIXED_MARKS.sub(r"\1年\2", text))
    text = _UNSAID_YEAR.sub(r"\1年", _DOUBLED_MARKS.sub(r"\1\2\3\2\4", text))
    text = _BLANK_MARKS.sub(r"\1-\2-\3", _DAY_AND_CLOCK.sub(r"\1", text))
    return _HOUR.sub("", text)


def _with_first_month(text: str) -> str:
    """元月 is January."""
    return text.replace("元月", "1月" if text.startswith("元月") else "一月") if "元月" in text else text


def _arabic(match: re.Match[str]) -> str:
    # 二O二四年, 二0二四年 are typed with the letter or the figure as often as with 〇.
    han = match[1] if match[1].isdecimal() else match[1].replace("o", "〇").replace("0", "〇")
    year = han if han.isdecimal() else "".join(str(chinese_number(char)) for char in han)
    rest = [str(chinese_number(group) or group) + mark for group, mark in ((match[2], "月"), (match[3], "日")) if group]
    return f"{year}年{''.join(rest)}"


def _roles(rest: str) -> set[str]:
    found = set()
    for token in _residue().finditer(rest):
        if token.lastgroup == "word":
            found.add(date_words()[token[0]])
        elif token.lastgroup in ("other", "dash"):
            found.add("other")
    return found


def _refused(code: str) -> ParsedDate:
    return ParsedDate(reason=reason(code))


def _dated(part: _Part) -> tuple[dt.date, str] | str:
    """First day and precision, or the code of the reason."""
    if part.year is None:
        return "year_missing"
    if not FIRST_YEAR <= part.year <= LAST_YEAR:
        return "date_out_of_range"
    try:
        day = dt.date(part.year, part.month or 1, part.day or 1)
    except ValueError:
        return "date_impossible"
    if part.day == 0 or part.month == 0:
        return "date_impossible"
    return day, "day" if part.day is not None else "month" if part.month is not None else "year"


def _finish(part: _Part, roles: frozenset[str], report_year: int | None) -> ParsedDate:
    if part.is_ambiguous:
        return _refused("date_ambiguous")
    if part.year is None and part.month is not None and report_year is not None:
        part = part._replace(year=report_year)
    dated = _dated(part)
    if isinstance(dated, str):
        return _refused(dated)
    approximate = part.is_approximate or "approximate" in roles
    # 2026年6月前开工 sets a limit, nothing has happened; 2026年6月前已开工 has.
    is_planned = "planned" in roles or ("limit" in roles and "done" not in roles)
    events = roles & DATE_EVENTS
    is_done = "done" in roles and bool(events) and not is_planned
    return ParsedDate(dated[0], dated[1], None, None, is_planned, approximate, events=events, is_done=is_done)


def _finish_range(first: _Part, second: _Part, roles: frozenset[str], report_year: int | None) -> ParsedDate:
    if first.day is not None and first.is_ambiguous and first.year is None:
        return _refused("date_ambiguous")
    if first.year is None:
        first = first._replace(year=report_year or second.year) if second.year is None or report_year else first
        if first.year is None:
            # 3月-2025年6月: the first month's year is not said.
            return _refused("year_missing")
    if second.year is None:
        month = second.month if second.month is not None else second.day
        second = _Part(first.year, month, second.day if second.month is not None else None)
    start, end = _dated(first), _dated(second)
    if isinstance(start, str) or isinstance(end, str):
        return _refused(start if isinstance(start, str) else str(end))
    if end[0] < start[0]:
        return _refused("range_reversed")
    return ParsedDate(
        start[0], start[1], end[0], end[1], "planned" in roles, first.is_approximate or second.is_approximate
    )


@lru_cache(maxsize=8192)
def _parse_text(text: str, report_year: int | None, is_range: bool, is_1904: bool) -> ParsedDate:
    if (match := _COMMON.fullmatch(text)) and match[1] not in ("0000", "1899", "1900"):
        part = _Part(int(match[1]), int(match[3]), int(match[4]) if match[4] else None)
        return _finish(part, _NO_ROLES, report_year)
    if is_placeholder_text(text) or _DAY_ZERO.fullmatch(text.strip()) or _BLANK.fullmatch(text):
        return EMPTY
    if text.lstrip().startswith("#"):
        return _refused("cell_error")
    if _INSTANT.fullmatch(text.strip()):
        return _from_instant(text.strip())
    if is_range and (days := _match_days(re.sub(r"\s+", "", fold(text)), report_year)):
        return _from_days(days)
    unmarked = without_marks(text)
    if unmarked is None:
        return _refused("date_with_text")
    read = _read_text(_OPEN_SPAN.sub("", fold(unmarked)) if is_range else unmarked)
    if not read.parts:
        return _state_word(text)
    if is_1904 and re.fullmatch(r"\d{5}(\.\d+)?", text.strip()):
        return _parse_number(float(text), is_1904=True)
    # 2026年3月未开工 is no start; 未开工，计划2026年8月 is a planned one.
    if "other" in read.roles or ("denied" in read.roles and "planned" not in read.roles):
        return _refused("two_dates" if len(read.parts) > 1 else "date_with_text")
    if len(read.parts) == 1:
        return _finish(read.parts[0], read.roles, report_year)
    if is_range and read.is_range:
        return _finish_range(read.parts[0], read.parts[1], read.roles, report_year)
    return _refused("two_dates")


_DURATION = re.compile(
    r"(?:(?<!\d)\d{1,3}(?:\.\d)?|[一二三四五六七八九十两半]+)(?:个半?月|个?(?:工作|日历)日|个?(?:工作|日历)?天|个?周)"
    r"|(?:(?<!\d)(?:[1-9]|10)(?:\.5)?|[一二三四五两半])年(?!\d)"
)


def states_no_date(text: str) -> bool:
    """Whether a text tells a time without any calendar date: 手续办结后, 签约后3个月内, 18个月, 明年初."""
    return not re.search(r"\d|[一二三四五六七八九十]月", _DURATION.sub("", fold(text).replace(" ", "")))


def _from_instant(text: str) -> ParsedDate:
    """An instant with its zone is a day in Shanghai: `2026-02-28T16:00:00.000Z` is 1 March."""
    try:
        day = dt.datetime.fromisoformat(text).astimezone(_SHANGHAI).date()
    except (ValueError, OverflowError):
        return _refused("date_impossible")
    return ParsedDate(day, "day") if FIRST_YEAR <= day.year <= LAST_YEAR else _refused("date_out_of_range")


def _state_word(text: str) -> ParsedDate:
    stage = parse_stage(text)
    if stage.stage is not None:
        return ParsedDate(stage_hint=stage.stage)
    if stage.before is not None:
        return ParsedDate(stage_hint=f"before:{stage.before}")
    return EMPTY if _only_denies(text) else _refused("not_a_date")


def _only_denies(text: str) -> bool:
    """未入统, 尚未并网: the event has not been, which says as little of a date as 无 does."""
    found = list(_residue().finditer(fold(text)))
    roles = {date_words().get(match[0]) for match in found if match["mark"] is None}
    return "denied" in roles and roles <= {"denied", "neutral", *DATE_EVENTS}


def _parse_number(value: float | Decimal, *, is_1904: bool) -> ParsedDate:
    number = float(value)
    day = _from_serial(number, is_1904=is_1904)
    if day is not None:
        return ParsedDate(day, "day")
    if number.is_integer():
        digits = _DAY_AND_CLOCK.sub(r"\1", str(int(number)))
        if len(digits) in (4, 6, 8) and number > 0:
            return _finish(_from_digits(digits), _NO_ROLES, None)
        return _refused("not_a_date")
    return _year_and_month(number)


def _year_and_month(number: float) -> ParsedDate:
    """2022.01 in a number cell; 2022.1 is what a spreadsheet makes of 2022.10 too, so only the year is known."""
    year, _, fraction = f"{number:.10g}".partition(".")
    if not (year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR) or len(fraction) > 2:
        return _refused("not_a_date")
    if fraction == "1":
        return ParsedDate(dt.date(int(year), 1, 1), "year", is_approximate=True)
    return _finish(_Part(int(year), int(fraction), None), _NO_ROLES, None)


_PRECISIONS: dict[type, str] = {MonthShown: "month", YearShown: "year"}


def parse_date(
    value: CellValue,
    *,
    report_year: int | None = None,
    is_range: bool = False,
    date_1904: bool = False,
) -> ParsedDate:
    """Read a date, or a range where `is_range` (`ColumnMeaning.value_type == "date_range"`). Never raises.

    Args:
        value: the cell; numbers between 30 000 and 60 000 are serials.
        report_year: the year for a month without one; give it only where the header states it (`period.year`).
        is_range: the column holds 起止 dates; elsewhere two dates are refused (`two_dates`).
        date_1904: numbers count from 1904.
    """
    if isinstance(value, str):
        return _parse_text(value, report_year, is_range, date_1904)
    if value is None:
        return EMPTY
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        if value in _DAYS_ZERO:
            return EMPTY
        if FIRST_YEAR <= value.year <= LAST_YEAR:
            return ParsedDate(dt.date(value.year, value.month, value.day), _PRECISIONS.get(value.__class__, "day"))
        return _refused("date_out_of_range")
    if value == dt.time(0) or (is_figure(value) and value == 0):
        return EMPTY
    if not is_figure(value):
        return _refused("not_a_date")
    return _parse_number(value, is_1904=date_1904)
