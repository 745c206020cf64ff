"""A small table for each project, lines of formats below a header, blank cells behind a list's last column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Sheet, Workbook
from ingest.formats.workbook import open_workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
NAMES = ["甲厂冷链项目", "乙园标准厂房项目", "丙谷预制菜项目"]
HEADER = ["项目名称", "投资方", "总投资（万元）", "责任单位"]


def read(cells: Sequence[Sequence[Any]]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def values(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted" and row.kind == "project"]


@pytest.mark.parametrize("number", [None, "（{}）", "{}、", "第{}个"])
def test_each_project_may_have_its_own_header_and_a_line_below(number: str | None) -> None:
    rows: list[list[Any]] = [["重点项目情况"]]
    for ordinal, name in zip("一二三", NAMES, strict=True):
        rows += [[number.format(ordinal)]] if number else []
        rows += [HEADER, [name, "甲集团", 5000, "县工信局"], ["项目进展情况", "正在办理用地手续"]]
    reading = read(rows)
    assert values(reading, "project_name") == NAMES
    assert values(reading, "total_investment_cny") == [50_000_000] * 3
    assert values(reading, "progress_note") == ["正在办理用地手续"] * 3


def test_how_dates_are_written_is_no_part_of_a_header() -> None:
    header = [["序号", "项目名称", "投资情况", "时间节点"], [_, _, "总投资", "开工时间"], [_, _, "万元", "年月日"]]
    reading = read([*header, *([at, name, 5000, "2026-03-01"] for at, name in enumerate(NAMES, 1))])
    assert [str(day) for day in values(reading, "started_on")] == ["2026-03-01"] * 3


def test_blank_cells_that_most_lines_have_behind_the_last_column_are_none_of_the_table() -> None:
    lines = ["序号,项目名称,总投资（万元）,责任单位,,"]
    lines += [f"{at},{name},5000,县工信局{',,' if at != 2 else ''}" for at, name in enumerate(NAMES, 1)]
    workbook = open_workbook("\n".join(lines).encode())
    assert isinstance(workbook, Workbook)
    assert values(read_workbook(workbook, "台账.csv", LedgerSource("410922"), "0" * 64), "project_name") == NAMES
