"""Dates as counties write them, with their precision, or refused with a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.dates import ParsedDate, parse_date, states_no_date
from tests.unit.test_amounts import CELLS


@pytest.mark.parametrize(
    ("value", "day", "precision"),
    [
        ("2022.1.21", "2022-01-21", "day"),
        ("2022-1-21", "2022-01-21", "day"),
        ("2022/1/21", "2022-01-21", "day"),
        ("2022. 1. 21", "2022-01-21", "day"),
        ("20220121", "2022-01-21", "day"),
        ("2022年1月21日", "2022-01-21", "day"),
        ("22.1.21", "2022-01-21", "day"),
        ("2022-01-21 10:30:00", "2022-01-21", "day"),
        ("2022/1/21 下午3:30", "2022-01-21", "day"),
        ("20220121103000", "2022-01-21", "day"),
        ("Fri Jan 21 10:30:00 CST 2022", "2022-01-21", "day"),
        ("Fri Jan 21 2022 10:30:00 GMT+0800 (中国标准时间)", "2022-01-21", "day"),
        ("2022 1 21", "2022-01-21", "day"),
        ("2022年1月21日止", "2022-01-21", "day"),
        ("1/21/2022", "2022-01-21", "day"),
        ("二〇二二年一月", "2022-01-01", "month"),
        ("二〇二二年十一月二十一日", "2022-11-21", "day"),
        ("202201", "2022-01-01", "month"),
        ("2022年1月", "2022-01-01", "month"),
        ("2022.01", "2022-01-01", "month"),
        ("22.1", "2022-01-01", "month"),
        ("2022年6月底前", "2022-06-01", "month"),
        ("2022年底", "2022-12-01", "month"),
        ("2022年", "2022-01-01", "year"),
        ("2022年上半年", "2022-01-01", "year"),
        ("已于2022年3月开工", "2022-03-01", "month"),
        ("二O二二年一月", "2022-01-01", "month"),
        ("2022，1，21", "2022-01-21", "day"),
        ("46082.87877", "2026-03-01", "day"),
        (46082.87877, "2026-03-01", "day"),
        (46082, "2026-03-01", "day"),
        (20220121, "2022-01-21", "day"),
        (2022, "2022-01-01", "year"),
        (2022.12, "2022-12-01", "month"),
        (2022.1, "2022-01-01", "year"),
        (
            dt.datetime(2022, 1, 21, 10),  # noqa: DTZ001 - spreadsheets know no zone
            "2022-01-21",
            "day",
        ),
        (dt.date(2022, 1, 21), "2022-01-21", "day"),
    ],
)
def test_dates_and_their_precision(value: Any, day: str, precision: str) -> None:
    parsed = parse_date(value)
    assert (str(parsed.value), parsed.precision) == (day, precision)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("09.3－12.6", "2009-03-01", "2012-06-01"),
        ("2009-2012", "2009-01-01", "2012-01-01"),
        ("2022.3-2025.6", "2022-03-01", "2025-06-01"),
        ("2022年3月至2025年6月", "2022-03-01", "2025-06-01"),
        ("2022年3月-6月", "2022-03-01", "2022-06-01"),
        ("2022-2025年", "2022-01-01", "2025-01-01"),
    ],
)
def test_ranges_give_both_ends_only_where_the_column_is_one(text: str, start: str, end: str) -> None:
    parsed = parse_date(text, is_range=True)
    assert (str(parsed.value), str(parsed.end_value)) == (start, end)
    reason = parse_date(text).reason
    assert reason is not None
    assert reason.code == "two_dates"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "date_impossible"),
        ("2026年13月", "date_impossible"),
        ("2022.1.21 2022.3.5", "two_dates"),
        ("2026年3月、5月", "two_dates"),
        ("3/4/2022", "date_ambiguous"),
        ("12.6", "date_ambiguous"),
        ("6月", "year_missing"),
        ("1850-01-01", "date_out_of_range"),
        ("2022年6月（一期）", "date_with_text"),
        ("详见附件", "not_a_date"),
        (-5, "not_a_date"),
        (True, "not_a_date"),
    ],
)
def test_what_is_no_single_date_is_refused(text: Any, code: str) -> None:
    reason = parse_date(text).reason
    assert reason is not None
    assert reason.code == code


def test_a_month_takes_the_year_that_the_header_states() -> None:
    assert parse_date("6月", report_year=2026).value == dt.date(2026, 6, 1)


def test_planned_dates_are_marked() -> None:
    parsed = parse_date("预计2022年6月")
    assert (str(parsed.value), parsed.is_planned) == ("2022-06-01", True)
    assert parse_date("未开工，计划2026年8月").is_planned


def test_a_limit_is_planned_unless_it_was_kept() -> None:
    assert parse_date("2026年6月前开工").is_planned
    assert parse_date("2026年底前").is_planned
    assert not parse_date("2026年6月前已开工").is_planned


@pytest.mark.parametrize(
    ("text", "is_told_in_words"),
    [
        ("手续办结后", True),
        ("签约后3个月内", True),
        ("18个月", True),
        ("3个工作日", True),
        ("明年初", True),
        ("3月底", False),
        ("2026年2月30日", False),
        ("2026年开工（一期）", False),
    ],
)
def test_times_told_in_words(text: str, is_told_in_words: bool) -> None:
    assert states_no_date(text) is is_told_in_words


def test_days_from_to_take_the_year_that_is_known() -> None:
    parsed = parse_date("8月12日至15日", report_year=2026, is_range=True)
    assert (str(parsed.value), str(parsed.end_value)) == ("2026-08-12", "2026-08-15")


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("21-Jan-22", "2022-01-21", "day"),
        ("Jan. 21, 2022", "2022-01-21", "day"),
        ("Friday, January 21, 2022", "2022-01-21", "day"),
        ("2022-MAY-05", "2022-05-05", "day"),
        ("Jan-22", "2022-01-01", "month"),
        ("2022 September", "2022-09-01", "month"),
        ("2022..1.21", "2022-01-21", "day"),
        ("2022年1.21", "2022-01-21", "day"),
        ("21.1.2022", "2022-01-21", "day"),
        ("2022.6底", "2022-06-01", "month"),
        ("2022三季度", "2022-01-01", "year"),
        ("2022年1月21日15时30分", "2022-01-21", "day"),
        ("签约时间：2022年1月21日", "2022-01-21", "day"),
    ],
)
def test_dates_in_other_dress(text: str, day: str, precision: str) -> None:
    parsed = parse_date(text)
    assert (str(parsed.value), parsed.precision) == (day, precision)


@pytest.mark.parametrize("text", ["22-Jan", "1.2.2022", "Jan 2022, Feb 2022", "marble 2022", "2022.12.1.5"])
def test_dates_in_a_dress_that_two_people_read_two_ways(text: str) -> None:
    assert parse_date(text).reason is not None


@pytest.mark.parametrize("value", [0, "0", "1900-01-00", "1900/1/0", "0000-00-00", dt.time(0), dt.date(1899, 12, 30)])
def test_day_zero_of_a_spreadsheet_is_no_date(value: Any) -> None:
    assert parse_date(value) == ParsedDate()


def test_within_a_year_is_still_to_come() -> None:
    assert parse_date("2022年内").is_planned


def test_state_words_are_hints_not_dates() -> None:
    assert parse_date("已开工") == ParsedDate(stage_hint="started")
    assert parse_date("未开工").stage_hint == "before:started"


def test_the_1904_system() -> None:
    assert parse_date(44620, date_1904=True).value == parse_date(46082).value


@given(CELLS, st.booleans(), st.booleans())
def test_no_cell_raises(value: Any, is_range: bool, date_1904: bool) -> None:
    parsed = parse_date(value, is_range=is_range, date_1904=date_1904)
    assert parsed.reason is None or parsed.value is None
    assert (parsed.value is None) == (parsed.precision is None)


@given(st.text(alphabet="0123456789年月日.-/~至 预计开工二〇一十底上半季度", max_size=14))
def test_no_date_like_text_raises(text: str) -> None:
    parse_date(text)
    parse_date(text, is_range=True)


FORMS = [
    "{0.year}-{0.month}-{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0:%Y%m%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y/%m/%d}",
]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)), st.sampled_from(FORMS))
def test_every_printed_day_reads_back(day: dt.date, form: str) -> None:
    assert parse_date(form.format(day)).value == day
    assert parse_date((day - dt.date(1899, 12, 30)).days + 0.5).value == day
