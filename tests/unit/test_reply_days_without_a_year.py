"""A reply's day without its year is told by the day of the list it answers; what two years could mean stays refused."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from ingest.follow_up.follow_up_cells import due_day, reply_day, states_a_day
from ingest.follow_up.follow_up_reader import FollowUpReading, read_follow_up
from reports.follow_up_workbooks import county_workbook

NOVEMBER = dt.date(2026, 11, 28)
APRIL = dt.date(2026, 4, 10)
OPENED = dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("cell", "issued_on", "day"),
    [
        ("4月18日", APRIL, dt.date(2026, 4, 18)),
        ("4月18号", APRIL, dt.date(2026, 4, 18)),
        ("４．１８", APRIL, dt.date(2026, 4, 18)),
        ("4/18", APRIL, dt.date(2026, 4, 18)),
        ("十二月五日", NOVEMBER, dt.date(2026, 12, 5)),
        ("1月5日", NOVEMBER, dt.date(2027, 1, 5)),
        ("12月30日", dt.date(2027, 1, 3), dt.date(2026, 12, 30)),
        ("11月27日", NOVEMBER, dt.date(2026, 11, 27)),
        ("9月1日", NOVEMBER, None),  # before the list, or most of a year after it
        ("2月30日", APRIL, None),
        (4.18, APRIL, None),  # typed 4.2, it could be the second or the twentieth
        ("4月18日", None, None),
        ("4月18日至20日", APRIL, None),
        ("18日", APRIL, None),
        ("2026年4月18日", NOVEMBER, dt.date(2026, 4, 18)),
    ],
)
def test_the_day_of_a_reply_is_the_one_near_its_list(cell: Any, issued_on: dt.date | None, day: dt.date | None) -> None:
    assert reply_day(cell, issued_on) == day


@pytest.mark.parametrize(
    ("cell", "issued_on", "day"),
    [
        ("12月31日", NOVEMBER, dt.date(2026, 12, 31)),
        ("12月底前", APRIL, dt.date(2026, 12, 31)),
        ("3月底", NOVEMBER, dt.date(2027, 3, 31)),
        ("2月", NOVEMBER, dt.date(2027, 2, 28)),
        ("明年3月底", NOVEMBER, dt.date(2027, 3, 31)),
        ("今年12月底", NOVEMBER, dt.date(2026, 12, 31)),
        ("年底前", APRIL, dt.date(2026, 12, 31)),
        ("明年年底", APRIL, dt.date(2027, 12, 31)),
        ("年内", APRIL, dt.date(2026, 12, 31)),
        ("今年内", APRIL, dt.date(2026, 12, 31)),
        ("2027年内", APRIL, dt.date(2027, 12, 31)),
        ("本月底前", APRIL, dt.date(2026, 4, 30)),
        ("下月底", dt.date(2026, 12, 7), dt.date(2027, 1, 31)),
        ("2027年一季度", NOVEMBER, dt.date(2027, 3, 31)),  # had been the year's end
        ("2027年上半年", NOVEMBER, dt.date(2027, 6, 30)),
        ("明年二季度", NOVEMBER, dt.date(2027, 6, 30)),
        ("一季度", NOVEMBER, dt.date(2027, 3, 31)),
        ("下半年", APRIL, dt.date(2026, 12, 31)),
        ("十二月底", APRIL, dt.date(2026, 12, 31)),
        ("2027年初", NOVEMBER, None),
        ("9月底", NOVEMBER, None),  # passed, or ten months away
        ("尽快", NOVEMBER, None),
        ("明年", NOVEMBER, None),
        ("12月底", None, None),
    ],
)
def test_a_limit_without_a_year_is_the_next_after_its_list(
    cell: str, issued_on: dt.date | None, day: dt.date | None
) -> None:
    assert due_day(cell, issued_on) == day


def test_a_decision_needs_a_day_with_or_without_its_year() -> None:
    assert [states_a_day(cell) for cell in ("4月18日", "2026-04-18", "4月", "2026年4月")] == [True, True, False, False]


def _replied(*, without: tuple[str, ...] = (), **cells: Any) -> FollowUpReading:
    item = {
        "follow_up_id": f"F{1:016x}", "project_id": f"P{1:016x}", "rule_id": "R01", "county_code": "410825",
        "county_name": "温县", "project_name": "太极文旅综合体", "light": "red", "level": "supervision", "status": "open",
        "opened_on": OPENED, "due_on": OPENED, "is_overdue": True, "rule_name": "签约后未开工", "reason": "签约至今未开工",
        "action": "查明原因", "responsible_unit": "县文广旅局", "responsible_leader": "张**", "evidence": "台账.xlsx",
        "history": "2026-03-31 立项",
    }  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(county_workbook([item], APRIL)))
    page = book["任务清单"]
    columns = {str(cell.value): cell.column for cell in page[3]}
    for header, value in cells.items():
        page.cell(4, columns[header]).value = value
    for header in without:
        page.delete_cols(columns[header])
    out = io.BytesIO()
    book.save(out)
    return read_follow_up(out.getvalue())


def test_a_returned_workbook_with_days_of_this_year_is_taken_whole() -> None:
    reading = _replied(办理状态="办理中", 整改措施="已约谈", 新的办结时限="6月底", 回复日期="4月18日")
    (reply,) = reading.replies
    assert (reply.happened_on, reply.happened_on_basis) == (dt.date(2026, 4, 18), "stated")
    assert (reply.new_due_on, reading.rejected) == (dt.date(2026, 6, 30), [])


def test_a_day_that_two_years_could_mean_is_still_told() -> None:
    reading = _replied(办理状态="办理中", 回复日期="1月18日")
    assert [(cell.raw, cell.reason_code) for cell in reading.rejected] == [("1月18日", "bad_date")]


def test_where_the_hidden_column_is_gone_the_note_says_when_the_list_was_given_out() -> None:
    reading = _replied(without=("派发日期",), 办理状态="办理中", 新的办结时限="6月底", 回复日期="4月18日")
    (reply,) = reading.replies
    assert (reply.issued_on, reply.happened_on) == (APRIL, dt.date(2026, 4, 18))
    assert (reply.new_due_on, reading.rejected) == (dt.date(2026, 6, 30), [])
    (undated,) = _replied(without=("派发日期",), 办理状态="办理中").replies
    assert (undated.happened_on, undated.happened_on_basis) == (APRIL, "issued")
