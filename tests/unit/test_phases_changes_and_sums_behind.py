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
