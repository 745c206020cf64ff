"""Records that go on in lines of labelled cells, and rows that tell of several projects at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from written_ledgers import accepted, read_cells, values

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerSource, read_workbook

_: None = None
HEADER = ["序号", "项目名称", "投资方", "总投资（万元）", "签约时间"]


def record(number: int, name: str) -> list[Any]:
    return [number, f"{name}建设项目", f"{name}有限公司", 1000 * number, f"2026-03-0{number}"]


def test_labelled_cells_below_each_record_are_its_fields() -> None:
    reading = read_cells(
        [
            HEADER,
            record(1, "甲厂"),
            [_, "建设内容：厂房3万平方米", "责任单位：县工信局", _, "开工时间：2026.5.2"],
            record(2, "乙厂"),
            [_, "建设内容：冷库5座", "责任单位：县商务局", _, "开工时间：2026.6.2"],
            ["单位负责人：张某", _, _, "填表人：王某"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "project_content") == ["厂房3万平方米", "冷库5座"]
    assert values(reading, "responsible_unit") == ["县工信局", "县商务局"]
    assert values(reading, "started_on") == [dt.date(2026, 5, 2), dt.date(2026, 6, 2)]


def test_several_labels_in_one_merged_line_below_each_record_are_its_fields() -> None:
    reading = read_cells(
        [
            HEADER,
            record(1, "甲厂"),
            ["责任单位：县文旅局    责任人：王某"],
            record(2, "乙厂"),
            ["责任单位：县商务局    责任人：李某"],
        ],
        (2, 0, 2, 4),
        (4, 0, 4, 4),
    )
    assert values(reading, "responsible_unit") == ["县文旅局", "县商务局"]
    assert values(reading, "responsible_person") == ["王某", "李某"]
    assert values(reading, "industry") == [_, _]


def test_labelled_lines_above_their_records_stay_headings() -> None:
    reading = read_cells(
        [
            HEADER,
            ["责任单位：县工信局    包联领导：王某"],
            record(1, "甲厂"),
            ["责任单位：县商务局    包联领导：李某"],
            record(2, "乙厂"),
        ],
        (1, 0, 1, 4),
        (3, 0, 3, 4),
    )
    assert values(reading, "responsible_unit") == ["县工信局", "县商务局"]


def test_labels_and_texts_below_one_heading_over_both_are_fields() -> None:
    rows: list[list[Any]] = [["序号", "项目名称", "总投资（亿元）", "推进情况", _]]
    for number, name in enumerate(("甲厂", "乙厂"), start=1):
        rows.append([number, f"{name}建设项目", number, "目前进展", f"{name}主体封顶"])
        rows.append([_, _, _, "存在问题", "用地未批"])
        rows.append([_, _, _, "责任单位", "县工信局"])
    merges = [(row, column, row + 2, column) for row in (1, 4) for column in range(3)]
    reading = read_cells(rows, (0, 3, 0, 4), *merges)
    assert values(reading, "progress_note") == ["甲厂主体封顶", "乙厂主体封顶"]
    assert values(reading, "problem") == ["用地未批", "用地未批"]
    assert values(reading, "responsible_unit") == ["县工信局", "县工信局"]


def test_headers_numbered_by_project_part_a_row_into_several() -> None:
    reading = read_cells(
        [
            ["乡镇", "项目1名称", "项目1总投资（万元）", "项目2名称", "项目2总投资（万元）"],
            ["城关镇", "甲厂建设项目", 100, "乙厂建设项目", 200],
            ["柳林镇", "丙厂建设项目", 300, _, _],
        ]
    )
    found = {row.fields["project_name"]: row.fields for row in accepted(reading)}
    assert set(found) == {"甲厂建设项目", "乙厂建设项目", "丙厂建设项目"}
    assert found["乙厂建设项目"]["town_name"] == "城关镇"
    assert found["乙厂建设项目"]["total_investment_cny"] == 2_000_000


def test_projects_on_lines_of_the_same_cells_are_several() -> None:
    reading = read_cells(
        [
            ["责任单位", "项目名称", "总投资（亿元）", "进展情况"],
            ["县工信局", "1.甲厂建设项目\n2.乙厂建设项目", "0.5\n6.8", "1.封顶\n2.打桩"],
            ["县商务局", "丙厂建设项目", "1.2", "封顶"],
        ]
    )
    found = {row.fields["project_name"]: row.fields for row in accepted(reading)}
    assert set(found) == {"甲厂建设项目", "乙厂建设项目", "丙厂建设项目"}
    assert found["乙厂建设项目"]["total_investment_cny"] == 680_000_000
    assert found["乙厂建设项目"]["progress_note"] == "打桩"
    assert found["甲厂建设项目"]["responsible_unit"] == "县工信局"


def test_lines_that_do_not_say_whose_a_figure_is_part_nothing() -> None:
    header = ["责任单位", "项目名称", "投资方", "总投资（亿元）"]
    reading = read_cells(
        [
            header,
            ["县工信局", "甲厂建设项目\n乙厂建设项目", "甲公司\n乙公司", 7],
            ["县商务局", "年产5万吨\n饲料项目", "丰源饲料\n有限公司", 2],
        ]
    )
    assert values(reading, "total_investment_cny").count(700_000_000) <= 1
    assert "年产5万吨饲料项目" in values(reading, "project_name")


def test_a_name_above_its_own_small_table_fills_no_class() -> None:
    header = ["投资企业", "总投资（万元）", "签约时间", "责任单位", "进展情况"]
    rows: list[list[Any]] = [header]
    for number, name in enumerate(("年产2万吨精细化工项目", "花椒深加工研发制造基地"), start=1):
        rows += [[f"{number}．{name}"], [f"{name}公司", 100 * number, "2026.3.1", "县工信局", "封顶"]]
    reading = read_cells(rows, (1, 0, 1, 4), (3, 0, 3, 4))
    assert values(reading, "project_name") == ["年产2万吨精细化工项目", "花椒深加工研发制造基地"]
    assert values(reading, "industry") == [_, _]


def test_a_second_line_of_one_name_below_each_numbered_record_is_read() -> None:
    reading = read_cells(
        [
            ["序号", "项目名称", "总投资（万元）", "责任单位"],
            [_, "建设地点"],
            [1, "甲厂建设项目", 100, "县工信局"],
            [_, "城关镇南街"],
            [2, "乙厂建设项目", 200, "县商务局"],
            [_, "柳林镇东风村"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "location") == ["城关镇南街", "柳林镇东风村"]


def test_parts_of_a_total_head_nothing_whatever_kind_they_are() -> None:
    reading = read_cells(
        [
            HEADER,
            [_, "合计", _, 3000],
            [_, "其中：新建项目", _, 1000],
            [_, "续建项目", _, 2000],
            record(1, "甲厂"),
            record(2, "乙厂"),
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "construction_nature") == [_, _]


def test_a_class_with_its_count_and_sum_is_a_heading() -> None:
    reading = read_cells([HEADER, [_, "工业项目", "2个", 3000], record(1, "甲厂"), record(2, "乙厂")])
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "industry") == ["工业", "工业"]


def test_a_short_card_above_its_months_is_a_project() -> None:
    reading = read_cells(
        [
            ["项目推进卡"],
            ["项目名称", "甲厂建设项目", "责任单位", "县工信局"],
            ["总投资（万元）", 5000, "开工时间", "2026.3.1"],
            ["月份", "完成投资（万元）", "形象进度", "存在问题"],
            ["7月", 100, "施工中", "无"],
            ["8月", 200, "施工中", "无"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目"]
    assert values(reading, "total_investment_cny") == [50_000_000]


def test_of_two_columns_under_one_header_the_shown_one_tells() -> None:
    rows = [
        ["序号", "项目名称", "总投资（万元）", "累计到位资金（万元）", "累计到位资金（万元）"],
        [1, "甲厂建设项目", 500, 90, 100],
    ]
    sheet = Sheet("Sheet1", rows, hidden_columns=frozenset({3}))
    reading = read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)
    assert values(reading, "funds_arrived_cumulative_cny") == [1_000_000]


@pytest.mark.parametrize("line", [[1, "项目名称"], [1, "XXX项目"], [1, "（项目名称）"], [1, "××项目", "××公司"]])
def test_a_line_that_only_shows_what_to_write_is_no_project(line: list[Any]) -> None:
    reading = read_cells(
        [HEADER, ["一、签约项目"], record(1, "甲厂"), ["二、在建项目"], line, ["三、投产项目"], record(2, "乙厂")]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]


def test_labels_with_colons_and_texts_beside_them_are_told_of_the_record_above() -> None:
    reading = read_cells(
        [
            HEADER,
            record(1, "甲厂"),
            [_, "进展：", "主体封顶"],
            [_, "责任单位：", "县工信局"],
            record(2, "乙厂"),
            [_, "进展：", "打桩"],
            [_, "责任单位：", "县商务局"],
        ]
    )
    assert values(reading, "responsible_unit") == ["县工信局", "县商务局"]
    assert values(reading, "progress_note") == ["主体封顶", "打桩"]


def test_lines_by_turns_without_numbers_or_merged_cells_are_one_record() -> None:
    reading = read_cells(
        [
            ["项目名称", "投资企业", "总投资（亿元）", "签约时间"],
            ["建设内容", "项目公司", "到位资金（亿元）", "开工时间"],
            ["甲厂建设项目", "甲集团有限公司", 5, "2026-03-01"],
            ["厂房5万平方米", "甲新材料有限公司", 1, "2026-05-01"],
            ["乙厂建设项目", "乙集团有限公司", 6, "2026-03-02"],
            ["冷库5座", "乙食品有限公司", 2, "2026-05-02"],
        ]
    )
    assert values(reading, "project_name") == ["甲厂建设项目", "乙厂建设项目"]
    assert values(reading, "project_company") == ["甲新材料有限公司", "乙食品有限公司"]
    assert values(reading, "started_on") == [dt.date(2026, 5, 1), dt.date(2026, 5, 2)]


def test_two_lines_of_names_below_groups_are_two_lines_of_each_record() -> None:
    reading = read_cells(
        [
            ["序号", "项目名称", "基本情况", _, "推进情况", _],
            [_, _, "投资企业", "总投资（万元）", "进展情况", "责任单位"],
            [_, _, "建设内容", "累计到位资金（万元）", "存在问题", "包联领导"],
            [1, "甲厂建设项目", "甲厂有限公司", 1000, "封顶", "县工信局"],
            [_, _, "厂房3万平方米", 100, "用地未批", "王某"],
            [2, "乙厂建设项目", "乙厂有限公司", 2000, "打桩", "县商务局"],
            [_, _, "冷库5座", 200, "缺电", "李某"],
        ],
        *((top, column, top + 1 + (top == 0), column) for top in (0, 3, 5) for column in (0, 1)),
        (0, 2, 0, 3),
        (0, 4, 0, 5),
    )
    assert values(reading, "investor_name") == ["甲厂有限公司", "乙厂有限公司"]
    assert values(reading, "problem") == ["用地未批", "缺电"]
    assert values(reading, "funds_arrived_cumulative_cny") == [1_000_000, 2_000_000]


def test_indicators_by_line_with_their_units_beside_them_are_fields() -> None:
    rows: list[list[Any]] = [["序号", "项目名称", "指标", "数值", "单位", "责任单位"]]
    for number, name in enumerate(("甲厂", "乙厂"), start=1):
        rows.append([number, f"{name}建设项目", "总投资", 500, "万元", "县工信局"])
        rows.append([_, _, "累计到位资金", 1, "亿元", _])
    reading = read_cells(rows, *((top, column, top + 1, column) for top in (1, 3) for column in (0, 1, 5)))
    assert values(reading, "total_investment_cny") == [5_000_000, 5_000_000]
    assert values(reading, "funds_arrived_cumulative_cny") == [100_000_000, 100_000_000]
    assert values(reading, "responsible_unit") == ["县工信局", "县工信局"]


def test_a_note_in_brackets_below_a_figure_does_not_reject_it() -> None:
    reading = read_cells(
        [
            HEADER,
            record(1, "甲厂"),
            [_, _, "（法人：王某）", "（含流动资金）"],
            record(2, "乙厂"),
            [_, _, "（法人：李某）", "（含流动资金）"],
        ]
    )
    assert values(reading, "total_investment_cny") == [10_000_000, 20_000_000]
    assert values(reading, "investor_name") == ["甲厂有限公司", "乙厂有限公司"]


def test_headings_numbered_as_projects_name_the_forms_below_them() -> None:
    rows: list[list[Any]] = [["项目清单"]]
    for number, name in enumerate(("甲厂建设项目", "羊绒纺织技改项目", "乙生产基地"), start=1):
        rows += [
            [f"项目{number}：{name}"],
            ["投资企业", "甲公司", "总投资", "5000万元"],
            ["责任单位", "县工信局", "进展", "封顶"],
        ]
    reading = read_cells(rows, *((row, 0, row, 3) for row in (1, 4, 7)))
    assert values(reading, "project_name") == ["甲厂建设项目", "羊绒纺织技改项目", "乙生产基地"]


def test_the_code_of_a_project_is_not_its_name() -> None:
    reading = read_cells([HEADER, [1, "2568-613460-04-01-107251", "甲公司", 100, "2026-03-01"], record(2, "乙厂")])
    assert values(reading, "project_name") == ["乙厂建设项目"]
    assert "project_name_no_name" in [reason.code for row in reading.rows for reason in row.reasons]
