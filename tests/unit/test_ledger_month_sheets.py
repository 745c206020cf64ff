"""Workbooks with a sheet a month: the latest is the state, earlier ones must not double its projects."""

from __future__ import annotations

from typing import Any

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

HEADER = ["序号", "项目名称", "累计到位资金（万元）", "签约时间"]
Rows = list[list[Any]]


def state(month: int, *, with_title: bool = True) -> Rows:
    title: Rows = [[f"2026年{month}月项目台账"]] if with_title else []
    return [*title, HEADER, [1, "甲厂", 100 * month, "2026-1-1"], [2, "乙厂", 10 * month, "2026-1-2"]]


def read(sheets: dict[str, Rows], name: str = "台账.xlsx") -> LedgerReading:
    book = Workbook("xlsx", [Sheet(sheet, rows) for sheet, rows in sheets.items()])
    return read_workbook(book, name, LedgerSource("410922"), "0" * 64)


def figures(reading: LedgerReading) -> list[tuple[Any, int]]:
    return [
        (row.fields["project_name"], int(str(row.fields["funds_arrived_cumulative_cny"])) // 10_000)
        for row in reading.rows
    ]


def test_the_latest_month_is_the_state_and_dates_the_file_in_any_order() -> None:
    for months in ([4, 5, 6], [6, 5, 4]):
        reading = read({f"{month}月": state(month) for month in months})
        assert figures(reading) == [("甲厂", 600), ("乙厂", 60)]
        assert str(reading.report_date) == "2026-06-30"
        assert sum("较早月份" in remark for remark in reading.remarks) == 2


def test_rows_of_earlier_months_are_counted_as_furniture() -> None:
    reading = read({"5月": state(5), "6月": state(6)})
    assert reading.sheets[0].furniture == {"earlier_month": 4}


def test_the_year_may_stand_in_the_file_name_only() -> None:
    reading = read({"5月": state(5, with_title=False), "6月": state(6, with_title=False)}, name="2026年招商台账.xlsx")
    assert figures(reading) == [("甲厂", 600), ("乙厂", 60)]
    assert str(reading.report_date) == "2026-06-30"


def test_months_in_titles_that_differ_in_nothing_else() -> None:
    reading = read({"Sheet1": state(5), "Sheet2": state(6)})
    assert figures(reading) == [("甲厂", 600), ("乙厂", 60)]


def test_each_months_own_projects_all_count() -> None:
    reading = read(
        {
            "1月": [HEADER, [1, "甲厂", 1, "2026-1-1"], [2, "乙厂", 2, "2026-1-2"]],
            "2月": [HEADER, [1, "丙厂", 3, "2026-2-1"], [2, "丁厂", 4, "2026-2-2"]],
        },
        name="2026年签约项目.xlsx",
    )
    assert [name for name, _ in figures(reading)] == ["甲厂", "乙厂", "丙厂", "丁厂"]


def test_an_empty_sheet_for_a_later_month_dates_nothing() -> None:
    reading = read({"5月": state(5), "6月": state(6), "7月": [["2026年7月项目台账"], HEADER]})
    assert figures(reading) == [("甲厂", 600), ("乙厂", 60)]
    assert str(reading.report_date) == "2026-06-30"
