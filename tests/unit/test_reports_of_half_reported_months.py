"""A pack of a month that not every county has told of to its end, or that came under a county's old code."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from small_publication import publish_small_warehouse

from ingest.home import Home
from reports.monthly_dispatch import write_pack

NOVEMBER = dt.date(2026, 11, 28)
OCTOBER = dt.date(2026, 10, 28)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return publish_small_warehouse(tmp_path)


def change(home: Home, *statements: str) -> None:
    with duckdb.connect(str(home.warehouse)) as connection:
        for statement in statements:
            connection.execute(statement)


def rows_of(path: Path, sheet: str) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def renamed(home: Home) -> None:
    """濮阳县 was 410999 until September, and sent that month's ledger under it."""
    change(
        home,
        "insert into dim_county values ('410999', '老濮阳县', '410928')",
        "update ledger_files set county_code = '410999' where file_sha256 = 's410928'",
    )


def test_a_renamed_county_is_one_county_with_all_its_ledgers(home: Home) -> None:
    renamed(home)
    book, page = write_pack(home, NOVEMBER)
    assert [row[0] for row in rows_of(book, "总览")[4:7]] == ["清丰县", "濮阳县", "合计"]
    assert "报送县区：2个<" in page.read_text(encoding="utf-8")
    assert "清丰县自9月、濮阳县自9月" in page.read_text(encoding="utf-8")


def test_a_file_sent_under_an_old_code_is_listed_under_both_names(home: Home) -> None:
    renamed(home)
    book, _ = write_pack(home, dt.date(2026, 9, 28))
    assert [row[0] for row in rows_of(book, "数据来源") if row[1] == "濮阳县202609.xlsx"] == ["濮阳县（原老濮阳县）"]


def test_a_month_told_by_one_county_only_is_marked_for_the_others(home: Home) -> None:
    change(
        home,
        "delete from ledger_files where file_sha256 = 'f410922'",
        "delete from county_scorecard_month where county_code = '410922' and month = '2026-10-01'",
    )
    book, page = write_pack(home, NOVEMBER)
    assert rows_of(book, "总览")[4][:4] == ["清丰县", "—", "—", 1]
    said = "以下县区没有可以计入的10月台账，本月各数以“—”表示，不在合计内：清丰县（最近一期到2026-09-28）。"
    assert [said] in [row[:1] for row in rows_of(book, "总览")]
    assert said in page.read_text(encoding="utf-8")
    assert "报送县区：1个，未报1个" in page.read_text(encoding="utf-8")
    assert rows_of(book, "数据来源")[3][:3] == ["清丰县", None, "未报"]


def test_a_pack_says_the_day_to_which_weekly_ledgers_tell(home: Home) -> None:
    change(
        home,
        "update ledger_files set report_date = '2026-10-16' where file_sha256 = 'f410922'",
        "update ledger_files set report_date = '2026-10-23' where county_code = '410928' and report_month = '2026-10-01'",
    )
    book, page = write_pack(home, OCTOBER)
    assert "数据截至：2026-10-23（10月报表）" in rows_of(book, "总览")[1][0]
    assert "以下县区的10月数只到最近一期台账：清丰县至10月16日。" in page.read_text(encoding="utf-8")


def test_a_month_whose_ledgers_came_after_the_meeting_is_not_in_its_pack(home: Home) -> None:
    book, _ = write_pack(home, OCTOBER)
    assert rows_of(book, "总览")[0][0] == "2026年9月招商引资项目调度总览"


def test_what_cards_count_stands_in_the_list_of_signings_too(home: Home) -> None:
    """One county's weekly ledger makes October the month; the other's of the 31st is in the tables as well."""
    change(
        home,
        "update ledger_files set report_date = '2026-10-16' where file_sha256 = 'f410922'",
        "update fct_signings set signed_on = '2026-10-30', signed_on_precision = 'day' where project_id = 'p2'",
    )
    book, _ = write_pack(home, OCTOBER)
    assert "数据截至：2026-10-31" in rows_of(book, "总览")[1][0]
    assert rows_of(book, "新签约项目")[3][4] == "2026-10-30"


def test_a_file_that_was_taken_back_is_no_source_of_the_pack(home: Home) -> None:
    change(home, "update ledger_files set reason_code = 'withdrawn' where file_sha256 = 'x'")
    book, _ = write_pack(home, NOVEMBER)
    assert "坏文件.xlsx" not in {row[1] for row in rows_of(book, "数据来源")}


def test_a_refused_file_of_the_month_names_the_one_sent_for_it(home: Home) -> None:
    change(
        home,
        "update ledger_files set report_month = '2026-10-01', settled_by = '清丰县20261031.csv' where file_sha256 = 'x'",
    )
    book, _ = write_pack(home, NOVEMBER)
    (why,) = [row[6] for row in rows_of(book, "数据来源") if row[1] == "坏文件.xlsx"]
    assert why == "已由 清丰县20261031.csv 补报。文件不完整"


def test_a_county_whose_only_file_was_refused_is_unknown_and_not_nought(home: Home) -> None:
    change(
        home,
        "insert into ledger_files select * replace ('999999' as county_code) from ledger_files where file_sha256 = 'x'",
    )
    book, page = write_pack(home, NOVEMBER)
    assert rows_of(book, "总览")[6] == ["无台账县", *["—"] * 12]
    assert "无台账县（从未报来）" in page.read_text(encoding="utf-8")


def test_a_month_that_a_county_left_out_is_told_by_its_later_ledger_and_says_so(home: Home) -> None:
    """Its scorecard has the month all the same: quarterly ledgers."""
    change(
        home,
        "update ledger_files set report_month = '2026-09-01', report_date = '2026-09-30' where county_code = '410922'",
    )
    _, page = write_pack(home, NOVEMBER)
    assert "以下县区没有10月台账，本月各数取自其后的台账，其间到位的资金计入其后的月份：清丰县。" in page.read_text(
        encoding="utf-8"
    )
