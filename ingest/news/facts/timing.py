"""Which stretch of time rules a figure: stated, carried over, a ceremony's day, a campaign still to be run."""

from __future__ import annotations

import re
from datetime import date

from ingest.news.facts.model import NO_PERIOD, Period
from ingest.news.facts.periods import Calendar, When, month_window, whole_year
from ingest.news.facts.spots import Frame, SentenceReading, Spot, depth
from ingest.news.facts.targets import TARGET_OF
from ingest.news.facts.wording import any_of

_CAMPAIGN = re.compile(any_of("campaign"))
_THIS_EVENT = re.compile(any_of("this_event"))
_PRESS = re.compile(any_of("press") + r"|[电讯](?=[（，\s])")
_CEREMONY = re.compile(any_of("ceremony"))
_EVENT_NAME = re.compile(any_of("event_name"))
_OCCASION = re.compile(any_of("occasion"))
# `三、2023年工作打算`: what stands below speaks of that year.
_NUMBERED = re.compile(r"^\s*[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_YEAR_HEADING = re.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])?\s*(?P<year>20\d{2})年度?[^，。；\d]{0,12}"
    r"(?:打算|计划|安排|思路|目标|重点|举措|任务|部署|工作|总结|情况)"
)
# A campaign is announced this long before it begins at most; one further off is over.
_ANNOUNCED_DAYS = 62
# 第三十届兰洽会期间，共签约…: the fair's own days, which the page doesn't give.
_AT_THE_FAIR = re.compile(r"届[^，。；]{1,8}?(?:会|节)(?:期间|上)")
_SIGNED_COHORT = re.compile(r"(?:以来)?的?新?(?:签约|签订|引进)的?(?:项目|合同)")


class Timing:
    """Rules the time of figures over one article; remembers the last ceremony and the campaign."""

    def __init__(self, when: Calendar, speaks_of_campaign: bool) -> None:
        """`speaks_of_campaign`: some sentence of the article does."""
        self.when = when
        self._speaks_of_campaign = speaks_of_campaign
        self._campaign: Period | None = None
        self._ceremony: Period | None = None
        self._heading_year: int | None = None

    def context(self, text: str, frame: Frame) -> Calendar:
        """How to read a sentence's dates: a bare 全年 means the year spoken of before."""
        if self._heading_year is not None:
            return Calendar(self.when.published, self._heading_year)
        year = frame.period.end.year if frame.period.end else None
        if year is not None and self.when.year is not None and year == self.when.year - 1 and "全年" in text[:4]:
            return Calendar(self.when.published, year)
        return self.when

    def note(self, reading: SentenceReading, frame: Frame) -> None:
        """At the end of a sentence: what its dates leave behind for the next ones."""
        self._note_heading(reading, frame)
        for item in reading.periods:
            if item.scope == "day" and item.period != NO_PERIOD and not self._is_press(reading, item):
                self._ceremony = item.period
            if self._is_event_name(reading, item, reading.periods):
                continue
            if item.scope == "window" and item.period.end and self._opens_campaign(reading, item):
                self._campaign = self._still_to_come(item)
            if item.scope in ("window", "since", "now", "year") and item.period != NO_PERIOD:
                frame.window = self._resolve(item, reading, frame)
        found = self.period_before(reading, len(reading.sentence.text), frame)
        if found is not None:
            frame.period, frame.stated = found, True

    def _note_heading(self, reading: SentenceReading, frame: Frame) -> None:
        """A heading that opens with a year rules what stands below it, up to the next numbered heading."""
        if not reading.sentence.is_headline:
            return
        found = _YEAR_HEADING.match(reading.sentence.text)
        year = int(found["year"]) if found else None
        if year is not None and self.when.year is not None and abs(year - self.when.year) <= 1:
            self._heading_year = year if year != self.when.year else None
            frame.window = frame.period = NO_PERIOD
        elif _NUMBERED.match(reading.sentence.text):
            self._heading_year = None

    def _still_to_come(self, item: When) -> Period:
        """The window of a campaign or a target: months without a year that are about to begin are the coming ones."""
        start, end, published = item.period.start, item.period.end, self.when.published
        if start is None or end is None or published is None or "年" in item.text:
            return item.period
        coming = month_window(end.year + 1, start.month, end.month)
        begins = coming.start is not None and 0 <= (coming.start - published).days <= _ANNOUNCED_DAYS
        return coming if begins else item.period

    def of_figure(self, reading: SentenceReading, spot: Spot, frame: Frame) -> Period:
        """The window of an achieved figure."""
        found = self.period_before(reading, spot.quantity.start, frame)
        if found is not None:
            return found
        if self._ceremony is not None and _THIS_EVENT.search(reading.sentence.text[: spot.quantity.end + 12]):
            return self._ceremony
        return NO_PERIOD if _AT_THE_FAIR.search(reading.sentence.text[: spot.quantity.start]) else frame.period

    def of_event(self, reading: SentenceReading, position: int, frame: Frame, is_listed: bool) -> Period:
        """The window of a named project's event; `is_listed`: it is one of those of the ceremony told of before."""
        found = self.period_before(reading, position, frame)
        if found is not None:
            return found
        if self._ceremony is not None and _THIS_EVENT.search(reading.sentence.text):
            return self._ceremony
        if is_listed and self._ceremony is not None and not frame.stated:
            return self._ceremony
        return frame.period if frame.stated or frame.period.end is not None else NO_PERIOD

    def is_over(self, period: Period) -> bool:
        """Whether a window had ended when the page appeared."""
        published = self.when.published
        return published is not None and period.end is not None and period.end < published

    def period_before(self, reading: SentenceReading, position: int, frame: Frame) -> Period | None:
        """The stretch of time that rules a position, from the words before it; None where there are none."""
        text = reading.sentence.text
        items = [
            item
            for item in reading.periods
            if item.start <= position
            and item.scope != "plan"
            and depth(text, item.start) <= depth(text, min(position, len(text)))
        ]
        for item in reversed(items):
            if item.scope in ("recent", "day") and self._is_press(reading, item):
                continue
            if item.scope in ("window", "year") and self._is_event_name(reading, item, items):
                continue
            return self._resolve(item, reading, frame)
        return None

    def _resolve(self, item: When, reading: SentenceReading, frame: Frame) -> Period:
        earlier = [other for other in reading.periods if other.end <= item.start]
        rule = {
            "as_of": self._as_of,
            "since": self._since,
            "year": self._year,
            "this_month": self._this_month,
            "now": self._now,
            "same_day": self._same_day,
        }.get(item.scope)
        return rule(item, earlier, frame) if rule is not None else item.period

    def _as_of(self, item: When, earlier: list[When], frame: Frame) -> Period:
        stated = _latest(earlier, "year", "window")
        if stated is not None and "年" not in item.text and item.period.end and stated.period.end:
            # 2022年计划50个，截至9月底已签约41个: the end of September of the year just named.
            year = stated.period.end.year
            if "年" in stated.text and year != item.period.end.year and item.period.end.day > 27:
                return month_window(year, 1, item.period.end.month)
        since = _latest(earlier, "since")
        if since is not None and since.period.start:
            return Period(since.period.start, item.period.end)
        return Period(None, item.period.end) if frame.cohort else item.period

    def _since(self, item: When, earlier: list[When], frame: Frame) -> Period:
        as_of = _latest(earlier, "as_of")
        if as_of is not None and as_of.period.end and item.period.start:
            return Period(item.period.start, as_of.period.end)
        return frame.period if frame.has_window and frame.period.start == item.period.start else item.period

    def _year(self, item: When, earlier: list[When], frame: Frame) -> Period:
        start, end = item.period.start, item.period.end
        if start is None or end is None:
            return item.period
        as_of = _latest(earlier, "as_of")
        if as_of is not None and as_of.period.end and start.year == as_of.period.end.year:
            return Period(start, as_of.period.end)
        published = self.when.published
        if not item.text.startswith(("今年", "本年")) and (published is None or end <= published):
            return item.period
        # The year is still running: up to the window stated before, else open.
        return frame.period if frame.has_window and frame.period.start == start else Period(start, None)

    def _this_month(self, item: When, earlier: list[When], frame: Frame) -> Period:
        ends = [other.period.end for other in earlier if other.period.end]
        end = ends[-1] if ends else frame.period.end
        return month_window(end.year, end.month, end.month) if end else NO_PERIOD

    def _same_day(self, item: When, earlier: list[When], frame: Frame) -> Period:
        return self._ceremony or NO_PERIOD

    def _now(self, item: When, earlier: list[When], frame: Frame) -> Period:
        since = _latest(earlier, "since", "year")
        if since is not None:
            return Period(since.period.start, None)
        if frame.cohort:
            return frame.period if frame.period.start is None else NO_PERIOD
        return Period(date(self.when.year, 1, 1), None) if self.when.year is not None else NO_PERIOD

    def _is_press(self, reading: SentenceReading, item: When) -> bool:
        """Whether a day is only the day of the report: 3月21日通报."""
        text = reading.sentence.text
        rest = text[item.end : reading.sentence.clause_at(item.start).end]
        if _PRESS.search(rest):
            return True
        after = text[item.end : item.end + 80]
        if item.scope == "day" and (_CEREMONY.search(after) or _OCCASION.search(after)):
            return False
        return item.scope == "day" or "召开" in rest

    def _is_event_name(self, reading: SentenceReading, item: When, items: list[When]) -> bool:
        """`10月19日，2023年第四季度重大项目集中开工活动…`: the quarter names the event, the day dates it."""
        rest = re.split(r"[，。；]", reading.sentence.text[item.end : item.end + 60])[0]
        return _EVENT_NAME.search(rest) is not None and any(
            other.scope == "day" and other.end <= item.start and not self._is_press(reading, other) for other in items
        )

    def of_target(self, reading: SentenceReading, spot: Spot, frame: Frame) -> Period:
        """The window a target is to be met in: the stated one, the campaign, else the year."""
        after = reading.sentence.text[spot.quantity.end : spot.quantity.end + 16]
        stated = self._stated_for_target(reading, spot)
        if not (TARGET_OF.match(after) or re.search(r"完成|占", spot.left)):
            if self._campaign is not None and not any("年" in item.text for item in stated):
                return self._campaign
            if stated:
                ruling = stated[-1]
                return self._still_to_come(ruling) if ruling.scope == "window" else _from_new_year(ruling)
            if frame.has_window and self.when.published is not None and not self.is_over(frame.period):
                return frame.period
        ends = [item.period.end.year for item in stated if item.period.end]
        if ends:
            return whole_year(ends[-1])
        period = self.period_before(reading, spot.quantity.start, frame) or frame.period
        known = period.end or period.start
        return whole_year(known.year if known else self.when.year)

    def _stated_for_target(self, reading: SentenceReading, spot: Spot) -> list[When]:
        text = reading.sentence.text
        return [
            item
            for item in reading.periods
            if item.start <= spot.quantity.start
            and item.scope in ("window", "year", "vague", "plan", "as_of")
            and item.period.end
            # 2012年签约项目: the year of a cohort, unless a rate of that cohort is the target.
            and (spot.quantity.family == "percent" or not _SIGNED_COHORT.match(text[item.end : item.end + 8]))
        ]

    def _opens_campaign(self, reading: SentenceReading, item: When) -> bool:
        """Whether a window is that of a campaign (百日攻坚) still to be run: its targets are due by its end."""
        if _CAMPAIGN.search(reading.sentence.text):
            return True
        before = reading.sentence.text[max(0, item.start - 16) : item.start]
        return bool(re.search(r"将|利用|开始", before)) and self._speaks_of_campaign


def speaks_of_campaign(text: str) -> bool:
    """Whether an article speaks of a campaign with a term."""
    return _CAMPAIGN.search(text) is not None


def _latest(items: list[When], *scopes: str) -> When | None:
    return next((item for item in reversed(items) if item.scope in scopes), None)


def _from_new_year(item: When) -> Period:
    """A window as it is; 截至 a day from the first of its year."""
    end = item.period.end
    return Period(date(end.year, 1, 1), end) if item.scope == "as_of" and end is not None else item.period
