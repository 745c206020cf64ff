"""The grammar of money and date headers: a wording is cut into known words, and rules say which field they make.

Word order does not count, so `计划 > 开工时间`, `开工时间（计划）` and `计划开工时间` are one meaning. A wording with one
unknown character means nothing here: wrong is worse than unmapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from ingest.fields import fields
from ingest.headers.header_text import Period, head_key
from ingest.wording_registry import HeaderRule, header_rules, header_words

_NEVER = frozenset({"last_year", "last_month", "next_year", "next_month", "quarter", "half_year", "week", "this_issue"})
SCOPE_FEATURES = (
    frozenset({"accumulated", "since_start", "this_year", "ytd", "this_month", "up_to", "to_date", "year_end", "since"})
    | _NEVER
)
_OF_MONEY = frozenset({"invest", "arrived", "fund", "done", "foreign"})
_EVENTS = frozenset({"sign", "perform", "land", "start", "complete", "produce", "register", "statistics"})
_ORIGIN = frozenset({"other_province", "same_province", "abroad", "foreign", "domestic", "own_side", "partner_side"})


@dataclass(frozen=True, slots=True)
class Grasp:
    """What the grammar made of a header."""

    field: str
    scope: str | None = None
    funds_origin: str | None = None
    end_field: str | None = None


@cache
def _words() -> tuple[dict[str, frozenset[str]], int]:
    words: dict[str, frozenset[str]] = {}
    for word, features in header_words().items():
        words[head_key(word)] = words.get(head_key(word), frozenset()) | features
    return words, max(map(len, words))


@lru_cache(maxsize=16384)
def features(text: str) -> frozenset[str] | None:
    """What the words of `text` say, or None where a part of it is no known word. Longer words are tried first.

    动土月份 is the time of an event, as 动土时间 is; 月份 by itself is this month.
    """
    event = _covered(text.removesuffix("月份")) if text.endswith("月份") else None
    return event | {"time"} if event and event & _EVENTS and not event & _OF_MONEY else _covered(text)


@lru_cache(maxsize=16384)
def _covered(text: str) -> frozenset[str] | None:
    words, longest = _words()
    dead: set[int] = set()

    def cover(at: int) -> frozenset[str] | None:
        if at == len(text):
            return frozenset()
        if at in dead:
            return None
        for size in range(min(longest, len(text) - at), 0, -1):
            said = words.get(text[at : at + size])
            rest = cover(at + size) if said is not None else None
            if said is not None and rest is not None:
                return said | rest
        dead.add(at)
        return None

    return cover(0) if len(text) <= 40 else None


@lru_cache(maxsize=16384)
def features_within(text: str) -> frozenset[str]:
    """What the known words of `text` say, unknown parts left out."""
    words, longest = _words()
    found: set[str] = set()
    at = 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 0, -1):
            said = words.get(text[at : at + size])
            if said is not None:
                found |= said
                at += size - 1
                break
        at += 1
    return frozenset(found)


@lru_cache(maxsize=16384)
def leaves_money_unexplained(text: str) -> bool:
    """Whether an unknown word stands before the first word of money: whose 银团资金到位 is, nobody knows; 资金到位明细 is plain."""
    words, longest = _words()
    at, unknown = 0, False
    while at < len(text):
        size = next((size for size in range(min(longest, len(text) - at), 0, -1) if text[at : at + size] in words), 0)
        if size and words[text[at : at + size]] & _OF_MONEY:
            return unknown
        unknown = unknown or not size
        at += size or 1
    return False


def is_other_year(period: Period | None, report_year: int | None) -> bool:
    """Whether the header speaks of another year than the report's."""
    return period is not None and period.year is not None and report_year is not None and period.year != report_year


def _months(said: frozenset[str], period: Period | None) -> tuple[bool, bool]:
    """Whether one month is meant, and whether January to a month."""
    single = period is not None and period.is_single_month
    ranged = period is not None and period.month_from is not None and not single and not period.is_as_of
    return single or "this_month" in said, ranged or "ytd" in said


def scope_of(said: frozenset[str], period: Period | None, report_year: int | None) -> str | None:
    """`month`, `ytd`, `cumulative`, or None where the header states none of these or contradicts itself."""
    if said & _NEVER or is_other_year(period, report_year):
        return None
    if "since" in said:
        # 2026年以来 is since January in a report of 2026; 2024年以来 and 9月以来 are no scope of the contract.
        whole = period is not None and period.is_whole_year and period.year == report_year
        return "ytd" if whole and not said & (SCOPE_FEATURES - {"since", "since_start", "accumulated"}) else None
    month, ranged = _months(said, period)
    if ranged and period is not None and not period.is_as_of and period.month_from not in (None, 1):
        return None
    if "year_end" in said or (
        period is not None and period.is_as_of and period.month_to == 12 and period.year != report_year
    ):
        return None
    accumulated = "accumulated" in said
    yearly = "this_year" in said or (period is not None and period.year is not None and period.month_from is None)
    if "since_start" in said:
        # 至本月末（开工以来）: the month is how far, and not when.
        return None if (month and not _is_up_to(said, period)) or ranged or yearly else "cumulative"
    if ranged:
        return None if "this_month" in said and not _is_up_to(said, period) else "ytd"
    if _is_up_to(said, period):
        return "ytd" if "this_year" in said else "cumulative"
    if month:
        return None if accumulated else "month"
    return "ytd" if yearly else "cumulative"


def _is_up_to(said: frozenset[str], period: Period | None) -> bool:
    return "up_to" in said or (period is not None and period.is_as_of)


def origin_of(said: frozenset[str]) -> tuple[str | None, bool]:
    """The origin of funds, and whether the words agree on one."""
    origins = {"foreign" if origin == "abroad" else origin for origin in said & _ORIGIN}
    if len(origins) > 1:
        # 合作方 > 省外 is the part from another province; 国内省外 is another province.
        origins -= {"partner_side", "domestic"}
    if len(origins) > 1 or ("domestic" in said and "foreign" in origins):
        return None, False
    origin = origins.pop() if origins else None
    return (None if origin == "domestic" else origin), True


@cache
def _rules_by_need() -> tuple[HeaderRule, ...]:
    return header_rules()


def grasp(said: frozenset[str], period: Period | None, report_year: int | None, currency: str | None) -> Grasp | None:
    """The field that the words make, or None where no rule holds or two do.

    Args:
        said: features of the leaf and of the groups above it.
        period: stated period.
        report_year: year of the report date.
        currency: currency of the column's unit where known; it tells foreign funds in dollars from those in yuan.
    """
    found = {
        result
        for rule in _rules_by_need()
        if rule.needs <= said and (result := _apply(rule, said, period, report_year, currency)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _apply(
    rule: HeaderRule, said: frozenset[str], period: Period | None, report_year: int | None, currency: str | None
) -> Grasp | None:
    rest = said - rule.needs - rule.allows
    if rule.scope == "none":
        field, _, end = rule.field.partition("..")
        if rest or not (period is None or _is_year_of_date(field, period, report_year)):
            return None
        return Grasp(field, end_field=end or None)
    if rule.scope == "year":
        yearly = "this_year" in said or (period is not None and period.year is not None)
        only_year = period is None or (
            period.month_from in (None, 1) and period.month_to in (None, 12) and not period.is_as_of
        )
        if rest - {"this_year"} or not yearly or not only_year or is_other_year(period, report_year):
            return None
        return Grasp(rule.field, "year")
    if rest - SCOPE_FEATURES - _ORIGIN:
        return None
    if rule.scope == "timed" and not (said & SCOPE_FEATURES or period):
        return None
    if rule.scope == "dated" and not (said & SCOPE_FEATURES - {"accumulated"} or period):
        # 到位资金 > 目标 | 完成 | 累计完成: what a target is set against may be the year's or the whole.
        return None
    scope, (origin, agrees) = scope_of(said, period, report_year), origin_of(said)
    if scope is None or not agrees:
        return None
    if rule.scope == "foreign":
        return _foreign(rule, scope, said, currency)
    return _family(rule, scope, origin, said, currency)


def _is_year_of_date(field: str, period: Period, report_year: int | None) -> bool:
    """2026年签约时间 is a date whose year is said, and no year to come; an amount of a year is another field."""
    if period.year is None or not period.is_whole_year or fields()[field].type != "date":
        return False
    return field.startswith("planned_") or report_year is None or period.year <= report_year


def _foreign(rule: HeaderRule, scope: str, said: frozenset[str], currency: str | None) -> Grasp | None:
    """`foreign_arrived_usd` knows no scope: a single month's figure is not it."""
    if currency == "CNY" or "abroad" in said or scope == "month":
        return None
    return Grasp(rule.field, scope, "foreign")


def _family(
    rule: HeaderRule, scope: str, origin: str | None, said: frozenset[str], currency: str | None
) -> Grasp | None:
    if "new" in said and scope == "cumulative":
        return None
    if rule.field == "investment_done":
        return None if origin else Grasp(f"investment_done_{scope}_cny", scope)
    if origin == "foreign" and (currency == "USD" or (currency is None and "abroad" not in said)):
        return None
    middle = f"{origin}_" if origin else ""
    return Grasp(f"funds_arrived_{scope}_{middle}cny", scope, origin)
