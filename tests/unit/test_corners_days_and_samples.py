"""What stands in a header's corner or below a heading of days, sums within headers, samples among records, counts within names."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger

Merged = tuple[int, int, int, int]


def read(rows: list[list[Any]], *merges: Merged) -> LedgerReading:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Sheet1")
        for top, left, bottom, right in merges:
            page.merge_range(top, left, bottom, right, None)
        for row, cells in enumerate(rows):
            page.write_row(row, 0, cells)
    return read_ledger(target.getvalue(), "台账.xlsx", LedgerSource())


def told(reading: LedgerReading, *fields: str) -> list[tuple[Any, ...]]:
    assert reading.rows_rejected == 0
    return [tuple(row.fields.get(field) for field in fields) for row in reading.rows]


def test_the_unit_may_stand_in_the_header_s_corner() -> None:
    rows = [["招商项目表"], ["单位：万元", "项目名称", "总投资"], [1, "甲产业园项目", 500], [2, "乙电站项目", 600]]
    assert told(read(rows), "total_investment_cny") == [(5_000_000,), (6_000_000,)]


def test_a_header_may_say_what_its_column_comes_to() -> None:
    rows = [["序号", "项目名称（共2个）", "总投资（万元，合计1100）"], [1, "甲产业园项目", 500], [2, "乙电站项目", 600]]
    assert told(read(rows), "project_name", "total_investment_cny") == [
        ("甲产业园项目", 5_000_000),
        ("乙电站项目", 6_000_000),
    ]


DAYS = [
    ["序号", "项目名称", "每周进展", None, None],
    [None, None, "5月15日", "5月22日", "5月29日"],
    [1, "甲产业园项目", "土方开挖", "基础施工", "主体封顶"],
    [2, "乙电站项目", "土方开挖", "基础施工", None],
]


def test_of_stories_told_by_day_the_latest_column_is_how_the_project_stands() -> None:
    reading = read(DAYS, (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4))
    assert told(reading, "progress_note") == [("主体封顶",), (None,)]
    assert next(iter(reading.rows)).extra["每周进展 > 5月15日"] == "土方开挖"


def test_a_week_not_yet_told_of_is_no_story() -> None:
    rows = [[*row[:4], None] if at > 1 else row for at, row in enumerate(DAYS)]
    assert told(read(rows, (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4)), "progress_note") == [("基础施工",)] * 2


def test_two_dates_below_a_header_are_a_record_s() -> None:
    rows = [["序号", "项目名称", "签约时间", "开工时间"], [1, "甲产业园项目", "5月15日", "5月22日"]]
    assert len(list(read(rows).rows)) == 1


def test_a_sample_told_by_its_remark_is_no_project() -> None:
    rows = [
        ["序号", "项目名称", "总投资（万元）", "备注"],
        [1, "某公司饲料项目", 500, "示例"],
        [1, "甲产业园项目", 600, None],
    ]
    reading = read([*rows, [2, "乙示范园项目", 700, "示范"]])
    assert told(reading, "project_name") == [("甲产业园项目",), ("乙示范园项目",)]
    assert reading.sheets[0].furniture["template"] == 1


def test_a_heading_with_its_count_in_another_column_heads_the_rows_below() -> None:
    rows = [
        ["序号", "项目名称", "投资方", "总投资（万元）"],
        ["工业项目：", None, "1个", 500],
        [1, "甲产业园项目", "甲公司", 500],
    ]
    rows += [["农业项目：", None, "1个", 600], [1, "乙养殖场项目", "乙公司", 600]]
    assert told(read(rows), "industry") == [("工业",), ("农业",)]


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [
        ("类别", "签约项目\n（2个）\n12.5亿元", "stage", "signed"),
        ("乡镇", "城关镇\n（2个，5.6亿元）", "town_name", "城关镇"),
        ("产业链", "新能源产业链（2个，1亿元）", "industry_chain", "新能源产业链"),
    ],
)
def test_a_name_merged_over_its_projects_may_state_how_many_there_are(
    header: str, cell: str, field: str, value: str
) -> None:
    rows = [[header, "项目名称", "总投资（万元）"], [cell, "甲产业园项目", 500], [None, "乙电站项目", 600]]
    reading = read(rows, (1, 0, 2, 0))
    assert told(reading, field) == [(value,), (value,)]


def test_the_sum_of_a_plan_s_parts_is_the_plan() -> None:
    rows = [
        ["序号", "项目名称", "2026年投资计划（万元）", None],
        [None, None, "小计", "企业自筹"],
        [1, "甲产业园项目", 500, 300],
    ]
    merges = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3))
    assert told(read(rows, *merges), "investment_plan_year_cny") == [(5_000_000,)]


_SMALL = ["投资方", "总投资（万元）", "签约时间", "责任单位", "进展情况"]


def test_a_small_table_below_each_project_s_name_is_of_that_project() -> None:
    rows: list[list[Any]] = [["重点项目逐项情况"]]
    for number, name in (("一", "甲面粉加工项目"), ("二", "乙电站项目")):
        rows += [
            [f"{number}、{name}"],
            _SMALL,
            [f"{name[0]}公司", 500, "2026年3月", "县工信局", "正在施工"],
            [],
        ]
    assert told(read(rows), "project_name", "investor_name") == [("甲面粉加工项目", "甲公司"), ("乙电站项目", "乙公司")]


def test_headings_of_several_rows_name_no_project() -> None:
    rows: list[list[Any]] = [["投资情况"], ["一、城东产业园"], _SMALL]
    rows += [[name, 500, "2026年3月", "县工信局", "正在施工"] for name in ("甲公司", "乙公司")]
    assert told(read(rows), "project_name") == [("甲公司",), ("乙公司",)]


def test_a_group_whose_leader_stands_beside_it_is_no_project() -> None:
    rows = [
        ["序号", "项目名称", "总投资（万元）", "包联领导"],
        [None, "工业专班", None, "张某"],
        [1, "甲产业园项目", 500, "李某"],
    ]
    rows += [[2, "乙电站项目", 600, "王某"], [None, "文旅专班", None, "赵某"], [3, "丙民宿项目", 700, "赵某"]]
    reading = read(rows)
    assert [(row.group_path, row.fields["project_name"]) for row in reading.rows] == [
        ("工业专班", "甲产业园项目"),
        ("工业专班", "乙电站项目"),
        ("文旅专班", "丙民宿项目"),
    ]
