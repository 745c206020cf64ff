"""Forms whose rows hold four cells and six by turns, and labels with a colon of their own."""

from __future__ import annotations

from typing import Any

from ingest.ledger import LedgerSource, read_workbook
from ingest.sheet import Merge, Sheet, Workbook

_: None = None


def read(cells: list[list[Any]], *merges: tuple[int, int, int, int]) -> Any:
    sheet = Sheet("Sheet1", cells, merges=[Merge(*merge) for merge in merges])
    (row,) = read_workbook(Workbook("xlsx", [sheet]), "档案.xlsx", LedgerSource(), "0" * 64).rows
    return row


def test_four_cells_over_the_columns_of_six() -> None:
    row = read(
        [
            ["招商项目登记卡", _, _, _, _, _],
            ["项目名称", "甲食品项目", _, "项目编号", "NP-2020-001", _],
            ["投资企业", "A食品公司", _, "企业所在地", "山东省", _],
            ["协议投资（亿元）", 5, "一期投资（亿元）", 2, "固定资产投资（亿元）", 3],
            ["签约时间", "2019-02-10", "计划开工时间", "2019-04", "实际开工时间", "2019-04-13"],
            ["累计到位资金（万元）", 700, "本年到位资金（万元）", 300, "累计完成投资（万元）", 600],
            ["包联领导", "张某", "责任单位", "县工信局", "联系人", "李某"],
        ],
        (0, 0, 0, 5),
        *[(line, left, line, left + 1) for line in (1, 2) for left in (1, 4)],
    )
    assert row.fields["project_code"] == "NP-2020-001"
    assert row.fields["investor_origin"] == "山东省"
    assert row.fields["phase_one_investment_cny"] == 200_000_000
    assert row.fields["funds_arrived_ytd_cny"] == 3_000_000


def test_of_which_is_part_of_its_label() -> None:
    row = read(
        [
            ["项目名称", "甲食品项目", "投资方名称", "A食品公司"],
            ["总投资（万元）", 900, "其中：固定资产投资（万元）", 700],
            ["签约时间", "2019-02-10", "建设地点", "产业园"],
            ["建设内容", "厂房", "责任单位", "县工信局"],
        ]
    )
    assert row.fields["fixed_asset_investment_cny"] == 7_000_000
