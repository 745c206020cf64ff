"""What is said of sheets whose columns have no names."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from ingest.ledgers.ledger import LedgerSource, read_ledger
from ingest.ledgers.ledger_types import LedgerReading

HEAD = ["项目名称", "投资方", "总投资（万元）", "签约时间", "项目阶段"]


def projects(first: int, last: int) -> list[list[Any]]:
    return [[f"{n}号产业园项目", f"第{n}公司", n * 1000, "2026-03-01", "在建"] for n in range(first, last + 1)]


def read(*sheets: list[list[Any]]) -> LedgerReading:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
    return read_ledger(target.getvalue(), "清丰县2026年6月台账.xlsx", LedgerSource())


def test_rows_of_a_sheet_without_a_header_are_rejected_and_it_is_said_what_to_do() -> None:
    reading = read([HEAD, *projects(1, 4)], projects(5, 8))
    assert (reading.rows_accepted, reading.rows_rejected) == (4, 4)
    (rest,) = reading.sheets[1].tables
    (why,) = rest.reasons[0]
    assert why.code == "no_project_column"
    for told in ("Sheet2", "补上表头", "编上序号", "put a header above the data", "number its rows on"):
        assert told in why.message


def test_a_file_without_any_header_is_refused_and_it_is_said_what_to_do() -> None:
    reading = read(projects(1, 4))
    assert (reading.status, reading.reason_code) == ("refused", "not_a_table")
    for told in ("补上列名", "write the names of its columns above the data"):
        assert told in (reading.reason_message or "")
