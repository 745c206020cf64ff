"""Lists turned on their side over blank or parted columns, sums among the lines of one record, currencies as headers."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import Workbook

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger

Cells = Sequence[Sequence[object]]


def read(cells: Cells, *merges: str) -> LedgerReading:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    written = BytesIO()
    book.save(written)
    return read_ledger(written.getvalue(), "台账.xlsx", LedgerSource())


def test_blank_columns_between_projects_on_their_side_part_nothing() -> None:
    reading = read(
        [
            ["项目推进表"],
            ["项目名称", None, "甲园区电池项目", None, "乙园区食品项目"],
            ["投资主体", None, "深圳甲公司", None, "温州乙公司"],
            ["总投资", None, "5000万元", None, "1.2亿元"],
            ["签约时间", None, "2024年3月1日", None, "2024年4月2日"],
            ["存在问题", None, "管网未接通", None, "融资困难"],
        ]
    )
    told = [(row.fields["project_name"], row.fields["investor_name"]) for row in reading.rows]
    assert told == [("甲园区电池项目", "深圳甲公司"), ("乙园区食品项目", "温州乙公司")]
    assert [row.fields["total_investment_cny"] for row in reading.rows] == [50_000_000, 120_000_000]


def test_a_corner_behind_a_group_of_labels_stands_for_the_names() -> None:
    reading = read(
        [
            ["基本情况", "事项", "甲园区电池项目", "乙园区食品项目"],
            [None, "投资主体", "深圳甲公司", "温州乙公司"],
            [None, "总投资", "5000万元", "1.2亿元"],
            [None, "签约时间", "2024年3月1日", "2024年4月2日"],
            ["进度", "存在问题", "管网未接通", "融资困难"],
        ],
        "A1:A4",
    )
    assert [row.fields["project_name"] for row in reading.rows] == ["甲园区电池项目", "乙园区食品项目"]


def test_plan_and_fact_below_each_name_on_its_side_are_told_apart() -> None:
    """The planned end had been the day on which the works were completed."""
    reading = read(
        [
            ["签约项目节点对照表"],
            ["项目名称", "甲园区电池项目", None, "乙园区食品项目", None],
            ["总投资（万元）", 5000, None, 800, None],
            ["节点", "计划", "实际", "计划", "实际"],
            ["开工时间", "2024-03-01", "2024-04-10", "2024-05-01", None],
            ["竣工时间", "2025-06-30", None, "2025-08-31", None],
        ],
        "A1:E1",
        "B2:C2",
        "D2:E2",
        "B3:C3",
        "D3:E3",
    )
    first, second = reading.rows
    assert str(first.fields["planned_start_on"]) == "2024-03-01"
    assert str(first.fields["started_on"]) == "2024-04-10"
    assert first.fields["total_investment_cny"] == 50_000_000
    assert [row.fields.get("completed_on") for row in (first, second)] == [None, None]
    assert [row.fields["stage"] for row in (first,)] == ["started"]
    assert second.fields.get("started_on") is None


@pytest.mark.parametrize("is_first", [True, False])
def test_a_sum_among_the_lines_of_a_record_is_its_amount(is_first: bool) -> None:
    parts = [[None, None, "深圳甲公司", 300], [None, None, "县城投公司", 200]]
    whole = [None, None, "小计", 500]
    lines = [whole, *parts] if is_first else [*parts, whole]
    lines[0][:2] = [1, "甲园区电池项目"]
    reading = read(
        [["序号", "项目名称", "投资方名称", "累计到位资金（万元）"], *lines, [2, "乙园区食品项目", "温州乙公司", 80]],
        "A2:A4",
        "B2:B4",
    )
    first, second = reading.rows
    assert (first.status, second.status) == ("accepted", "accepted")
    assert first.fields["funds_arrived_cumulative_cny"] == 5_000_000
    assert first.fields["investor_name"] == "深圳甲公司；县城投公司"
    assert first.extra == {"累计到位资金（万元）": "300；200"}


def test_a_sum_that_its_lines_do_not_come_to_leaves_the_record_rejected() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方名称", "累计到位资金（万元）"],
            [1, "甲园区电池项目", "深圳甲公司", 300],
            [None, None, "县城投公司", 200],
            [None, None, "小计", 900],
        ],
        "A2:A4",
        "B2:B4",
    )
    assert [row.status for row in reading.rows] == ["rejected"]


def test_lines_without_name_that_come_to_a_sum_belong_to_the_record_above() -> None:
    """The project had its first investor's 300, and the second had been a project without a name."""
    reading = read(
        [
            ["序号", "项目名称", "出资方", "认缴出资（万元）", "累计到位资金（万元）"],
            [1, "甲园区电池项目", "深圳甲公司", 600, 300],
            [None, None, "县国资公司", 400, 200],
            [None, None, "合  计", 1000, 500],
            [2, "乙园区食品项目", "温州乙公司", 80, 50],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]
    assert [row.fields["funds_arrived_cumulative_cny"] for row in reading.rows] == [5_000_000, 500_000]


def test_lines_without_name_above_a_sum_of_something_else_stay_rejected() -> None:
    reading = read(
        [
            ["序号", "项目名称", "出资方", "认缴出资（万元）", "累计到位资金（万元）"],
            [1, "甲园区电池项目", "深圳甲公司", 600, 300],
            [None, None, "县国资公司", 400, 200],
            [2, "乙园区食品项目", "温州乙公司", 80, 50],
            [None, None, "合计", 1080, 550],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "rejected", "accepted"]


def test_lines_of_an_agreement_each_leave_their_days_in_extra() -> None:
    """The project had been rejected, for two days of signing."""
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "协议名称", "协议签订日期", "协议金额（万元）"],
            [1, "甲园区电池项目", 5000, "投资框架协议", "2023.4.15", 5000],
            [None, None, None, "正式投资合同", "2023.7.14", 3000],
            [2, "乙园区食品项目", 800, "正式投资合同", "2023.8.1", 800],
        ],
        "A2:A3",
        "B2:B3",
        "C2:C3",
    )
    first, second = reading.rows
    assert (first.status, second.status) == ("accepted", "accepted")
    assert first.fields["total_investment_cny"] == 50_000_000
    assert first.fields.get("signed_on") is None
    assert first.extra["协议签订日期"] == "2023.4.15；2023.7.14"
    assert str(second.fields["signed_on"]) == "2023-08-01"


def test_two_days_without_an_agreement_each_stay_rejected() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "签订日期", "备注"],
            [1, "甲园区电池项目", 5000, "2023.4.15", "重点"],
            [None, None, None, "2023.7.14", None],
        ],
        "A2:A3",
        "B2:B3",
        "C2:C3",
    )
    assert [row.status for row in reading.rows] == ["rejected"]


def test_two_telephones_of_one_project_are_parted() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "联系电话"],
            [1, "甲园区电池项目", 5000, "138****0001"],
            [None, None, None, "139****0002"],
        ],
        "A2:A3",
        "B2:B3",
        "C2:C3",
    )
    assert [row.fields["contact_phone"] for row in reading.rows] == ["138****0001；139****0002"]


MONEY = ["序号", "项目名称", "投资者", "实际到资", None, "合同时间"]
PROJECTS = [
    [1, "甲园区电池项目", "深圳甲公司", None, 300, "2024-03-01"],
    [2, "乙园区食品项目", "温州乙公司", 800, None, "2024-04-02"],
]


@pytest.mark.parametrize(
    ("title", "group"),
    [("统计表   单位：万元、万美元", "实际到资"), ("统计表", "实际到资（万元、万美元）"), ("统计表", "实际到资（万）")],
)
def test_a_currency_as_header_is_counted_as_is_said_above_it(title: str, group: str) -> None:
    """300万美元 had been 300 dollars."""
    head = [*MONEY[:3], group, *MONEY[4:]]
    reading = read([[title], head, [None, None, None, "人民币", "美元", None], *PROJECTS], "D2:E2")
    first, second = reading.rows
    assert first.fields["foreign_arrived_usd"] == 3_000_000
    assert second.fields["funds_arrived_cumulative_cny"] == 8_000_000


def test_the_unit_in_a_row_below_a_currency_is_its_unit() -> None:
    units = [[None, None, None, "人民币", "美元", None], [None, None, None, "（万元）", "（万美元）", None]]
    reading = read([["统计表"], MONEY, *units, *PROJECTS], "D2:E2", "A2:A4", "B2:B4", "C2:C4", "F2:F4")
    first, second = reading.rows
    assert first.fields["foreign_arrived_usd"] == 3_000_000
    assert second.fields["funds_arrived_cumulative_cny"] == 8_000_000


def test_dollars_in_a_sheet_of_yuan_stay_open() -> None:
    head = ["统计表   单位：万元"]
    reading = read([head, MONEY, [None, None, None, "人民币", "美元", None], *PROJECTS], "D2:E2")
    first, second = reading.rows
    assert first.fields.get("foreign_arrived_usd") is None
    assert first.extra == {"实际到资 > 美元": "300"}
    assert second.fields["funds_arrived_cumulative_cny"] == 8_000_000
