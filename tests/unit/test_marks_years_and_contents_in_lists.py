"""What a list says beside its names, years and reports: marks on names, contents behind them, earlier years, earlier reports."""

from __future__ import annotations

import pytest
from written_ledgers import read_lines as read
from written_ledgers import read_sheet, told

WAN = 10_000


def test_a_mark_before_or_behind_a_name_is_none_of_it() -> None:
    reading = read(
        "项目表（带★为省重点项目）,,,",
        "序号,项目名称,投资方,总投资（万元）",
        "1,甲园区新材料项目,甲材料有限公司,5000",
        "2,★乙园区食品项目,乙食品有限公司,800",
        "3,丙园区储能项目▲,丙能源有限公司,900",
    )
    assert told(reading, "project_name") == [("甲园区新材料项目",), ("乙园区食品项目",), ("丙园区储能项目",)]


def test_a_dash_before_the_projects_below_a_heading_is_none_of_their_names() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（亿元）,责任单位",
        "一,城东园区,,,",
        ",—甲新材料项目,广东甲公司,2,县工信局",
        ",—乙储能项目,深圳乙公司,3,县商务局",
        "二,城西园区,,,",
        ",—丙食品项目,河南丙公司,1,县发改委",
    )
    assert told(reading, "project_name", "park_name") == [
        ("甲新材料项目", "城东园区"),
        ("乙储能项目", "城东园区"),
        ("丙食品项目", "城西园区"),
    ]


def test_what_stands_behind_the_colon_of_a_name_with_contents_is_the_content() -> None:
    reading = read(
        "序号,项目名称及主要建设内容,投资方,总投资（万元）",
        "1,甲园区新材料项目：年产材料3万吨,甲材料有限公司,5000",
        "2,乙园区食品项目：建设冷库2座,乙食品有限公司,800",
    )
    assert told(reading, "project_name", "project_content") == [
        ("甲园区新材料项目", "年产材料3万吨"),
        ("乙园区食品项目", "建设冷库2座"),
    ]


def test_a_colon_in_a_plain_name_parts_nothing() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）",
        "1,甲园区新材料项目：一期工程,甲材料有限公司,5000",
        "2,乙园区食品项目：二期工程,乙食品有限公司,800",
    )
    assert told(reading, "project_name", "project_content")[0] == ("甲园区新材料项目：一期工程", None)


def test_a_year_beside_the_plan_of_a_later_one_is_not_the_ledgers_year() -> None:
    reading = read(
        "序号,项目名称,投资方,总投资（万元）,2025年完成投资（万元）,2026年计划投资（万元）",
        "1,甲园区新材料项目,甲材料有限公司,5000,700,2000",
        "2,乙园区食品项目,乙食品有限公司,800,100,300",
    )
    fields = ("investment_done_ytd_cny", "investment_plan_year_cny")
    assert told(reading, *fields) == [(None, 2000 * WAN), (None, 300 * WAN)]


@pytest.mark.parametrize("now", ["本期", "本次", "目前"])
def test_this_report_beside_the_last_is_how_a_cumulative_stands(now: str) -> None:
    reading = read_sheet(
        [
            ["到位资金对比表（万元）"],
            ["序号", "项目名称", "投资方", "累计到位资金", None, None],
            [None, None, None, "上期", now, "增减"],
            [1, "甲园区新材料项目", "甲材料有限公司", 100, 150, 50],
            [2, "乙园区食品项目", "乙食品有限公司", 200, 260, 60],
        ],
        "D2:F2",
    )
    assert told(reading, "funds_arrived_cumulative_cny") == [(150 * WAN,), (260 * WAN,)]


def test_what_arrived_in_this_report_without_cumulative_above_is_left_open() -> None:
    reading = read_sheet(
        [
            ["到位资金对比表（万元）"],
            ["序号", "项目名称", "投资方", "到位资金", None],
            [None, None, None, "上期", "本期"],
            [1, "甲园区新材料项目", "甲材料有限公司", 100, 150],
            [2, "乙园区食品项目", "乙食品有限公司", 200, 260],
        ],
        "D2:E2",
    )
    assert told(reading, "funds_arrived_cumulative_cny") == [(None,), (None,)]


def test_a_title_of_plan_and_actual_names_no_other_business() -> None:
    reading = read_sheet(
        [
            ["项目推进计划与实际对照"],
            ["序号", "项目名称", "总投资（万元）", "类别", "1季度", "2季度", "责任单位"],
            [1, "甲园区新材料项目", 5000, "计划", "完成立项", "开工", "县工信局"],
            [None, None, None, "实际", "已完成", "已开工", None],
            [2, "乙园区食品项目", 800, "计划", "完成立项", "开工", "县商务局"],
            [None, None, None, "实际", "已完成", "未开工", None],
        ],
        *("A3:A4", "B3:B4", "C3:C4", "G3:G4", "A5:A6", "B5:B6", "C5:C6", "G5:G6"),
    )
    assert told(reading, "project_name", "total_investment_cny", "responsible_unit") == [
        ("甲园区新材料项目", 5000 * WAN, "县工信局"),
        ("乙园区食品项目", 800 * WAN, "县商务局"),
    ]


def test_an_english_name_with_its_unit_before_the_chinese_one_is_passed_over() -> None:
    reading = read(
        "项目名称,投资方,Total Investment (RMB 10 thousand)总投资（万元）",
        "甲园区新材料项目,甲材料有限公司,5000",
        "乙园区食品项目,乙食品有限公司,800",
    )
    assert told(reading, "total_investment_cny") == [(5000 * WAN,), (800 * WAN,)]


def test_a_contact_below_one_group_with_the_office_is_the_offices() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "总投资（万元）", "包抓责任", None, None],
            [None, None, None, "县级领导", "牵头单位", "联系人"],
            [1, "甲园区新材料项目", 5000, "张某某", "县工信局", "李某某"],
            [2, "乙园区食品项目", 800, "王某某", "县商务局", "赵某某"],
        ],
        "D1:F1",
    )
    assert told(reading, "responsible_person") == [("李某某",), ("赵某某",)]


def test_the_leader_who_keeps_track_of_a_project_answers_for_it() -> None:
    reading = read(
        "项目名称,投资方,总投资（万元）,跟踪领导",
        "甲园区新材料项目,甲材料有限公司,5000,张某某",
        "乙园区食品项目,乙食品有限公司,800,王某某",
    )
    assert told(reading, "responsible_leader") == [("张某某",), ("王某某",)]


def test_a_unit_beside_a_heading_holds_for_what_stands_below() -> None:
    reading = read_sheet(
        [
            ["工业项目", None, None, "单位：亿元"],
            ["序号", "项目名称", "投资方", "总投资"],
            [1, "甲园区新材料项目", "甲材料有限公司", 2],
            [],
            ["农业项目", None, None, "单位：万元"],
            ["序号", "项目名称", "投资方", "总投资"],
            [1, "乙园区食品项目", "乙食品有限公司", 800],
        ]
    )
    assert told(reading, "total_investment_cny") == [(20_000 * WAN,), (800 * WAN,)]


def test_what_is_drawn_below_a_project_with_a_dash_is_part_of_it() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "总投资（亿元）", "进展情况", "责任单位"],
            [1, "甲园区新材料项目", 2, "设备调试中", "县工信局"],
            [None, "  —— 一标段", None, "已完成", None],
            [None, "  —— 研发楼", None, "施工中", None],
            [2, "乙园区食品项目", 3, "桩基施工", "县商务局"],
            [None, "  —— 一标段", None, "施工中", None],
        ]
    )
    assert told(reading, "project_name") == [("甲园区新材料项目",), ("乙园区食品项目",)]


def test_a_column_of_talks_that_tells_stories_is_the_note() -> None:
    reading = read(
        "序号,项目名称,客商名称,拟投资（亿元）,洽谈进度",
        "1,甲园区新材料项目,甲材料有限公司,2,已开展三轮洽谈，企业拟于10月来县考察",
        "2,乙园区食品项目,乙食品有限公司,3,企业正在做可行性研究，预计年底签约",
    )
    assert told(reading, "progress_note") == [
        ("已开展三轮洽谈，企业拟于10月来县考察",),
        ("企业正在做可行性研究，预计年底签约",),
    ]


def test_a_column_of_talks_in_short_words_is_the_stage() -> None:
    reading = read(
        "序号,项目名称,客商名称,拟投资（亿元）,洽谈进度",
        "1,甲园区新材料项目,甲材料有限公司,2,接洽中",
        "2,乙园区食品项目,乙食品有限公司,3,意向达成",
    )
    assert told(reading, "progress_note", "stage") == [(None, "lead"), (None, "talks")]


def test_months_below_a_project_that_sums_them_are_parts_of_it() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称/月份", "计划投资（万元）", "完成投资（万元）", "进展情况"],
            [1, "甲园区新材料项目", 200, 180, "设备调试中"],
            [None, "7月", 100, 90, "正常推进"],
            [None, "8月", 100, 90, "正常推进"],
            [2, "乙园区食品项目", 200, 180, "桩基施工"],
            [None, "7月", 100, 90, "正常推进"],
            [None, "8月", 100, 90, "正常推进"],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]
    assert told(reading, "project_name") == [("甲园区新材料项目",), ("乙园区食品项目",)]


def test_a_list_on_its_side_whose_corner_does_not_say_names() -> None:
    reading = read_sheet(
        [
            ["指标", "单位", "甲园区新材料项目", "乙园区食品项目"],
            ["总投资", "亿元", 2, 3],
            ["签约时间", None, "2025.3.1", "2025.4.2"],
            ["建设内容", None, "材料生产线", "冷库"],
            ["责任单位", None, "县工信局", "县商务局"],
        ]
    )
    assert told(reading, "project_name", "total_investment_cny", "responsible_unit") == [
        ("甲园区新材料项目", 20_000 * WAN, "县工信局"),
        ("乙园区食品项目", 30_000 * WAN, "县商务局"),
    ]


def test_the_contact_behind_the_office_of_a_form_is_the_offices() -> None:
    reading = read_sheet(
        [
            ["项目名称", "甲园区新材料项目", "投资主体", "甲材料有限公司"],
            ["投资总额", "2亿元", "签约日期", "2025年3月1日"],
            ["产业类别", "新材料", "建设性质", "新建"],
            ["责任单位", "县工信局", "联系人", "李某某"],
        ]
    )
    assert told(reading, "responsible_person") == [("李某某",)]


def test_a_list_on_its_side_of_names_that_do_not_say_project() -> None:
    reading = read_sheet(
        [
            ["内容", "锂电池负极材料", "速冻食品加工"],
            ["投资方", "甲材料有限公司", "乙食品有限公司"],
            ["总投资", "2亿元", "3亿元"],
            ["建设内容", "材料生产线", "冷库"],
            ["责任单位", "县工信局", "县商务局"],
        ]
    )
    assert told(reading, "project_name", "total_investment_cny") == [
        ("锂电池负极材料", 20_000 * WAN),
        ("速冻食品加工", 30_000 * WAN),
    ]


def test_equal_amounts_of_several_months_are_no_one_amount_of_the_project() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "总投资（万元）", "月份", "完成投资（万元）", "责任单位"],
            [1, "甲园区新材料项目", 5000, "7月", 90, "县工信局"],
            [None, None, None, "8月", 90, None],
            [2, "乙园区食品项目", 800, "7月", 70, "县商务局"],
            [None, None, None, "8月", 70, None],
        ],
        *("A2:A3", "B2:B3", "C2:C3", "F2:F3", "A4:A5", "B4:B5", "C4:C5", "F4:F5"),
    )
    fields = ("total_investment_cny", "investment_done_cumulative_cny", "investment_done_ytd_cny")
    assert told(reading, *fields) == [(5000 * WAN, None, None), (800 * WAN, None, None)]


def test_the_note_of_this_report_beside_the_last_ones_is_the_note() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "投资方", "工程进度", None],
            [None, None, None, "上次", "本次"],
            [1, "甲园区新材料项目", "甲材料有限公司", "基础施工", "主体封顶，正在安装设备"],
            [2, "乙园区食品项目", "乙食品有限公司", "场地平整", "桩基施工"],
        ],
        "D1:E1",
    )
    assert told(reading, "progress_note") == [("主体封顶，正在安装设备",), ("桩基施工",)]


def test_one_column_of_many_lines_of_one_width_was_cut_by_paper() -> None:
    lines = ["建设新能源电池正极材料", "建设肉制品冷链物流中心", "购置数控机床与检测设备", "改造老旧厂房及配套管网"]
    rests = ["生产线两条", "及加工车间", "共六十台", "和办公用房"]
    rows: list[list[object]] = [["序号", "项目名称", "投资方", "总投资（亿元）", "建设内容", "责任单位"]]
    for number, (line, rest) in enumerate(zip(lines, rests, strict=True), start=1):
        rows.append([number, f"第{number}园区新材料项目", "甲材料有限公司", 2, line, "县工信局"])
        rows.append([None, None, None, None, rest, None])
    contents = [(line + rest,) for line, rest in zip(lines, rests, strict=True)]
    assert told(read_sheet(rows), "project_content") == contents


def test_a_list_on_its_side_ends_before_the_remarks() -> None:
    reading = read_sheet(
        [
            ["事项", "甲园区新材料项目", "乙园区食品项目", "备注"],
            ["投资方", "甲材料有限公司", "乙食品有限公司", None],
            ["总投资", "2亿元", "3亿元", None],
            ["建设内容", "材料生产线", "冷库", None],
            ["责任单位", "县工信局", "县商务局", None],
        ]
    )
    assert told(reading, "project_name") == [("甲园区新材料项目",), ("乙园区食品项目",)]


@pytest.mark.parametrize("number", ["Q{}_", "Q{}:", "第{}题：", "q{}."])
def test_the_number_of_a_question_is_none_of_its_column(number: str) -> None:
    names = [number.format(at) + name for at, name in enumerate(["项目名称", "投资主体", "总投资（亿元）"], start=1)]
    reading = read(",".join(names), "甲园区新材料项目,甲材料有限公司,2", "乙园区食品项目,乙食品有限公司,3")
    assert told(reading, "project_name", "investor_name", "total_investment_cny") == [
        ("甲园区新材料项目", "甲材料有限公司", 20_000 * WAN),
        ("乙园区食品项目", "乙食品有限公司", 30_000 * WAN),
    ]
