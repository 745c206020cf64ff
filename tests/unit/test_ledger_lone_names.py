"""Rows with a name and hardly more: which are projects, which head the rows below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from written_ledgers import read_lines, told

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
PLACE_NAMES = ["商贸城", "食品城", "康养小镇", "物流园", "食品产业园", "二期"]


def read(cells: Sequence[Sequence[Any]]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def names(reading: LedgerReading) -> list[Any]:
    return [row.fields.get("project_name") for row in reading.rows if row.status == "accepted"]


@pytest.mark.parametrize("name", [*PLACE_NAMES, "工业", "城关镇", "在建"])
def test_figures_far_from_the_sum_of_the_rows_below_speak_against_a_heading(name: str) -> None:
    reading = read(
        [
            ["项目名称", "协议总投资（万元）", "本年到位资金（万元）", "备注"],
            ["甲", "1", "2", "3"],
            [name, 12000, 3000, "无"],
            ["机床厂", 60000, 20000, "省重点"],
            ["合  计", 72000, 23000],
        ]
    )
    assert names(reading) == [name, "机床厂"]
    assert [total.stated_value for total in reading.control_totals] == [
        total.rows_sum for total in reading.control_totals
    ]


@pytest.mark.parametrize("name", PLACE_NAMES)
def test_a_lone_name_that_ends_as_projects_do_is_a_project(name: str) -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "投资方", "备注"],
            ["乙厂", 200, "A公司", "省重点"],
            [name],
            ["丙厂", 300, "B公司", "省重点"],
            ["丁厂", 400, "C公司", "市重点"],
        ]
    )
    assert names(reading) == ["乙厂", name, "丙厂", "丁厂"]


def test_a_heading_whose_total_is_slightly_wrong_stays_a_heading() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "投资方", "签约时间"],
            ["工业项目", 510],
            ["甲厂", 200, "A公司", "2026-1-1"],
            ["乙厂", 300, "B公司", "2026-1-2"],
            ["农业项目", 400],
            ["丁厂", 400, "C公司", "2026-1-3"],
        ]
    )
    assert names(reading) == ["甲厂", "乙厂", "丁厂"]
    assert [total.label for total in reading.control_totals if total.stated_value != total.rows_sum] == ["工业项目"]


def test_a_numbered_and_described_row_is_no_total_whatever_its_name() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间"],
            [1, "中国合计", "A公司", 100, "2026-1-1"],
            [2, "乙厂", "B公司", 200, "2026-1-2"],
            [3, "合计", _, 300],
        ]
    )
    assert names(reading) == ["中国合计", "乙厂"]


@pytest.mark.parametrize(
    "units",
    [
        ["（单位）", "万元", "亩", _],
        ["计量单位", "万元", "亩", "—"],
        ["/", "万元", "亩", "/"],
    ],
)
def test_a_row_of_units_belongs_to_the_header_whatever_marks_its_other_cells(units: list[Any]) -> None:
    reading = read([["项目名称", "总投资", "用地", "签约时间"], units, ["甲厂", 100, 20, "2026-1-1"]])
    (row,) = reading.rows
    assert row.fields["total_investment_cny"] == 1_000_000
    assert row.fields["project_name"] == "甲厂"
    assert "项目名称" in row.raw


def test_a_sum_in_words_heads_the_rows_that_add_up_to_it() -> None:
    reading = read_lines(
        "2026年3月招商引资项目台账（单位：万元）",
        "项目全称,客商名称,累计到位资金,总投资",
        "白塔镇,,25000,67000",
        "恒丰预制菜加工项目,浙江盛源科技有限公司,18000,26000",
        "中联负极材料二期项目,河北安顺食品有限公司,6900万元,约4.1万",
        "精密铸件生产线项目,山东永利机械有限公司,100,41000万元",
        "柳林镇,,300,500",
        "瑞泰冷链物流项目,福建天成实业有限公司,300,500万元",
    )

    assert told(reading, "project_name", "town_name")[:1] == [("恒丰预制菜加工项目", "白塔镇")]
    assert ("瑞泰冷链物流项目", "柳林镇") in told(reading, "project_name", "town_name")


def test_parks_without_a_figure_head_records_where_one_is_above_all_and_another_parts_them() -> None:
    reading = read_lines(
        "2026年3月招商引资项目台账（单位：万元）",
        "项目名称,投资方,总投资",
        "食品产业园,,",
        "恒丰预制菜加工项目,浙江盛源科技有限公司,26000",
        "小计,,26000",
        "临港产业园,,",
        "中联负极材料二期项目,河北安顺食品有限公司,41000",
        "小计,,41000",
    )

    assert told(reading, "project_name", "park_name") == [
        ("恒丰预制菜加工项目", "食品产业园"),
        ("中联负极材料二期项目", "临港产业园"),
    ]


def test_a_park_without_a_figure_below_other_records_stays_a_project() -> None:
    reading = read_lines(
        "2026年3月招商引资项目台账（单位：万元）",
        "项目名称,投资方,总投资",
        "恒丰预制菜加工项目,浙江盛源科技有限公司,26000",
        "食品产业园,,",
        "中联负极材料二期项目,河北安顺食品有限公司,41000",
    )

    assert [name for (name,) in told(reading, "project_name")] == [
        "恒丰预制菜加工项目",
        "食品产业园",
        "中联负极材料二期项目",
    ]


def test_a_zone_of_the_state_heads_records_however_long_its_name() -> None:
    reading = read_lines(
        "2026年3月招商引资项目台账（单位：万元）",
        "项目名称,投资方,总投资",
        "高新技术产业园区,,",
        "恒丰预制菜加工项目,浙江盛源科技有限公司,26000",
        "中联负极材料二期项目,河北安顺食品有限公司,41000",
    )

    assert told(reading, "project_name", "park_name") == [
        ("恒丰预制菜加工项目", "高新技术产业园区"),
        ("中联负极材料二期项目", "高新技术产业园区"),
    ]


def test_a_column_called_name_names_projects_beside_their_state_and_total() -> None:
    reading = read_lines(
        "招商引资重点项目推进情况表（2026年3月）,,,单位：万元",
        "名称,所在乡镇,总投资额,项目状态,牵头单位,累计到位资金",
        "金禾乡村旅游综合体,城关镇,6900,投产,县文旅局,5520",
        "嘉和纺织服装二期,东岭乡,52000,在建,县住建局,31200",
    )

    assert told(reading, "project_name", "stage") == [
        ("金禾乡村旅游综合体", "in_production"),
        ("嘉和纺织服装二期", "started"),
    ]


def test_a_bare_name_over_names_of_projects_names_them_where_the_title_says_whose_they_are() -> None:
    reading = read_lines(
        "清丰县招商引资签约项目进度表（2026年3月）",
        "序号,名称,乡镇,联系领导,来源地,合同投资额（亿元）,估算总投资（亿元）,责任部门",
        "1,安顺精密铸件生产线项目,石桥镇,杨某某,广东深圳,23.76,26.4,县发改委",
        "2,鼎盛智能装备制造二期项目,城关镇,林某,福建泉州,16.02,17.8,县商务局",
        "3,宏达汽车零部件产业园,东岭乡,张某某,浙江杭州,44.1,49,县商务局",
    )

    assert [name for (name,) in told(reading, "project_name")] == [
        "安顺精密铸件生产线项目",
        "鼎盛智能装备制造二期项目",
        "宏达汽车零部件产业园",
    ]


@pytest.mark.parametrize("mark", [".", "、", "．"])
def test_running_numbers_with_marks_behind_them_are_no_codes(mark: str) -> None:
    reading = read_lines(
        "2026年3月招商引资项目台账（单位：万元）",
        "编号,项目名称,投资方,总投资",
        f"1{mark},恒丰预制菜加工项目,浙江盛源科技有限公司,26000",
        f"2{mark},中联负极材料二期项目,河北安顺食品有限公司,41000",
    )

    assert [code for (code,) in told(reading, "project_code")] == [None, None]
    assert [number for (number,) in told(reading, "sequence_no")] == ["1", "2"]
