"""What programs of investment offices export: forms of merged cells with a project's months, lists of arrivals by month."""

from __future__ import annotations

import pytest
from written_ledgers import read_lines, read_sheet, told

WAN = 10_000
PROGRESS = "项目进度（需详细说明完成投资额、完成形象进度及相关手续办理情况）"
PROBLEM = "存在问题（详细描述项目建设中需协调解决的手续办理、征地拆迁及影响项目施工进度的其他问题）"
FORM: list[list[object]] = [
    ["新城2026年重点建设项目台账"],
    ["单位：万元"],
    ["项目名称", None, "精密模具产业园项目", *[None] * 6, "建设性质", None, "新建"],
    ["投资主体", None, "西安精模科技有限公司", *[None] * 6, "项目总投资", None, 48000],
    ["项目建设规模及主要内容", None, "建设标准厂房6万平方米"],
    ["2026年度项目计划投资", None, "12000", None, None, "2026年度项目主要建设内容", None, "完成厂房主体"],
    [f"2026-01{PROGRESS}", None, "完成土地平整", *[None] * 6, PROBLEM, None, "施工许可未办结"],
]
MERGES = (
    *("A1:N1", "A2:N2", "A3:B3", "C3:I3", "J3:K3", "L3:N3", "A4:B4", "C4:I4", "J4:K4", "L4:N4"),
    *("A5:B5", "C5:N5", "A6:B6", "C6:E6", "F6:G6", "H6:N6", "A7:B9", "C7:I9", "J7:K9", "L7:N9"),
)


def test_a_form_whose_rows_are_parted_each_in_its_own_way_is_one_project() -> None:
    fields = ("project_name", "investor_name", "total_investment_cny", "investment_plan_year_cny", "project_content")
    assert told(read_sheet(FORM, *MERGES), *fields) == [
        ("精密模具产业园项目", "西安精模科技有限公司", 48000 * WAN, 12000 * WAN, "建设标准厂房6万平方米")
    ]


def test_labels_with_long_explanations_name_what_stands_beside_them() -> None:
    assert told(read_sheet(FORM, *MERGES), "progress_note", "problem") == [("完成土地平整", "施工许可未办结")]


def test_the_latest_of_several_months_of_a_form_tells_the_progress() -> None:
    february = [f"2026-02{PROGRESS}", None, "基础施工", *[None] * 6, PROBLEM, None, "无"]
    rows = [*FORM, [], [], february]
    assert told(read_sheet(rows, *MERGES, "A10:B12", "C10:I12", "J10:K12", "L10:N12"), "progress_note") == [
        ("基础施工",)
    ]


def test_money_beside_the_year_and_month_of_its_row_may_be_that_months() -> None:
    rows = ("智能电表项目,2026,1,县商务局,600", "智能电表项目,2026,2,县商务局,1200")
    reading = read_lines("项目名称,年份,月,单位名称,到资金额（万元）", *rows)
    assert told(reading, "funds_arrived_cumulative_cny") == [(None,), (None,)]
    assert [row.extra["到资金额（万元）"] for row in reading.rows] == ["600", "1200"]
    until_then = read_lines("项目名称,年份,月,单位名称,累计到资金额（万元）", *rows)
    assert told(until_then, "funds_arrived_cumulative_cny")[-1] == (1200 * WAN,)


def test_figures_beside_the_year_and_month_of_their_row_are_that_months() -> None:
    header = "项目名称,年份,月份,当月到位资金（万元）,年初至报告期累计到位资金（万元）"
    reading = read_lines(
        "截至2026年3月底", header, "甲项目,2026,1,600,600", "甲项目,2026,2,1200,1800", "乙项目,2026,2,300,300"
    )
    assert told(reading, "project_name", "funds_arrived_month_cny", "funds_arrived_ytd_cny") == [
        ("甲项目", 1200 * WAN, 1800 * WAN),
        ("乙项目", 300 * WAN, 300 * WAN),
    ]
    (first, _) = reading.rows
    told_months = [(value.field, value.year, value.month_to, value.amount_cny) for value in first.month_values]
    assert ("funds_arrived_month_cny", 2026, 1, 600 * WAN) in told_months


def test_what_was_meant_is_no_total_beside_what_was_signed() -> None:
    header = "项目名称,投资方,意向投资金额（万元）,合同投资金额（万元）"
    signed = read_lines(header, "甲项目,甲公司,30000,28000", "乙项目,乙公司,8000,")
    assert told(signed, "total_investment_cny", "contract_amount_cny") == [(None, 28000 * WAN), (None, None)]
    talks = read_lines("项目名称,投资方,意向投资金额（万元）", "甲项目,甲公司,30000")
    assert told(talks, "total_investment_cny") == [(30000 * WAN,)]


@pytest.mark.parametrize(
    ("title", "header", "row"),
    [
        (
            "普通干线公路建设项目进展情况表",
            "序号,项目名称,起点桩号,讫点桩号,计划里程（公里）,概算总投资(万元),完成里程（公里）,完成投资（万元）,开工时间",
            "1,S101线大修工程,K12+300,K25+100,12.8,5600,3.2,1500,2026-03-01",
        ),
        (
            "改造项目一览表",
            "序号,项目名称,所在镇街,改造面积（亩）,改造前用途,改造后用途,拟投资额（万元）,拟启动时间",
            "1,老纺织厂地块改造项目,城东街道,45,工业,商住,20000,2026-06",
        ),
        (
            "科技型企业项目执行情况",
            "序号,项目名称,项目所处阶段,产品形态,固定资产投资(万元),财政拨款(万元),本项目产品累计净利润(万元)",
            "1,高精度传感器研发,中试,硬件,120,100,50",
        ),
    ],
)
def test_what_systems_of_other_offices_print_is_no_list_of_ours(title: str, header: str, row: str) -> None:
    reading = read_lines(title, header, row, row.replace("1,", "2,", 1))
    assert (reading.status, reading.reason_code) == ("refused", "no_project_column")


def test_a_share_of_this_years_group_is_recomputed_from_its_target() -> None:
    rows: list[list[object]] = [
        ["2026年5月产业链招商分局工作目标情况汇总表"],
        ["产业链招商", "分局", "责任单位", "当年新开工重点项目（个数）"],
        [None, None, None, "目标值", "完成值", "完成比例(100%)"],
        ["高端装备制造产业链", "一分局", "市经信局", 3, 1, "33.3%"],
        [None, "二分局", "市国资委", 4, 1, "25.0%"],
    ]
    reading = read_sheet(rows, "A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "A4:A5")
    rates = [value for row in reading.rows for value in row.summary_values if value.measure == "rate"]
    assert [round(float(rate.recomputed_value or 0), 1) for rate in rates] == [33.3, 25.0]


def test_what_a_year_is_to_bring_is_not_what_it_brought() -> None:
    header = "项目名称,总投资（万元）,2026年计划投资（万元）,2026年1-7月完成投资（万元）,全年完成投资额（万元）"
    reading = read_lines(header, "新能源电池项目,80000,30000,12000,30000")
    assert told(reading, "investment_done_ytd_cny") == [(12000 * WAN,)]
    assert next(reading.rows).extra["全年完成投资额（万元）"] == "30000"
    alone = read_lines("项目名称,总投资（万元）,全年完成投资额（万元）", "新能源电池项目,80000,30000")
    assert told(alone, "investment_done_ytd_cny") == [(30000 * WAN,)]


def test_the_stage_that_a_title_wants_reached_is_not_its_projects_stage() -> None:
    rows = [["序号", "项目名称", "总投资（万元）"], [1, "专用汽车生产项目", 20000], [2, "电子显示器项目", 13000]]
    wanted = read_sheet([["促进一批在建项目竣工投产目标责任制表"], *rows], "A1:C1", name="竣工投产")
    assert [stage for (stage,) in told(wanted, "stage")] != ["in_production"] * 2
    listed = read_sheet([["开发区项目表"], *rows], "A1:C1", name="竣工投产")
    assert told(listed, "stage") == [("in_production",)] * 2


def test_money_of_progress_is_an_amount_and_no_rate() -> None:
    rows: list[list[object]] = [
        ["新增长区域战役项目进度汇总表"],
        ["序号", "所属区域", "项目数", "投资进度（万元）"],
        [None, None, None, "8月"],
        [None, None, None, "上旬", "累计", "完成比例%"],
        [1, "临港经济开发区", 4, 1260, 2397, 41],
        [2, "生态经济区", 3, 980, 1500, 38],
    ]
    reading = read_sheet(rows, "A1:F1", "A2:A4", "B2:B4", "C2:C4", "D2:F2", "D3:F3")
    values = [(one.measure, one.unit, one.value) for one in next(reading.rows).summary_values]
    assert values[1:] == [("done", "CNY", 1260 * WAN), ("done", "CNY", 2397 * WAN), ("rate", "percent", 41)]


def test_how_a_sheet_is_parted_is_no_industry() -> None:
    rows = [["序号", "项目名称", "总投资（万元）"], [1, "专用汽车生产项目", 20000], [2, "电子显示器项目", 13000]]
    assert told(read_sheet(rows, name="分行业"), "industry") == [(None,)] * 2


def test_kinds_of_owners_are_no_investors() -> None:
    header = "序号,项目名称,总投资（万元）,投资主体"
    kinds = read_lines(header, "1,铁路电气化改造工程,54583,国有", "2,轴承生产线项目,12000,民营")
    assert told(kinds, "investor_name") == [(None,), (None,)]
    assert next(kinds.rows).extra["投资主体"] == "国有"
    names = read_lines(header, "1,铁路电气化改造工程,54583,国有", "2,轴承生产线项目,12000,河源轴承有限公司")
    assert told(names, "investor_name")[1] == ("河源轴承有限公司",)


def test_a_form_that_nobody_filled_in_lists_no_projects() -> None:
    rows = [
        ["重点建设项目（前期工作）台账"],
        ["项目名称", " ", "业主单位", " ", "挂钩领导", " "],
        ["项目主要建设目标", " "],
        ["完成时限", "2026-07-18", "2026-07-18", "2026-07-18"],
        ["责任单位", " "],
        ["责任人", " "],
        ["需协调解决问题", " "],
    ]
    assert told(read_sheet(rows, "A1:F1"), "project_name") == []
