"""Records that take two lines each, below a header of two lines."""

from __future__ import annotations

from typing import Any

from ingest.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.sheet import Merge, Sheet, Workbook

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
