"""Forms whose rows hold four cells and six by turns, and labels with a colon of their own."""

from __future__ import annotations

from typing import Any

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerSource, read_workbook

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


def test_two_pairs_in_some_rows_and_groups_of_labels_in_others() -> None:
    row = read(
        [
            ["重大项目推进卡", _, _, _],
            ["项目名称", "甲食品项目", "项目类别", "农业"],
            ["投资主体", "A食品公司", "总投资", "5亿元"],
            ["年度计划投资", "300万元", "本年完成投资", "200万元"],
            ["时间节点", "签约时间", "2022年3月", _],
            [_, "开工时间", "2022年5月", _],
            [_, "计划投产时间", "2024年5月", _],
            ["责任体系", "包联领导", "张某", _],
            [_, "责任单位", "县工信局", _],
            ["当前进展", "正在打桩", _, _],
        ],
        (0, 0, 0, 3),
        (4, 0, 6, 0),
        (7, 0, 8, 0),
        (9, 1, 9, 3),
    )
    assert row.fields["project_category"] == "农业"
    assert row.fields["total_investment_cny"] == 500_000_000
    assert row.fields["investment_done_ytd_cny"] == 2_000_000
    assert row.fields["responsible_unit"] == "县工信局"


def test_a_list_on_its_side_whose_value_reads_like_a_label() -> None:
    sheet = Sheet(
        "Sheet1",
        [
            ["项目名称", "甲厂项目", "乙厂项目", "丙厂项目"],
            ["投资方", "A公司", "B公司", "C公司"],
            ["所属园区", "东园", "开发区", "西园"],
            ["总投资（万元）", 900, 800, 700],
            ["责任单位", "县工信局", "县商务局", "县住建局"],
        ],
    )
    rows = list(read_workbook(Workbook("xlsx", [sheet]), "对照表.xlsx", LedgerSource(), "0" * 64).rows)
    assert [one.fields.get("park_name") for one in rows] == ["东园", "开发区", "西园"]
