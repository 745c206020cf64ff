"""The date a ledger reports, the month it reports, and how it is known.

Sources of it in order: the source's configuration, the filing line (`填报时间：2026年7月5日`), the title (`2026年6月…`,
`截至6月30日`, `1—6月`, `2026年上半年`, `第25周`), the file name, last the months up to which all headers tell what was
done. A month means its last day. The first that gives a full date wins; a year it lacks is taken from the title, then from
the file name, then from the sheet names, never from a clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.ledgers.ledger_source import ReportDateRule
from ingest.values.han_dates import dates_in_digits
from ingest.values.printed import compact

_YEAR = r"(?<!\d)(20\d\d)"
_MONTH = r"(1[0-2]|0?[1-9])"
_DAY = r"(3[01]|[12]\d|0?[1-9])"

# Each pattern may leave out the year; named groups say what was found.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # A span of dates: its end counts.
        r"(?:(?P<y>20\d\d)[年./-])?(?:1[0-2]|0?[1-9])[月./-](?:3[01]|[12]\d|0?[1-9])日?(?:[-—~至到]+)"
        r"(?:(?P<y2>20\d\d)[年./-])?(?P<m>1[0-2]|0?[1-9])[月./-](?P<d>3[01]|[12]\d|0?[1-9])日?(?!\d)",
        r"(?:(?P<y>20\d\d)年)?(?P<m>1[0-2]|0?[1-9])月(?:3[01]|[12]\d|0?[1-9])日?[-—~至到]+(?P<d>3[01]|[12]\d|0?[1-9])日",
        # A day.
        r"(?P<y>20\d\d)年(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])(?:日|号)",
        r"(?<!\d)(?P<y>20\d\d)([./-])(?P<m>1[0-2]|0?[1-9])\2(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)",
        r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        r"(?<!\d)(?P<m>1[0-2]|0?[1-9])月(?P<d>3[01]|[12]\d|0?[1-9])(?:日|号)",
        # A span of months: its end counts.
        r"(?:(?P<y>20\d\d)年)?(?:1[0-2]|0?[1-9])月?[-—~至到]+(?:(?P<y2>20\d\d)年)?(?P<m>1[0-2]|0?[1-9])月",
        r"(?:(?P<y>20\d\d)[年.])(?P<m>1[0-2]|0?[1-9])月?(?P<ten>上旬|中旬|下旬)",
        # A month.
        r"(?P<y>20\d\d)年(?:度)?[(]?(?P<m>1[0-2]|0?[1-9])月",
        r"(?<!\d)(?P<y>20\d\d)[./-](?P<m>1[0-2]|0?[1-9])(?![\d])",
        r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?!\d)",
        # Halves, quarters, weeks.
        r"(?:(?P<y>20\d\d)年?度?)?(?P<half>上半年|下半年|全年)",
        r"(?:(?P<y>20\d\d)年?度?)?(?P<upto>前)?第?(?P<q>[1-4])季度",
        r"(?:(?P<y>20\d\d)年?度?)?第(?P<week>5[0-3]|[1-4]\d|0?[1-9])周",
        r"(?<![\d.])(?P<m>1[0-2]|0?[1-9])月(?:份|底|末)?",
    )
)
# What systems print behind a day: 2025-07-03 09:12:33, 2025-07-03T09:12, and in names 20250703091233, 2025-07-03 09-12-33.
_CLOCK = re.compile(
    r"(?P<day>(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?<!\d)20\d\d(?P<mark>[-./年])\d{1,2}[-./月]\d{1,2}日?)"
    r"(?(mark)[\s_T]+|[\s_T]*)(?:[01]?\d|2[0-3])[:：\-_.时]?[0-5]\d(?:[:：\-_.分]?[0-5]\d秒?)?(?!\d)"
)
_UPTO = re.compile(r"截[至止](?:到)?")
# 统计期：2025年6月 beside the day of filing is the month reported.
_PERIOD = r"(?:统计|报告|报表|所属|数据|填报|上报)(?:期|周期|月份|年月|区间)"
_FILED = "填报|填表|报送|上报|制表|更新|编制|打印|导出|下载|生成|查询"
# 外出时间：…, 签约时间：… tell of something else than of the list.
_FILING = re.compile(
    rf"(?:(?<![出访察动行程约工产册待谈见展会])(?:{_FILED}|报表|统计|汇总|数据|考核)?(?:日期|时间|截止日期|截至日期)[:]"
    rf"|(?:{_FILED})(?:日期|时间)(?=20\d\d)"
    r"|数据(?:统计)?(?:时间)?(?:均|为|系|是)?截[至止](?:到)?(?:日期|时间)?[:为]?)"
    rf"((?:(?!{_PERIOD}).){{0,24}})"
)
_HEADER_MONTHS = re.compile(r"(?<![\d.])(?:\d{1,2}月?[-~至到])?(1[0-2]|0?[1-9])月(?!\d)")
_HEADER_MONTHS_OF_YEAR = re.compile(
    r"(?:(?<!\d)(20\d\d)年?)?(?<![\d.])(?:\d{1,2}月?[-~至到])?(1[0-2]|0?[1-9])月(?!\d)(?![底末]?前)"
)
_SINCE_JANUARY = re.compile(r"(?<![\d.])1月?[-—~至到](?:1[0-2]|[2-9])月")
_TELLS_DONE = re.compile("完成|到位|到资|累计|实际|进资|进展|进度")
# 攻坚目标（6-8月） and 10月计划投资 say what is to come.
_INTENDS = re.compile("计划|目标|任务|预计|拟|下月|下步|下一步")
_YEARS = range(1990, 2100)
_TENTH = {"上旬": 10, "中旬": 20}
_BARE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class ReportDate:
    """The report date (None where nothing states it), how it is known, and the first day of the month it reports.

    `basis` is `source filing_line title file_name headers` or None.
    """

    date: dt.date | None = None
    basis: str | None = None
    month: dt.date | None = None


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as a text states it: the year may be missing."""

    year: int | None
    month: int
    day: int | None

    def on(self, year: int | None) -> dt.date | None:
        """The date, `year` standing in where none is stated; a month gives its last day."""
        chosen = self.year or year
        if chosen is None:
            return None
        try:
            if self.day is None:
                return month_end(chosen, self.month) if 1 <= self.month <= 12 else None
            return dt.date(chosen, self.month, self.day)
        except ValueError:
            return None


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return (dt.date(year + month // 12, month % 12 + 1, 1)) - dt.timedelta(days=1)


def report_date(
    *,
    rule: ReportDateRule | None,
    titles: Iterable[str],
    filing_lines: Iterable[str],
    file_name: str,
    headers: Iterable[str] = (),
) -> ReportDate:
    """The report date of a file.

    Args:
        rule: what the source's configuration says.
        titles: title lines and sheet names.
        filing_lines: lines that may hold `填报时间：…` (they may be the same lines).
        file_name: name or path.
        headers: column headers; where only a filing line dates the ledger and all headers that name months end with
            the same one (`1-6月到位资金`), that month is the one reported. Where nothing else dates it, its end is the date.
    """
    stem = _without_clock(_stem(file_name))
    filing_list = [_without_clock(line) for line in filing_lines]
    title_list = [_FILING.sub(" ", dates_in_digits(_without_clock(text))) for text in titles]
    year = next((y for text in [*title_list, stem] if (y := _only_year(text))), None)
    stated = {
        "source": _by_rule(rule, stem, file_name),
        "filing_line": next((d for line in filing_list for d in _filing_dates(line, year)), None),
        "title": next((d for text in title_list if (d := _best(text, year))), None),
        "file_name": _best(stem, year),
    }
    header_list = list(headers)
    if not any(stated.values()):
        stated["headers"] = _end_of_headers_months(header_list, year)
    basis, chosen = next(((name, value) for name, value in stated.items() if value), (None, None))
    if basis is None or chosen is None:
        return ReportDate()
    month = _reported_month(basis, stated)
    if basis == "filing_line" and not stated["title"] and not stated["file_name"]:
        month = _month_of_headers(header_list, chosen) or month
    return ReportDate(chosen, basis, month)


def _reported_month(basis: str, stated: dict[str, dt.date | None]) -> dt.date | None:
    """The month reported: a filing date says when it was filed, the title and the name say which month."""
    order = ("title", "file_name", "filing_line") if basis == "filing_line" else (basis,)
    filed = stated["filing_line"]
    for name in order:
        value = stated[name]
        if value is None or (name != "filing_line" and basis == "filing_line" and filed and value > _latest(filed)):
            continue
        return value.replace(day=1)
    return None


def _month_of_headers(headers: Iterable[str], filed: dt.date) -> dt.date | None:
    """The one month in which all headers that name months end, in the year up to the filing date."""
    plain = [text for header in headers if not _INTENDS.search(text := compact(header))]
    months = {int(match[1]) for text in plain for match in _HEADER_MONTHS.finditer(text)}
    if len(months) != 1:
        return None
    month = months.pop()
    return dt.date(filed.year if month <= filed.month else filed.year - 1, month, 1)


def _end_of_headers_months(headers: Sequence[str], year: int | None) -> dt.date | None:
    """2026年全县重点项目调度表: 1-8月完成投资 | 8月完成投资. The end of the one month up to which all headers that name months tell what was
    done; the year is the title's or the header's own. What is told of an earlier year does not count.
    """
    plain = [text for header in headers if not _INTENDS.search(text := compact(header))]
    # 6月 | 7月 | 8月 | 1-8月: what they come to since January says until when.
    told = [text for text in plain if _SINCE_JANUARY.search(text)] or [
        text for text in plain if _TELLS_DONE.search(text)
    ]
    ends = {
        StatedDate(own, int(match[2]), None)
        for text in told
        for match in _HEADER_MONTHS_OF_YEAR.finditer(text)
        if (own := int(match[1]) if match[1] else year) is not None
    }
    latest = max((end.year for end in ends if end.year is not None), default=None)
    ends = {end for end in ends if end.year == latest}
    return ends.pop().on(None) if len(ends) == 1 else None


def _latest(filed: dt.date) -> dt.date:
    """A ledger filed on the 25th may report its own month; one that names a later month names something else."""
    return month_end(filed.year, filed.month)


def _stem(file_name: str) -> str:
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return re.sub(r"\.[A-Za-z]{2,5}$", "", name)


def _without_clock(text: str) -> str:
    """The text with days only: of a day and its hour run together neither can be told."""
    return _CLOCK.sub(lambda match: match["day"] + " ", text)


def _by_rule(rule: ReportDateRule | None, stem: str, file_name: str) -> dt.date | None:
    if rule is None:
        return None
    if rule.fixed:
        return rule.fixed
    if not rule.file_name_pattern:
        return None
    # The name itself first: the folder of a county is digits too. A folder of the month may date what lies in it.
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    matches = (re.search(rule.file_name_pattern, text) for text in (name, file_name))
    return next((date for match in matches if match and (date := _date_of_name(match.groupdict()))), None)


def _date_of_name(parts: dict[str, str | None]) -> dt.date | None:
    year = int(parts["year"] or 0)
    year += 2000 if year < 100 else 0
    day = int(parts["day"] or 0) if parts.get("day") else None
    return StatedDate(year, int(parts["month"] or 0), day).on(None) if year in _YEARS else None


def _filing_dates(line: str, year: int | None) -> Iterator[dt.date]:
    for match in _FILING.finditer(dates_in_digits(line)):
        if found := _best(match[1], year):
            yield found


def _only_year(text: str) -> int | None:
    match = _BARE_YEAR.search(dates_in_digits(text)) or re.search(
        r"(20\d\d)(?=(?:0[1-9]|1[0-2])(?:\d\d)?(?!\d))", dates_in_digits(text)
    )
    return int(match[1]) if match else None


def _best(text: str, year: int | None) -> dt.date | None:
    """The date a text states: after 截至 first, else by the order of the patterns."""
    plain = dates_in_digits(text)
    upto = _UPTO.search(plain)
    if upto and (found := _first(plain[upto.end() :], year)):
        return found
    return _first(plain, year)


def _first(plain: str, year: int | None) -> dt.date | None:
    own_year = _only_year(plain) or year
    for pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if found := _from_match(match.groupdict(), own_year):
                return found
    return None


def _from_match(parts: dict[str, str | None], year: int | None) -> dt.date | None:
    stated = parts.get("y2") or parts.get("y")
    own = int(stated) if stated else year
    if parts.get("week"):
        return _week_end(own, int(parts["week"] or 0))
    if half := parts.get("half"):
        return StatedDate(None, 6 if half == "上半年" else 12, None).on(own)
    if quarter := parts.get("q"):
        return StatedDate(None, int(quarter) * 3, None).on(own)
    day = int(parts["d"] or 0) if parts.get("d") else _TENTH.get(parts.get("ten") or "")
    return StatedDate(None, int(parts["m"] or 0), day).on(own)


def _week_end(year: int | None, week: int) -> dt.date | None:
    """The Sunday of an ISO week."""
    try:
        return dt.date.fromisocalendar(year, week, 7) if year else None
    except ValueError:
        return None
