"""Records of two lines, 计划 and 实际 by turns: a planned date is not taken for the event's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
HEADER = ["序号", "项目名称", "类别", "开工时间", "竣工时间", "形象进度", "责任单位"]


def read(cells: list[list[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", cells, merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def test_the_line_of_the_plan_and_the_line_of_the_fact() -> None:
    reading = read(
        [
            HEADER,
            [1, "甲厂", "计划", "2024年3月", "2025年5月", "完成主体", "县工信局"],
            [_, _, "实际", "2024年4月", _, "正在打桩", _],
            [2, "乙厂", "计划", "2024年6月", "2025年9月", "完成基础", "县商务局"],
            [_, _, "实际", _, _, _, _],
        ],
        *[(row, column, row + 1, column) for row in (1, 3) for column in (0, 1, 6)],
    )
    first, second = (row.fields for row in reading.rows)
    assert first["planned_start_on"] == dt.date(2024, 3, 1)
    assert first["started_on"] == dt.date(2024, 4, 1)
    assert first["planned_completion_on"] == dt.date(2025, 5, 1)
    assert first.get("completed_on") is None
    assert first["progress_note"] == "正在打桩"
    assert first.get("project_category") is None
    assert second["planned_start_on"] == dt.date(2024, 6, 1)
    assert second.get("started_on") is None
    assert second["responsible_unit"] == "县商务局"


def test_amounts_of_the_two_lines_name_no_field() -> None:
    reading = read(
        [
            ["序号", "项目名称", "计划/实际", "投资额（万元）", "开工时间"],
            [1, "甲厂", "计划", 500, "2024年3月"],
            [1, "甲厂", "实际", 300, "2024年4月"],
        ]
    )
    (row,) = reading.rows
    assert row.fields.get("total_investment_cny") is None
    assert row.fields["started_on"] == dt.date(2024, 4, 1)
    assert "300" in str(row.extra)
    assert "500" in str(row.extra)


def test_a_column_of_plans_alone_is_none_of_two_lines() -> None:
    rows = [[n, f"{n}号厂", "计划", "2024年3月", _, "打桩", "县工信局"] for n in (1, 2, 3)]
    assert len(list(read([HEADER, *rows]).rows)) == 3
