"""Headings on several levels, whatever numbers they bear and in which cells these stand; what repeats or completes a header."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerRow, LedgerSource, read_workbook

_: None = None
HEADER = ["序号", "项目名称", "投资方", "总投资（万元）"]


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def accepted(reading: LedgerReading) -> list[LedgerRow]:
    return [row for row in reading.rows if row.status == "accepted"]


def values(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in accepted(reading)]


def test_towns_numbered_as_records_are_head_them_where_numbers_begin_again() -> None:
    reading = read(
        [
            HEADER,
            [1, "柳林镇", _, 30],
            [1, "甲厂", "A公司", 10],
            [2, "乙厂", "B公司", 20],
            [2, "龙泉乡"],
            [1, "丙厂", "C公司", 5],
        ]
    )
    assert values(reading, "project_name") == ["甲厂", "乙厂", "丙厂"]
    assert values(reading, "town_name") == ["柳林镇", "柳林镇", "龙泉乡"]


def test_a_record_of_one_run_that_is_called_like_a_town_stays_a_record() -> None:
    reading = read([HEADER, [1, "柳林镇", _, 30], [2, "乙厂", "B公司", 20], [3, "丙厂", "C公司", 5]])
    assert values(reading, "project_name") == ["柳林镇", "乙厂", "丙厂"]


def test_parents_called_like_headings_say_what_headings_say() -> None:
    reading = read(
        [HEADER, ["1", "柳林镇"], ["1.1", "甲厂", "A公司", 10], ["1.2", "乙厂", "B公司", 20], ["2", "丙厂", "C公司", 5]]
    )
    assert values(reading, "town_name") == ["柳林镇", "柳林镇", None]


@pytest.mark.parametrize("numbers", ["甲乙", "①②", ["（1）", "（2）"], ["壹", "贰"]])
def test_a_heading_may_have_its_number_in_the_column_of_numbers(numbers: Sequence[str]) -> None:
    reading = read(
        [
            HEADER,
            [numbers[0], "签约项目"],
            [1, "甲厂", "A公司", 10],
            [numbers[1], "投产项目"],
            [1, "乙厂", "B公司", 20],
            [2, "丙厂", "C公司", 5],
        ]
    )
    assert values(reading, "project_name") == ["甲厂", "乙厂", "丙厂"]
    assert values(reading, "stage") == ["signed", "in_production", "in_production"]


@pytest.mark.parametrize(
    ("outer", "inner"),
    [
        (["I、", "II、"], ["一、", "二、"]),
        (["①", "②"], ["壹、", "贰、"]),
        (["（一）", "（二）"], ["一、", "二、"]),
        (["A、", "B、"], ["第一类：", "第二类："]),
        (["1、", "2、"], ["一、", "二、"]),
    ],
)
@pytest.mark.parametrize("sums", [False, True])
def test_a_heading_with_the_next_number_of_a_run_takes_the_place_of_the_last(
    outer: list[str], inner: list[str], sums: bool
) -> None:
    subtotal = [["小计", _, _, 3]] if sums else []
    reading = read(
        [
            HEADER,
            [f"{outer[0]}签约项目"],
            [f"{inner[0]}柳林镇"],
            [1, "甲厂", "A公司", 10],
            *subtotal,
            [f"{inner[1]}龙泉乡"],
            [2, "乙厂", "B公司", 20],
            *subtotal,
            [f"{outer[1]}投产项目"],
            [f"{inner[0]}石门乡"],
            [3, "丙厂", "C公司", 5],
        ]
    )
    assert values(reading, "town_name") == ["柳林镇", "龙泉乡", "石门乡"]
    assert values(reading, "stage") == ["signed", "signed", "in_production"]


def test_a_numbered_heading_in_a_list_without_numbers_says_no_number() -> None:
    reading = read(
        [
            ["投资方", "项目名称", "责任单位", "总投资（万元）"],
            ["1.柳林镇"],
            ["A公司", "甲厂", "县商务局", 10],
            ["2.龙泉乡"],
            ["B公司", "乙厂", "县商务局", 20],
        ]
    )
    assert values(reading, "town_name") == ["柳林镇", "龙泉乡"]


def test_a_name_above_records_that_tells_no_part_of_the_total_heads_them() -> None:
    reading = read(
        [
            HEADER,
            [_, "合计", _, 30],
            [_, "其中：省外项目", _, 10],
            [_, "柳林镇"],
            [1, "甲厂", "A公司", 10],
            [_, "龙泉乡"],
            [2, "乙厂", "B公司", 20],
        ]
    )
    assert values(reading, "town_name") == ["柳林镇", "龙泉乡"]
    parts = read(
        [HEADER, [_, "合计", _, 30], [_, "其中：石门乡", _, 10], [_, "柳林镇", _, 20], [1, "甲厂", "A公司", 30]]
    )
    assert values(parts, "town_name") == [None]


def test_tables_beside_one_another_may_be_headed_in_another_hand() -> None:
    reading = read(
        [
            ["序  号", "项目名称", "总投资（万元）", "序号", "项目\n名称", "总投资【万元】"],
            [1, "甲厂", 10, 3, "丙厂", 30],
            [2, "乙厂", 20, 4, "丁厂", 40],
        ]
    )
    assert sorted(values(reading, "project_name")) == ["丁厂", "丙厂", "乙厂", "甲厂"]


def test_a_header_row_that_repeats_only_some_of_the_one_above_names_no_columns_anew() -> None:
    reading = read(
        [
            ["序号", "项目名称", "到位资金（万元）", "到位资金（万元）", "责任单位"],
            ["序号", "项目名称", "累计到位资金", "当年到位资金", "责任单位"],
            ["序号", "项目名称", _, _, "责任单位"],
            [1, "甲厂", 50, 20, "县商务局"],
            [2, "乙厂", 60, 30, "县商务局"],
        ]
    )
    assert values(reading, "funds_arrived_cumulative_cny") == [500_000, 600_000]
    assert values(reading, "funds_arrived_ytd_cny") == [200_000, 300_000]


def test_rows_kept_ready_below_the_records_add_nothing_to_the_last() -> None:
    reading = read([HEADER, [1, "甲厂", "A公司", 10], [2, "乙厂", "B公司", 20], [3, _, _, 0], [4, _, _, 0]])
    assert values(reading, "project_name") == ["甲厂", "乙厂"]
    assert values(reading, "total_investment_cny") == [100_000, 200_000]


def test_what_the_states_mean_is_said_below_the_list_and_is_no_project() -> None:
    reading = read(
        [
            HEADER,
            [1, "甲厂", "A公司", 10],
            [2, "乙厂", "B公司", 20],
            [],
            ["项目状态说明"],
            ["在谈", "正在洽谈"],
            ["签约", "已签协议"],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]


def test_a_header_in_english_below_a_blank_row_is_no_record() -> None:
    reading = read(
        [HEADER, [], ["No.", "Project", "Investor", "Total Investment"], [1, 2, 3, 4], [1, "甲厂", "A公司", 10]]
    )
    assert [row.fields.get("project_name") for row in reading.rows] == ["甲厂"]


def test_a_numbered_caption_of_a_table_says_the_stage() -> None:
    reading = read(
        [["表1 签约项目"], HEADER, [1, "甲厂", "A公司", 10], ["表2 投产项目"], HEADER, [1, "乙厂", "B公司", 20]]
    )
    assert values(reading, "stage") == ["signed", "in_production"]


def test_forms_written_in_another_hand_fill_the_same_column() -> None:
    reading = read(
        [
            ["项目名称", "甲厂", _, "项目名称", "乙厂"],
            ["投资方", "A公司", _, "投资方", "B公司"],
            ["总投资\n（万元）", 10, _, "总投资(万元)", 20],
            ["责任单位", "县商务局", _, "责任单位", "县发改局"],
            ["签约时间", "2026年3月", _, "签约时间", "2026年4月"],
        ]
    )
    assert values(reading, "total_investment_cny") == [100_000, 200_000]


def test_a_label_over_both_columns_of_labels_names_its_row_in_a_list_on_its_side() -> None:
    reading = read(
        [
            ["基本情况", "项目名称", "甲厂", "乙厂"],
            [_, "投资方", "A公司", "B公司"],
            [_, "总投资（亿元）", 5, 3],
            ["进度", "开工时间", "2026年3月", "2026年4月"],
            [_, "累计到位资金（万元）", 120, 80],
            ["责任单位", _, "县商务局", "县发改局"],
        ],
        (0, 0, 2, 0),
        (3, 0, 4, 0),
        (5, 0, 5, 1),
    )
    assert values(reading, "responsible_unit") == ["县商务局", "县发改局"]
    assert values(reading, "funds_arrived_cumulative_cny") == [1_200_000, 800_000]


def test_titles_may_part_forms_whose_labels_stand_above_their_values() -> None:
    card = [["项目名称", "投资方"], ["甲厂", "A公司"], ["签约时间", "责任单位"], ["2026年3月1日", "县商务局"]]
    reading = read([["项目一"], *card, ["项目二"], *card])
    assert values(reading, "project_name") == ["甲厂", "甲厂"]
    assert values(reading, "responsible_unit") == ["县商务局", "县商务局"]


def test_numbered_lines_alone_below_a_list_without_numbers_are_notes() -> None:
    header = ["项目名称", "投资方", "总投资（万元）"]
    records = [["甲厂", "A公司", 10], ["乙厂", "B公司", 20]]
    reading = read([header, *records, [], ["1.到位资金以银行凭证为准"], ["2、开工以主体动工为准"]])
    assert values(reading, "project_name") == ["甲厂", "乙厂"]
    assert len(list(reading.rows)) == 2
    numbered = read([header, ["1.甲厂", "A公司", 10], ["2.乙厂", "B公司", 20], ["3.丙中心"]])
    # Records all the same, their running numbers taken off the names.
    assert values(numbered, "project_name") == ["甲厂", "乙厂", "丙中心"]
    assert values(numbered, "sequence_no") == ["1", "2", "3"]


def test_units_may_stand_below_a_blank_row_of_the_header() -> None:
    reading = read([["序号", "项目名称", "总投资"], [], [_, _, "亿元"], [1, "甲厂", 2], [2, "乙厂", 3]])
    assert values(reading, "total_investment_cny") == [200_000_000, 300_000_000]


def test_a_row_of_headers_whose_records_fill_what_only_the_row_above_names_is_of_the_same_header() -> None:
    reading = read(
        [
            ["基本情况", _, _, "开工时间", "资金到位情况（万元）", "责任单位"],
            ["序号", "项目名称", "投资方", _, "累计到位资金", _],
            [1, "甲厂", "A公司", "2026年3月", 50, "县商务局"],
            [2, "乙厂", "B公司", "2026年4月", 60, "县发改局"],
        ]
    )
    assert values(reading, "started_on") == [dt.date(2026, 3, 1), dt.date(2026, 4, 1)]
    assert values(reading, "funds_arrived_cumulative_cny") == [500_000, 600_000]
    assert values(reading, "responsible_unit") == ["县商务局", "县发改局"]


def test_a_title_merged_down_beside_a_short_list_takes_no_records_into_the_header() -> None:
    reading = read(
        [
            ["招\n商\n台\n账", "序号", "项目名称", "投资方", "总投资（万元）"],
            [_, 1, "甲厂", "A公司", 10],
            [_, 2, "乙厂", "B公司", 20],
            [_, _, _, "【以下空白】"],
        ],
        (0, 0, 2, 0),
    )
    assert values(reading, "project_name") == ["甲厂", "乙厂"]
    assert values(reading, "investor_name") == ["A公司", "B公司"]


def test_headers_with_colons_head_a_list_whose_first_record_is_numbered_below_them() -> None:
    reading = read(
        [["序号：", "项目名称：", "投资方：", "总投资（万元）："], [1, "甲厂", "A公司", 10], [2, "乙厂", "B公司", 20]]
    )
    assert values(reading, "project_name") == ["甲厂", "乙厂"]
    assert values(reading, "total_investment_cny") == [100_000, 200_000]


def test_a_list_on_its_side_keeps_the_rows_whose_labels_are_not_known() -> None:
    reading = read(
        [
            ["重点项目对比表", _, _],
            ["填报单位：县商务局", _, "填报时间：2026年6月"],
            ["项目名称", "甲厂", "乙厂"],
            ["投资方", "A公司", "B公司"],
            ["总投资（万元）", 10, 20],
            ["装置编排", "两排", "三排"],
            ["责任单位", "县商务局", "县发改局"],
            ["建设进度", _, _],
            ["开工时间", "2026年3月", "2026年4月"],
        ],
        (0, 0, 0, 2),
        (7, 0, 7, 2),
    )
    assert [row.extra for row in accepted(reading)] == [{"装置编排": "两排"}, {"装置编排": "三排"}]


def test_a_form_with_rows_of_amounts_is_no_table_of_indicators() -> None:
    reading = read(
        [
            ["重点项目登记表", _, _, _, _],
            ["基本情况", "项目名称", "甲厂", _, _],
            [_, "项目代码", "2025-539643-25-01-739687", "投资方名称", "A公司"],
            [_, "注册公司", "B公司", "行业类别", "现代农业"],
            [_, "建设性质", "新建", _, _],
            ["投资情况", "总投资", 1.01, "固投金额", 0.12],
            [_, "累计到位资金", 0.53, "当年到位资金", 0.63],
            ["责任落实", "责任单位", "县商务局", "责任人", "李某"],
            ["问题及措施", "存在问题", _, _, _],
            [_, "解决措施", _, _, _],
            ["备注", _, _, _, _],
            ["单位：亿元", _, _, _, _],
        ],
        (0, 0, 0, 4),
        (1, 0, 4, 0),
        (1, 2, 1, 4),
        (5, 0, 6, 0),
        (8, 0, 9, 0),
        (8, 2, 8, 4),
        (9, 2, 9, 4),
        (10, 1, 10, 4),
    )
    assert values(reading, "project_name") == ["甲厂"]
    assert values(reading, "total_investment_cny") == [101_000_000]
    assert values(reading, "responsible_unit") == ["县商务局"]


def test_a_form_is_one_whatever_label_stands_below_the_name() -> None:
    reading = read(
        [
            ["项目名称", "甲厂", "乙厂"],
            ["装置编排", "两排", "三排"],
            ["投资方", "A公司", "B公司"],
            ["总投资（万元）", 10, 20],
            ["责任单位", "县商务局", "县发改局"],
            ["开工时间", "2026年3月", "2026年4月"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂", "乙厂"]
    assert values(reading, "responsible_unit") == ["县商务局", "县发改局"]
    assert [row.extra for row in accepted(reading)] == [{"装置编排": "两排"}, {"装置编排": "三排"}]


def test_words_not_known_between_the_header_and_the_record_numbered_1_are_header() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方情况", _, _, "总投资（万元）", "比照栏"],
            [_, _, "投资方", "外延栏目", "来源地", _, "考评档次"],
            [1, "甲厂", "A公司", "两排", "浙江宁波", 10, "红档"],
            [2, "乙厂", "B公司", "三排", "江苏苏州", 20, "乙等"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂", "乙厂"]
    assert values(reading, "investor_name") == ["A公司", "B公司"]
    assert values(reading, "total_investment_cny") == [100_000, 200_000]
    assert len(list(reading.rows)) == 2


def test_a_total_between_the_header_and_the_first_record_stays_a_total() -> None:
    reading = read([HEADER, [_, _, "合计", 30], [1, "甲厂", "A公司", 10], [2, "乙厂", "B公司", 20]])
    assert values(reading, "total_investment_cny") == [100_000, 200_000]
    assert [total.stated_value for total in reading.control_totals] == [300_000]
