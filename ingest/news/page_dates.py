"""Dates of publication: as pages print them, as feeds write them. Times are +08:00 unless they say otherwise.

`CST` is China's time here, never America's.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

CHINA = dt.timezone(dt.timedelta(hours=8))
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr)}
_ZONES = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "cst": 8, "bjt": 8, "hkt": 8, "jst": 9,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_TIME = r"(?:[T\s]*(?P<hour>\d{1,2})[:：时点](?P<minute>\d{1,2})(?:[:：分](?P<second>\d{1,2}))?(?:\.\d+)?秒?)?"
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|[A-Z]{2,4}\b)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_NUMERIC = re.compile(
    rf"(?<![\d.]){_YEAR}\s*(?P<mark>[-/.年])\s*(?P<month>1[0-2]|0?[1-9])\s*(?:(?P=mark)|月)\s*"
    rf"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s*日?{_TIME}{_ZONE}"
)
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_MAIL = re.compile(rf"(?P<day>\d{{1,2}})[\s-]+(?P<name>[A-Za-z]{{3}})[a-z]*[\s,-]+{_YEAR}{_TIME}{_ZONE}")
_MONTH_ONLY = re.compile(rf"(?<![\d.]){_YEAR}\s*[-/.年]\s*(?P<month>1[0-2]|0?[1-9])(?![\d/.-])\s*月?")
_URL_DATE = re.compile(
    rf"[/_t]{_YEAR}[-/_]?(?P<month>1[0-2]|0[1-9])[-/_]?(?P<day>3[01]|[12]\d|0[1-9])(?!\d)"
    rf"|/{_YEAR.replace('year', 'year2')}/(?P<month2>1[0-2]|[1-9])/(?P<day2>3[01]|[12]\d|[1-9])/"
)


@dataclass(frozen=True, slots=True)
class Published:
    """When something was published: the instant where a time is stated, the date in China, `day` or `month`."""

    on: dt.date
    precision: str = "day"
    at: dt.datetime | None = None


def parse_published(text: str | None) -> Published | None:
    """The first date a text states, or None."""
    if not text:
        return None
    for pattern in (_NUMERIC, _MAIL, _COMPACT):
        for match in pattern.finditer(text):
            if found := _dated(match):
                return found
    for match in _MONTH_ONLY.finditer(text):
        return Published(dt.date(int(match["year"]), int(match["month"]), 1), "month")
    return None


def has_day(text: str) -> bool:
    """Whether a text states a full date as pages print it."""
    return _NUMERIC.search(text) is not None


def date_in_url(url: str | None) -> Published | None:
    """The date that news sites put into addresses: `/2021-07/29/`, `/20190903/`, `t20140324_`, `/2014/05/03/`."""
    for match in _URL_DATE.finditer(url or ""):
        parts = match.groupdict()
        year, month, day = (parts[name] or parts[f"{name}2"] for name in ("year", "month", "day"))
        try:
            return Published(dt.date(int(year or 0), int(month or 0), int(day or 0)))
        except ValueError:
            continue
    return None


def _dated(match: re.Match[str]) -> Published | None:
    parts = match.groupdict()
    month = int(parts["month"]) if parts.get("month") else _MONTHS.get((parts.get("name") or "").lower(), 0)
    try:
        day = dt.date(int(parts["year"] or 0), month, int(parts["day"] or 0))
        if not parts.get("hour"):
            return Published(day)
        time = dt.time(int(parts["hour"] or 0) % 24, int(parts["minute"] or 0), min(int(parts["second"] or 0), 59))
    except ValueError:
        return None
    at = dt.datetime.combine(day, time, _zone(parts.get("zone"))).astimezone(CHINA)
    return Published(at.date(), "day", at)


def _zone(stated: str | None) -> dt.timezone:
    if not stated:
        return CHINA
    if stated[0] in "+-":
        digits = stated[1:].replace(":", "")
        offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return dt.timezone(-offset if stated[0] == "-" else offset) if offset < dt.timedelta(hours=24) else CHINA
    hours = _ZONES.get(stated.lower())
    return CHINA if hours is None else dt.timezone(dt.timedelta(hours=hours))
