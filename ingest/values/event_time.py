"""The year of a day that a cell states without one, where the ledger's title says when its events took place.

`2026年1-6月新签约项目` tells the year of `3月15日` under 签约时间; `截至2026年6月` does not, nor does a title of another event.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.headers.header_text import Period, segment
from ingest.values.cell_values import is_own_event
from ingest.values.han_dates import dates_in_digits
from ingest.wording_registry import DATE_EVENTS, date_words

_TRIP_DATES = frozenset({"start_on", "end_on", "received_on"})
_BRACKETED = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
_HANDLED = frozenset({"received_on", "closed_on"})


@dataclass(frozen=True, slots=True)
class EventTime:
    """The span of time that a title states, and the events it names (`sign start …`)."""

    period: Period
    events: frozenset[str]
    kind: str

    def holds_for(self, field: str) -> bool:
        """Whether the dates of `field` lie in this time."""
        if self.kind == "outreach":
            return field in _TRIP_DATES
        if self.kind == "problem":
            return field in _HANDLED
        return self.kind == "project" and len(self.events) == 1 and is_own_event(field, self.events)

    def covers(self, day: dt.date | None) -> bool:
        """Whether a day lies in it."""
        first, last = self.period.month_from or 1, self.period.month_to or 12
        return day is not None and day.year == self.period.year and first <= day.month <= last


def event_time(titles: Sequence[str], kind: str) -> EventTime | None:
    """What the titles say, or None where none of them states a time with its year."""
    for title in titles:
        period = _stated(title) or _stated(dates_in_digits(title))
        if period is not None and period.year is not None and not period.is_as_of:
            return EventTime(period, _events(title), kind)
    return None


def _stated(title: str) -> Period | None:
    """外出招商登记表（2026年5月） states it in brackets."""
    period = segment(title).period
    inside = _BRACKETED.search(title) if period is None else None
    return segment(inside[1]).period if inside is not None else period


def _events(title: str) -> frozenset[str]:
    return frozenset(
        role for word, role in date_words().items() if role in DATE_EVENTS and len(word) > 1 and word in title
    )
