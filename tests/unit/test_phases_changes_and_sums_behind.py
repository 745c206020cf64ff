"""Phases in a column of their own, columns before and after a change, sums behind their rows, cards side by side, marks of notes."""

from __future__ import annotations

from ingest.formats.sheet import CellValue, Sheet, Workbook
from ingest.ledgers.ledger import LedgerSource, read_workbook
from tests.fixtures.written_ledgers import read_lines, read_sheet, told

PHASED = ["序号", "项目名称", "投资方", "分期", "总投资（亿元）", "开工时间"]


def test_phases_beside_a_merged_name_are_records_called_after_it() -> None:
    rows = [
        PHASED,
        [1, "甲产业园", "甲公司", "一期", 3.2, "2024年3月"],
        [None, None, None, "二期", 5.1, "2026年2月"],
        [2, "乙厂", "乙公司", "/", 0.7, "2026年5月"],
    ]
    reading = read_sheet(rows, "A2:A3", "B2:B3", "C2:C3")
    assert told(reading, "project_name", "investor_name", "total_investment_cny") == [
        ("甲产业园一期", "甲公司", 320_000_000),
        ("甲产业园二期", "甲公司", 510_000_000),
        ("乙厂", "乙公司", 70_000_000),
    ]


def test_so_are_phases_whose_merges_were_lost_and_those_whose_name_is_written_again() -> None:
    head = "序号,项目名称,投资方,分期,总投资（亿元）,开工时间"
    lost = read_lines(
        head, "1,甲产业园,甲公司,一期,3.2,2024年3月", ",,,二期,5.1,2026年2月", "2,乙厂,乙公司,/,0.7,2026年5月"
    )
    again = read_lines(
        head, "1,甲产业园,甲公司,一期,3.2,2024年3月", "2,甲产业园,甲公司,二期,5.1,2026年2月", "3,乙厂,乙公司,一期,0.7,"
    )
    named = [("甲产业园一期", "甲公司"), ("甲产业园二期", "甲公司"), ("乙厂", "乙公司")]
    assert told(lost, "project_name", "investor_name") == named
    assert told(again, "project_name", "investor_name") == named


def test_phases_below_one_total_stay_one_project_whose_own_dates_are_open() -> None:
    head = ["序号", "项目名称", "总投资（亿元）", "期次", "本期投资（亿元）", "开工时间", "投产时间"]
    rows = [
        head,
        [1, "动力电池", 60, "一期", 20, "2023-05", "2024-11"],
        [None, None, None, "二期", 40, "2025-06", None],
        [2, "铝箔", 8, "—", 8, "2025-03", None],
    ]
    reading = read_sheet(rows, "A2:A3", "B2:B3", "C2:C3")
    assert told(reading, "project_name", "total_investment_cny", "started_on", "production_on")[0] == (
        "动力电池",
        6_000_000_000,
        None,
        None,
    )
    assert next(iter(reading.rows)).extra["开工时间"] == "2023-05；2025-06"


def test_what_stands_after_a_change_is_the_projects() -> None:
    grouped = read_sheet(
        [
            ["序号", "项目名称", "调整前", None, "调整后", None],
            [None, None, "投资方", "总投资（万元）", "投资方", "总投资（万元）"],
            [1, "冷冻面团", "安琪酵母", 8000, "立高食品", 12000],
            [2, "玻璃棉", "华美节能", 6000, "华美节能", 9000],
        ],
        "C1:D1",
        "E1:F1",
    )
    plain = read_lines(
        "项目名称,原总投资（万元）,现总投资（万元）,现建设地点,原建设地点", "冷冻面团,8000,12000,城东园,城西园"
    )
    assert told(grouped, "investor_name", "total_investment_cny")[0] == ("立高食品", 120_000_000)
    assert told(plain, "total_investment_cny", "location") == [(120_000_000, "城东园")]


def test_this_months_sum_beside_the_last_months_is_how_it_stands() -> None:
    head = "项目名称,总投资（亿元）,上月累计到位资金（万元）,本月累计到位资金（万元）,本月新增（万元）"
    reading = read_lines(head, "硬质合金,6,8000,9500,1500", "童车,1.5,2000,2100,100")
    fields = ("funds_arrived_cumulative_cny", "funds_arrived_month_cny")
    assert told(reading, *fields) == [(95_000_000, 15_000_000), (21_000_000, 1_000_000)]


def test_a_unit_behind_the_projects_that_it_sums_up_heads_none() -> None:
    reading = read_lines(
        "序号,单位,项目名称,投资方,总投资（亿元）",
        "1,城关镇,鞋材,甲公司,0.6",
        "2,城关镇,饮料,乙公司,0.9",
        "城关镇,,,,1.5",
        "3,河西镇,总部楼宇,丙公司,2.4",
        "河西镇,,,,2.4",
    )
    assert told(reading, "project_name", "town_name") == [("鞋材", None), ("饮料", None), ("总部楼宇", None)]
    assert [(one.level, one.stated_value == one.rows_sum) for one in reading.control_totals] == [("subtotal", True)] * 2


def test_parts_of_a_project_that_are_told_as_it_is_are_no_projects() -> None:
    unnumbered = read_lines(
        "序号,项目名称,投资方,总投资（亿元）,签约时间",
        "1,电池厂,甲公司,30,2025-06-01",
        ",其中：一期4GWh,甲公司,12,2025-06-01",
        ",二期6GWh,甲公司,18,2025-06-01",
        "2,啤酒厂,乙公司,3,2025-09-10",
    )
    numbered = read_lines(
        "序号,项目名称,投资方,总投资（亿元）,签约时间",
        "1,临空中心,甲公司,6,2025-06-01",
        "1.1,其中：分拣中心,甲公司,3.5,2025-06-01",
        "1.2,冷库,甲公司,2.5,2025-06-01",
        "2,啤酒厂,乙公司,3,2025-09-10",
    )
    bare = read_lines(
        "项目名称,投资方,总投资（亿元）,签约时间",
        "数字经济园,甲公司,30,2025-03",
        "其中：算力中心,甲公司,18,2025-03",
        "研发楼,甲公司,12,2025-09",
        "啤酒厂,乙公司,10,2026-01",
    )
    assert told(bare, "project_name") == [("数字经济园",), ("啤酒厂",)]
    assert told(unnumbered, "project_name") == [("电池厂",), ("啤酒厂",)]
    assert told(numbered, "project_name") == [("临空中心",), ("啤酒厂",)]


def test_cards_side_by_side_whose_cells_hold_label_and_value() -> None:
    rows = [
        ["招商项目名片"],
        ["项目名称：油菜加工", "项目名称：服装智造", "项目名称：矿泉水"],
        ["投资额：2000万元", "投资额：5600万元", "投资额：1.3亿元"],
        ["签约时间：2026年2月", "签约时间：2026年3月", "签约时间：2026年4月"],
        ["投资方：甲公司", "投资方：乙公司", "投资方：丙公司"],
    ]
    assert told(read_sheet(rows), "project_name", "investor_name", "total_investment_cny") == [
        ("油菜加工", "甲公司", 20_000_000),
        ("服装智造", "乙公司", 56_000_000),
        ("矿泉水", "丙公司", 130_000_000),
    ]


def test_marks_of_notes_behind_figures_and_days_say_nothing_of_them() -> None:
    reading = read_lines(
        "项目名称,总投资（亿元）,到位资金（万元）,签约时间",
        "甲厂,5.0*,1200※,2026-02*",
        "乙厂,8[1],900**,2026年3月（注）",
        "丙厂,12.5（注1）,3000#,2026-05-01",
    )
    assert told(reading, "total_investment_cny", "funds_arrived_cumulative_cny") == [
        (500_000_000, 12_000_000),
        (800_000_000, 9_000_000),
        (1_250_000_000, 30_000_000),
    ]
    assert [str(row.fields["signed_on"]) for row in reading.rows] == ["2026-02-01", "2026-03-01", "2026-05-01"]


def test_a_post_with_a_name_behind_it_is_one_person() -> None:
    reading = read_lines("项目名称,投资方,包联领导", "甲厂,甲公司,常务副县长 施某某", "乙厂,乙公司,副县长 孔某某")
    assert [len(str(row.fields["responsible_leader"]).split("、")) for row in reading.rows] == [1, 1]


def test_a_sheet_called_by_its_park_fills_no_industry() -> None:
    rows: list[list[CellValue]] = [
        ["项目名称", "投资方", "总投资（万元）"],
        ["仓储", "甲公司", 100],
        ["分拨中心", "乙公司", 200],
    ]
    book = Workbook("xlsx", [Sheet("物流园", rows)])
    reading = read_workbook(book, "台账.xlsx", LedgerSource(), "0" * 64)
    assert told(reading, "park_name", "industry") == [("物流园", None)] * 2


def test_so_does_a_name_without_number_behind_the_projects_that_it_sums_up() -> None:
    reading = read_lines(
        "项目名称,投资方,总投资（亿元）,到位资金（亿元）,签约时间",
        "轮毂,甲公司,8,3,2025-06",
        "耐火材料,乙公司,2,0.5,2025-09",
        "临江区,,10,3.5,",
        "化妆品,丙公司,4,1,2026-01",
        "磁悬浮,丁公司,20,2,2026-03",
        "河东区,,24,3,",
        "合计,,34,6.5,",
    )
    assert told(reading, "project_name") == [("轮毂",), ("耐火材料",), ("化妆品",), ("磁悬浮",)]


def test_a_group_told_before_and_after_its_change_below_it_is_read_as_it_stands() -> None:
    reading = read_sheet(
        [
            ["序号", "项目名称", "总投资（万元）", None, "建设内容", None],
            [None, None, "变更前", "变更后", "变更前", "变更后"],
            [1, "亚麻纱线", 8000, 11000, "3条线", "5条线"],
        ],
        "C1:D1",
        "E1:F1",
    )
    assert told(reading, "total_investment_cny", "project_content") == [(110_000_000, "5条线")]


def test_what_was_done_in_a_year_before_plans_of_later_years_is_not_this_years() -> None:
    head = "项目名称,投资方,总投资（亿元）,2025年计划投资(亿元),2025年实际完成投资(亿元),2026年计划投资(亿元),2027年计划投资(亿元)"
    reading = read_lines(head, "轮胎厂,甲公司,9.2,2,1.8,3,4.2", "饮料厂,乙公司,3.1,0.5,0.5,1.5,1.1")
    assert told(reading, "investment_done_ytd_cny", "investment_plan_year_cny") == [(None, None)] * 2


def test_a_column_of_currencies_tells_the_unit_of_all_amounts_of_its_row() -> None:
    head = "项目名称,外商名称,国别,合同金额,币种,到账金额"
    reading = read_lines(
        head, "精密轴承,瑞典甲公司,瑞典,3000,万美元,800", "婴配粉,新西兰乙公司,新西兰,5200,万美元,1500"
    )
    assert told(reading, "foreign_contract_usd", "foreign_arrived_usd") == [
        (30_000_000, 8_000_000),
        (52_000_000, 15_000_000),
    ]


def test_industries_in_the_first_of_two_columns_of_names_name_no_project_in_a_list_of_two_either() -> None:
    rows = [
        ["序号", "项目名称", None, "投资方", "投资额（亿元）"],
        [1, "工业", "铝电解电容", "甲公司", 5],
        [2, "农业", "黄精种植", "乙公司", 0.3],
    ]
    assert told(read_sheet(rows, "B1:C1"), "project_name") == [("铝电解电容",), ("黄精种植",)]


def test_a_translation_before_the_unit_of_a_header_is_none_of_its_wording() -> None:
    reading = read_lines(
        "项目名称 Project,总投资 Total Investment（亿元）,到位资金 Funds Arrived（万元）", "磷酸铁,15,3000"
    )
    assert told(reading, "total_investment_cny", "funds_arrived_cumulative_cny") == [(1_500_000_000, 30_000_000)]


def test_cells_that_hold_several_labels_with_their_values_are_taken_apart() -> None:
    rows = [
        ["重点项目简介"],
        ["项目名称：锂电回收基地"],
        ["投资方：格林美公司　　注册地：湖北荆门"],
        ["总投资：6亿元　　固定资产投资：4亿元"],
        ["项目名称：藤椒油厂"],
        ["投资方：幺麻子公司；总投资：1.2亿元"],
        ["建设内容：新建车间；主要设备：榨油机"],
    ]
    fields = ("investor_name", "investor_origin", "total_investment_cny", "project_content")
    assert told(read_sheet(rows), "project_name", *fields) == [
        ("锂电回收基地", "格林美公司", "湖北荆门", 600_000_000, None),
        ("藤椒油厂", "幺麻子公司", None, 120_000_000, "新建车间；主要设备：榨油机"),
    ]


def test_a_header_most_of_whose_columns_begin_with_a_year_is_one() -> None:
    head = "项目名称,投资方,2024年完成投资(亿元),2025年完成投资(亿元),截至2026年8月底累计到位资金（亿元）,2026年计划投资(亿元)"
    reading = read_lines("截至2026年8月31日", head, "轮胎厂,甲公司,2,1.8,3,4.2", "饮料厂,乙公司,0.5,0.5,1.5,1.1")
    fields = ("project_name", "funds_arrived_cumulative_cny", "investment_plan_year_cny")
    assert told(reading, *fields) == [("轮胎厂", 300_000_000, 420_000_000), ("饮料厂", 150_000_000, 110_000_000)]


def test_a_line_of_captions_and_what_they_say_in_cells_of_their_own_is_no_header() -> None:
    line = "填报单位,招商中心,填报日期,2026年8月25日,金额单位,万元"
    head = "序号,项目名称,投资方,总投资,到位资金,进展"
    reading = read_lines(
        "招商引资,项目,进度表", line, head, "1,醋酸纤维,甲公司,60000,20000,土建", "2,山茶油,乙公司,4000,900,种植"
    )
    assert told(reading, "project_name", "total_investment_cny") == [("醋酸纤维", 600_000_000), ("山茶油", 40_000_000)]
    assert str(reading.report_date) == "2026-08-25"
