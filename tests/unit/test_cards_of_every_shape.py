"""Cards and lists on their side: strokes for units, matrices without merges, who filled them in, three rows, groups of one label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
NAMES = ["甲厂冷链项目", "乙园标准厂房项目", "丙谷预制菜项目"]


def read(*sheets: Sequence[Sequence[Any]]) -> LedgerReading:
    made = [
        Sheet(f"Sheet{at}", [list(row) for row in cells], merges=[Merge(0, 0, 0, 5)] if len(cells[0]) == 1 else [])
        for at, cells in enumerate(sheets, 1)
    ]
    return read_workbook(Workbook("xlsx", made), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def values(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted" and row.kind == "project"]


@pytest.mark.parametrize("heads", [["指标", "计量单位", "项目一", "项目二", "项目三"], ["指标", "单位", 1, 2, 3]])
def test_a_column_of_strokes_for_units_is_no_project(heads: list[Any]) -> None:
    rows = [
        ["项目名称", "—", *NAMES],
        ["建设地点", "/", "开发区", "城关镇", "产业园"],
        ["签约时间", "—", "2026-01-01", "2026-02-01", "2026-03-01"],
        ["责任单位", "/", "县工信局", "县商务局", "县住建局"],
    ]
    assert values(read([heads, *rows]), "project_name") == NAMES


def test_values_that_read_like_labels_hide_no_list_on_its_side() -> None:
    rows = [
        ["行次", "序号", 1, 2, 3, _],
        [1, "项目名称", *NAMES, "备注"],
        [2, "建设性质", "新建", "新建", "扩建", _],
        [3, "项目状态", "签约", "开工", "签约", _],
        [4, "责任单位", "县工信局", "县商务局", "县住建局", _],
    ]
    assert values(read(rows), "project_name") == NAMES


def test_groups_of_one_label_without_merges_are_told_apart() -> None:
    rows = [
        ["项目名称", _, *NAMES],
        ["基本情况", "产业类别", "新材料", "食品加工", "新能源"],
        ["投资情况（万元）", "总投资", 5000, 900, 700],
        ["责任落实", "包联领导", "周某平", "吴某军", "郑某华"],
    ]
    assert values(read(rows), "total_investment_cny") == [50_000_000, 9_000_000, 7_000_000]


def card(name: str, *more: list[Any]) -> list[list[Any]]:
    return [
        ["重点项目基本情况表"],
        ["项目名称", name, "投资方名称", "甲集团"],
        ["总投资（万元）", 5000, "建设性质", "新建"],
        ["责任单位", "县工信局", "包联领导", "周某平"],
        *more,
    ]


def test_three_rows_of_pairs_are_a_card() -> None:
    cards = [
        [
            ["重点项目基本情况表"],
            ["项目名称", name, "投资方名称", "甲集团", "累计到位资金", "2000万元"],
            ["开工时间", "2026-03-01", "建设性质", "新建", "今年累计完成投资", "900万元"],
            ["包联领导", "郑某华", "总投资", "5000万元", "签约时间", "2025-11-01"],
        ]
        for name in NAMES[:2]
    ]
    reading = read(*cards)
    assert values(reading, "project_name") == NAMES[:2]
    assert values(reading, "construction_nature") == ["新建", "新建"]
    assert values(reading, "funds_arrived_cumulative_cny") == [20_000_000] * 2


def test_the_telephone_of_who_filled_a_card_in_is_not_the_project_s() -> None:
    signed = card(NAMES[0], ["填表人：王某", _, "联系电话：0000-7654321"])
    assert values(read(signed), "contact_phone") == [None]
    own = card(NAMES[0], ["联系电话", "138****0001", "建设地点", "开发区"])
    assert values(read(own), "contact_phone") == ["138****0001"]


def test_pairs_below_a_matrix_of_figures_are_pairs() -> None:
    years = [["年度", "计划投资（万元）", "完成投资（万元）"], ["2025年", 1000, 900], ["2026年", 2000, 800]]
    told = card(NAMES[0], *years, ["建设内容", "冷库两座"], ["存在问题", "缺用地"])
    reading = read(told)
    assert values(reading, "project_content") == ["冷库两座"]
    assert values(reading, "problem") == ["缺用地"]


def test_sums_before_the_projects_of_a_list_on_its_side_hide_none() -> None:
    rows = [
        ["项目名称", "合计", *NAMES],
        ["总投资（万元）", 6600, 5000, 900, 700],
        ["责任单位", _, "县工信局", "县商务局", "县住建局"],
        ["包联领导", _, "周某平", "吴某军", "郑某华"],
    ]
    assert values(read(rows), "project_name") == NAMES


def test_a_name_with_its_label_in_one_cell_may_stand_above_pairs() -> None:
    cards: list[list[Any]] = []
    for name in NAMES:
        cards += [[f"项目名称：{name}"], ["投资方名称", "甲集团", "总投资（万元）", 5000]]
        cards += [["责任单位", "县工信局", "包联领导", "周某平"], ["项目进展情况", "主体封顶"], []]
    reading = read(cards)
    assert values(reading, "project_name") == NAMES
    assert values(reading, "total_investment_cny") == [50_000_000] * 3


def test_the_numbered_rows_of_a_form_are_no_list_in_it() -> None:
    rows = [
        ["重点项目情况表"],
        ["序号", "指标", "内容"],
        ["1", "项目名称", NAMES[0]],
        ["2", "投资方名称", "甲集团"],
        ["3", "总投资（万元）", "5000"],
        ["4", "责任单位", "县工信局"],
        ["5", "项目进展情况", "主体封顶"],
    ]
    assert values(read(rows), "total_investment_cny") == [50_000_000]
