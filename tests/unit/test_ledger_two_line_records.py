"""Records that take two lines each, below a header of two lines."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None


def read(cells: list[list[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", cells, merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def test_the_second_line_belongs_to_the_record_above() -> None:
    reading = read(
        [
            ["2026年6月招商项目"],
            ["序号", "项目名称", "投资方", "总投资（万元）"],
            [_, "建设内容", "联系人", "到位资金（万元）"],
            [1, "甲厂", "A公司", 100],
            [_, "年产1万吨饲料", "张某", 50],
            [2, "乙厂", "B公司", 200],
            [_, "年产2万吨饲料", "李某", 60],
            ["合计", _, _, 300],
        ],
        (1, 0, 2, 0),
        (3, 0, 4, 0),
        (5, 0, 6, 0),
    )
    first, second = reading.rows
    assert (first.row_number, second.row_number) == (4, 6)
    assert first.fields["project_name"] == "甲厂"
    assert first.fields["project_content"] == "年产1万吨饲料"
    assert second.fields["total_investment_cny"] == 2_000_000
    assert second.fields["funds_arrived_cumulative_cny"] == 600_000
    (total,) = reading.control_totals
    assert total.stated_value == total.rows_sum


def test_a_header_of_groups_and_leaves_stays_as_it_is() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资", "到位资金"],
            [_, _, "固定资产投资（万元）", "省外资金（万元）"],
            [1, "甲厂", 100, 50],
            [_, _, _, 20],
            [2, "乙厂", 200, 60],
        ],
        (0, 0, 1, 0),
        (0, 1, 1, 1),
    )
    assert [row.fields["project_name"] for row in reading.rows if row.status == "accepted"] == ["甲厂", "乙厂"]


def test_records_of_three_lines_below_a_header_of_three() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）"],
            [_, "投资方", "签约时间"],
            [_, "责任单位", "备注"],
            [1, "甲厂", 100],
            [_, "A公司", "2026-03-01"],
            [_, "县商务局", "省重点"],
            [2, "乙厂", 200],
            [_, "B公司", "2026-04-01"],
            [_, "县发改局", _],
        ],
        (0, 0, 2, 0),
        (3, 0, 5, 0),
        (6, 0, 8, 0),
    )
    rows = [row for row in reading.rows if row.status == "accepted"]
    assert [row.row_number for row in rows] == [4, 7]
    assert [row.fields.get("investor_name") for row in rows] == ["A公司", "B公司"]
    assert [row.fields.get("responsible_unit") for row in rows] == ["县商务局", "县发改局"]
    assert [row.fields.get("remark") for row in rows] == ["省重点", None]
    assert reading.rows_seen == 9


STEPS = [
    ["序号", "项目名称", "投资方", "总投资（万元）", "手续名称", "办理情况"],
    [1, "甲厂", "A公司", 100, "立项备案", "已办结"],
    [_, _, _, _, "环评批复", "办理中"],
    [2, "乙厂", "B公司", 200, "立项备案", "已办结"],
    [_, _, _, _, "施工许可", "办理中"],
    [_, _, _, _, "用地审批", "已办结"],
    [3, "丙厂", "C公司", 300, "立项备案", "已办结"],
]


@pytest.mark.parametrize("merged", [True, False])
def test_steps_beside_a_record_are_no_header_and_take_no_record_into_one(merged: bool) -> None:
    spans = [(top, column, bottom, column) for top, bottom in ((1, 2), (3, 5)) for column in range(4)]
    reading = read([list(row) for row in STEPS], *(spans if merged else []))
    rows = [row for row in reading.rows if row.status == "accepted"]
    assert [row.fields.get("project_name") for row in rows] == ["甲厂", "乙厂", "丙厂"]
