"""Stretches of time in the text: `1—9月`, `截至10月底`, `今年以来`, `前三季度`, `11月19日`, `“十三五”期间`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ingest.news.facts.model import NO_PERIOD, Period

Scope = Literal["window", "since", "as_of", "now", "day", "vague", "recent", "same_day", "year", "plan", "this_month"]

_N = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2, "首": 1, "十一": 11, "十二": 12}
_YEAR = r"(?:(?P<year>(?:19|20)\d{2})年?度?|(?P<relative>今年|本年度?|去年|上年|前年|明年))"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_TO = r"(?:月?(?:份|初|上旬|起|开始)?)?，?(?:一直)?(?:持续|延续)?\s?[—\-~至到]\s?"
_CHINESE_MONTH = r"(?:十一|十二|[一二三四五六七八九十])"

_WINDOW = re.compile(
    rf"{_YEAR}?的?(?:"
    rf"(?P<m1>{_MONTH}){_TO}(?P<m2>{_MONTH})月(?!\d)(?!\d*日)(?:份|底|末)?"
    rf"|(?P<l1>{_MONTH})(?:、{_MONTH})*、(?P<l2>{_MONTH})(?:月份?|[两二三四五六]个月)"
    rf"|(?P<c1>{_CHINESE_MONTH})(?:月份?)?[—\-~至到](?P<c2>{_CHINESE_MONTH})月份?"
    r"|(?P<half>[上下]半年)"
    r"|(?P<quarters>(?<![提目以])前|头|第|首|一|二|三|四|1|2|3|4)(?P<quarters2>[一二两三四1-4])?个?季度?(?!招)"
    r"|(?P<months>(?<![提目以])前|头)(?P<months2>[两一二三四五六七八九十]|十一|\d{1,2})个?月"
    r"|(?P<whole>全年)"
    r")(?:以来|期间|末|底)?"
)
_AS_OF = re.compile(
    rf"(?:截至|截止到?|截止至|到|至){_YEAR}?的?(?P<month>{_MONTH})月(?:份|底|末|(?P<day>\d{{1,2}})日|中旬|上旬|下旬)?"
    rf"(?P<tail>以来|底|末)?"
    rf"|(?:截至|截止到?){_YEAR.replace('year', 'year2').replace('relative', 'relative2')}(?:年?底|末)?"
)
_NOW = re.compile(r"截至目前|截止目前|截至今日|到目前为止|迄今|目前为止|截至现在|截至发稿|截止现在|目前|截至日前")
_SINCE = re.compile(
    rf"(?P<last>(?:去年|上年|前年)初?以来)"
    rf"|(?P<this>今年以来|今年初以来|年初以来|年初至今|入年以来|开年以来|新年以来|今年至今|今年)"
    rf"|(?:(?P<year>(?:19|20)\d{{2}})年)?(?:(?P<month>{_MONTH})月(?:份|初|上旬)?)?(?:(?P<day>\d{{1,2}})日)?(?:以来|起(?![草步点诉来])|开始)"
)
_SINCE_DAY = re.compile(
    rf"自?{_YEAR}?(?P<month>{_MONTH})月(?P<day>\d{{1,2}})日(?=[^，。；\d以]{{2,16}}以来)[^，。；]{{2,16}}?以来"
)
_DAYS = re.compile(
    rf"{_YEAR}?(?P<month>{_MONTH})月(?P<d1>\d{{1,2}})(?:日)?"
    rf"(?:[—\-~至到](?:(?P<month2>{_MONTH})月)?(?P<d2>\d{{1,2}}))?日"
)
_DAY_BEFORE = re.compile(r"\d月\d{1,2}日$")
# A page of this title speaks of that year, whenever it was put up; 2024年政府工作报告 speaks of the year before.
_REPORT_ON_YEAR = re.compile(
    r"((?:19|20)\d{2})年度?(?=[^，。；\d]{0,20}(?:统计公报|(?<!半年)工作总结|年报|完成情况|工作回顾)[^\d]*$)"
)
# Reports on the year before are given up to this month.
_REPORTS_END = 3
# From a fair's few days on, a stretch of days is a reporting window.
_LONG = timedelta(days=20)
_DAY_ONLY = re.compile(
    r"(?<![\d月—\-~至到])(?P<day>[1-3]?\d)日(?=上午|下午|晚|从|在|，|举行|全|由|，|[\u4e00-\u9fff]{2,8}(?:举行|举办|召开))"
)
_MONTHLY = re.compile(rf"{_YEAR}?(?P<month>{_MONTH}|{_CHINESE_MONTH})月(?:份|(?=[，。、])|(?=[^\d日份底末—\-~至到]))")
_YEARLY = re.compile(rf"{_YEAR}(?!度?[一二三四]季)(?:全年|年底|底)?")
_VAGUE = re.compile(
    r"近年来|近几年|近[一二两三四五六七八九十\d]+年来?|历年来?|多年来|[一二两三四五六七八九十\d]+年来"
    r"|[“\"]?十[一二三四五]五[”\"]?(?:规划)?(?:期间|以来|时期|末)|改革开放以来|建[区园市县]以来|(?:自)?[^，。；]{2,8}(?:攻坚|行动|活动|开展|成立|启动|实施)[”\"]?以来"
    r"|上任以来|换届以来|党的[^，。]{2,6}以来"
)
_PAST_YEAR = re.compile(r"(?:刚刚)?过去的?一年(?![来多])")
_RECENT = re.compile(r"日前|近日|最近|近期|前不久|不久前|连日来|昨日|昨天|今日|今天|上周|本周")
_SAME_DAY = re.compile(r"同日|同一天|当日|当天")
# 2025年，清丰县全年…: the region alone between a year and the part of it that is meant.
_YEAR_OF_WINDOW = re.compile(r"^，?[^，。；：、\d的]{1,12}$")
_OWN_YEAR = re.compile(rf"^{_YEAR}")
# 上周（6月13日—19日）: the bracket says which.
_SAID_IN_BRACKETS = re.compile(r"^（(?:即)?$")
_PLAN = re.compile(r"[“\"]?十(?P<which>[一二三四五])五[”\"]?(?:规划)?(?:期间|时期|末)")
# No stretch of time is written without one of these.
_HINT = re.compile("[年月日季周天今昨]|以来|目前|截|近期|最近|不久|迄|现在|起|开始")
# 全年 as the yardstick of a figure, not its time: 完成全年目标的60%, 占全年计划的101%.
_PLAN_AFTER = re.compile(r"^(?:[^，。；]{0,16}?(?:任务|目标|计划|指标|预期)|的\d)")
_REFERENCE = re.compile(
    r"(?:比|较|同比|相比|与)[^，。；\d]{0,3}$|^(?:年)?(?:同期|同比)|^(?:全年|年)?(?:总量|总数)?相比"
)


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time where it stands in the text.

    `scope`: window (closed), since and now (running), as_of (a day without a stated start), day (a ceremony or the day
    of a report), year, vague (近年来), recent (日前), plan (全年 of 全年任务).
    """

    start: int
    end: int
    scope: Scope
    period: Period
    text: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """What 今年 and a month without a year mean in one article: the page's date, else the one year the text names."""

    published: date | None
    year: int | None

    def relative(self, word: str | None) -> int | None:
        """The year a relative word means."""
        if self.year is None:
            return None
        return self.year + {"去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(word or "", 0)

    def month_year(self, month: int) -> int | None:
        """The year of a month printed without one: the latest such month not after the page's date."""
        if self.published is None or self.year is None or self.published.year != self.year:
            return self.year
        return self.year if month <= self.published.month else self.year - 1

    def window_year(self, first: int, last: int) -> int | None:
        """The year of months printed without one; a window begun and not yet over is this year's, but 1—12月 last year's."""
        runs = self.published is not None and 1 < first <= self.published.month < last
        return self.year if runs else self.month_year(last)


def calendar_of(text: str, title: str, published: date | None) -> Calendar:
    """How to read relative dates. A text that speaks of an earlier year's window in full was posted again later."""
    reported = _REPORT_ON_YEAR.findall(title)
    if published is not None and len(reported) == 1 and 0 < published.year - int(reported[0]) <= 1:
        return Calendar(None, int(reported[0]))
    years = [int(year) for year in re.findall(r"(?<![\d到至争])((?:19|20)\d{2})年", title + "\n" + text)]
    if published is not None:
        windows = re.findall(
            rf"((?:19|20)\d{{2}})年(?:{_MONTH}{_TO}{_MONTH}月|上半年|[一二三四前]\w?季度|全年)", title + text
        )
        stated = {int(year) for year in windows}
        if len(stated) == 1 and published.year - max(stated) >= 1 and published.month > 3:
            return Calendar(None, max(stated))
        return Calendar(published, published.year)
    return Calendar(None, max(years) if years and max(years) - min(years) <= 4 else None)


def find_periods(text: str, when: Calendar) -> list[When]:
    """Every stretch of time in one sentence, in order, not overlapping. Pure."""
    if _HINT.search(text) is None:
        return []
    found: list[When] = []
    taken = [False] * len(text)
    finders = (
        _since_day,
        _vague,
        _this_month,
        _as_of,
        _window,
        _since,
        _days,
        _day_only,
        _now,
        _monthly,
        _recent,
        _same_day,
        _yearly,
    )
    for finder in finders:
        for item in finder(text, when):
            if any(taken[item.start : item.end]) or _is_reference(text, item):
                for at in range(item.start, item.end):
                    taken[at] = True
                continue
            for at in range(item.start, item.end):
                taken[at] = True
            found.append(item)
    return _told_in_brackets(text, _of_year_before(text, sorted(found, key=lambda item: item.start)))


def _told_in_brackets(text: str, items: list[When]) -> list[When]:
    """`上周（6月13日—19日）`, `近期（1—3月）`: the vague word means what its bracket says."""
    told: list[When] = []
    for item in items:
        before = told[-1] if told else None
        inside = text[item.end : item.end + 1] == "）" and item.period != NO_PERIOD
        if (
            inside
            and before is not None
            and before.scope == "recent"
            and _SAID_IN_BRACKETS.match(text[before.end : item.start])
        ):
            told[-1] = When(before.start, before.end, "window", item.period, before.text + item.text)
            continue
        told.append(item)
    return told


def _of_year_before(text: str, items: list[When]) -> list[When]:
    """`2025年，清丰县全年`, `去年，全县上半年`: the window is of the year that leads the sentence, not of the page's."""
    told: list[When] = []
    for item in items:
        year = told[-1] if told else None
        if (
            year is not None
            and year.scope == "year"
            and year.period.start is not None
            and item.scope in ("window", "plan")
            and item.period.start is not None
            and item.period.end is not None
            and _OWN_YEAR.match(item.text) is None
            and _YEAR_OF_WINDOW.match(text[year.end : item.start])
        ):
            months = month_window(year.period.start.year, item.period.start.month, item.period.end.month)
            item = When(item.start, item.end, item.scope, months, item.text)
        told.append(item)
    return told


def _is_reference(text: str, item: When) -> bool:
    """`比去年同期`, `2019年同期`: what a figure is compared with, not when it was."""
    return bool(_REFERENCE.search(text[max(0, item.start - 8) : item.start])) or bool(
        re.match(r"^(?:年)?(?:的)?(?:同期|同比|相比|增长\d)", text[item.end : item.end + 6])
    )


def month_window(year: int | None, first: int, last: int) -> Period:
    """From the first day of one month to the last of another in one year; unknown without the year."""
    if year is None or not (1 <= first <= last <= 12):
        return NO_PERIOD
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def whole_year(year: int | None) -> Period:
    """1 January to 31 December."""
    return month_window(year, 1, 12)


def _year_of(match: re.Match[str], when: Calendar, month: int | None = None, last: int | None = None) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("relative"):
        return when.relative(groups["relative"])
    wanted = last or month
    return when.month_year(wanted) if wanted is not None else when.year


def _window(text: str, when: Calendar) -> list[When]:
    found = []
    for match in _WINDOW.finditer(text):
        months = _window_months(match)
        if months is None:
            continue
        first, last = months
        whole = match["whole"] is not None
        part = match["half"] is not None or match["quarters"] is not None
        if whole:
            year = _year_of(match, when)
        elif part or match["year"] or match["relative"]:
            year = _year_of(match, when, first, first if part else last)
        else:
            year = when.window_year(first, last)
        scope: Scope = "plan" if whole and _PLAN_AFTER.match(text[match.end() : match.end() + 24]) else "window"
        found.append(_at(match, scope, month_window(year, first, last)))
    return found


def _window_months(match: re.Match[str]) -> tuple[int, int] | None:
    groups = match.groupdict()
    if groups["m1"]:
        return int(groups["m1"]), int(groups["m2"])
    if groups["l1"]:
        return int(groups["l1"]), int(groups["l2"])
    if groups["c1"]:
        return _N[groups["c1"]], _N[groups["c2"]]
    if groups["half"]:
        return (1, 6) if groups["half"][0] == "上" else (7, 12)
    if groups["whole"]:
        return 1, 12
    if groups["months"]:
        count = groups["months2"]
        return 1, int(count) if count.isdigit() else _N[count]
    return _quarters(groups["quarters"], groups["quarters2"])


def _quarters(lead: str, number: str | None) -> tuple[int, int] | None:
    if lead in "前头":
        count = _number(number) if number else None
        return (1, 3 * count) if count and count <= 4 else None
    named = {"首": 1, "第": None}.get(lead, _number(lead) if lead not in "第首" else None)
    quarter = (_number(number) if lead in "第首" else None) if number else named
    return (3 * quarter - 2, 3 * quarter) if quarter and quarter <= 4 else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _N[text]


def _as_of(text: str, when: Calendar) -> list[When]:
    found = []
    for match in _AS_OF.finditer(text):
        if match["tail"] == "以来":
            continue
        if match["month"]:
            month = int(match["month"])
            year = _year_of(match, when, month)
            end = _day(year, month, match["day"])
            if _DAY_BEFORE.search(text[: match.start()]) and match["day"]:
                continue
            if match.group().startswith(("到", "至")) and (match["day"] is None and "底" not in match.group()):
                continue
        else:
            year = int(match["year2"]) if match["year2"] else when.relative(match["relative2"])
            end = date(year, 12, 31) if year else None
        found.append(_at(match, "as_of", Period(date(end.year, 1, 1) if end else None, end)))
    return found


def _day(year: int | None, month: int, day: str | None) -> date | None:
    if year is None:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(int(day), last) if day and int(day) else last)


def _days(text: str, when: Calendar) -> list[When]:
    found = []
    for match in _DAYS.finditer(text):
        first_month = int(match["month"])
        last_month = int(match["month2"] or first_month)
        year = _year_of(match, when, first_month)
        start, end = _exact(year, first_month, match["d1"]), _exact(year, last_month, match["d2"] or match["d1"])
        if start and end and end < start:
            start = end = None
        scope: Scope = "window" if start and end and end - start > _LONG else "day"
        found.append(_at(match, scope, Period(start, end) if start and end else NO_PERIOD))
    return found


def _day_only(text: str, when: Calendar) -> list[When]:
    """`26日`: the latest such day not after the page's date."""
    found = []
    for match in _DAY_ONLY.finditer(text):
        day, period = int(match["day"]), NO_PERIOD
        if when.published is not None and 1 <= day <= 31:
            month = when.published.replace(day=1)
            if day > when.published.day:
                month = (month - timedelta(days=1)).replace(day=1)
            exact = _exact(month.year, month.month, match["day"])
            period = Period(exact, exact) if exact else NO_PERIOD
        found.append(_at(match, "day", period))
    return found


def _exact(year: int | None, month: int, day: str) -> date | None:
    if year is None or not 1 <= int(day) <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, int(day))


def _monthly(text: str, when: Calendar) -> list[When]:
    found = []
    for match in _MONTHLY.finditer(text):
        month = _number(match["month"])
        period = month_window(_year_of(match, when, month), month, month)
        # 11月百日行动启动以来: running since then, however long the words between.
        if re.match(r"[^，。；]{0,24}以来", text[match.end() :]):
            found.append(_at(match, "since", Period(period.start, None)))
        else:
            found.append(_at(match, "window", period))
    return found


def _since(text: str, when: Calendar) -> list[When]:
    found = []
    for match in _SINCE.finditer(text):
        if match["last"]:
            year = when.relative(match["last"][:2])
            start = date(year, 1, 1) if year else None
        elif match["this"]:
            start = date(when.year, 1, 1) if when.year else None
            if match["this"] == "今年" and re.match(
                r"^[前头上下一二三四\d]|^(?:全年|年?底|第)", text[match.end() : match.end() + 3]
            ):
                continue
            if match["this"] == "今年":
                found.append(_at(match, "year", whole_year(when.year)))
                continue
        elif match["year"] or match["month"]:
            month = int(match["month"] or 1)
            year = int(match["year"]) if match["year"] else when.month_year(month)
            start = _exact(year, month, match["day"] or "1")
        else:
            continue
        found.append(_at(match, "since", Period(start, None)))
    return found


def _now(text: str, when: Calendar) -> list[When]:
    return [_at(match, "now", NO_PERIOD) for match in _NOW.finditer(text)]


def _this_month(text: str, when: Calendar) -> list[When]:
    return [_at(match, "this_month", NO_PERIOD) for match in re.finditer("本月|当月", text)]


def _recent(text: str, when: Calendar) -> list[When]:
    return [_at(match, "recent", NO_PERIOD) for match in _RECENT.finditer(text)]


def _since_day(text: str, when: Calendar) -> list[When]:
    """`自9月10日“百日会战”开展以来`: running since that day."""
    found = []
    for match in _SINCE_DAY.finditer(text):
        month = int(match["month"])
        start = _exact(_year_of(match, when, month), month, match["day"])
        found.append(_at(match, "since", Period(start, None)))
    return found


def _same_day(text: str, when: Calendar) -> list[When]:
    return [_at(match, "same_day", NO_PERIOD) for match in _SAME_DAY.finditer(text)]


def _vague(text: str, when: Calendar) -> list[When]:
    found = []
    for match in _VAGUE.finditer(text):
        plan = _PLAN.match(match.group())
        period = NO_PERIOD
        if plan:
            first = 2001 + 5 * (_N[plan["which"]])
            period = Period(date(first, 1, 1), date(first + 4, 12, 31))
        found.append(_at(match, "vague", period))
    return found


def _yearly(text: str, when: Calendar) -> list[When]:
    found = []
    for match in _YEARLY.finditer(text):
        if match["year"] and "年" not in match.group():
            continue
        year = int(match["year"]) if match["year"] else when.relative(match["relative"])
        found.append(_at(match, "year", whole_year(year)))
    # 过去一年 in a report to the congress in the year's first months: the year before.
    if when.year is not None and when.published is not None and when.published.month <= _REPORTS_END:
        found += [_at(match, "year", whole_year(when.year - 1)) for match in _PAST_YEAR.finditer(text)]
    return found


def _at(match: re.Match[str], scope: Scope, period: Period) -> When:
    return When(match.start(), match.end(), scope, period, match.group())
