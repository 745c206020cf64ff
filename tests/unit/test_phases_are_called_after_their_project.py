"""Phases that count below their project's row carry its name."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger

HEAD = ["序号", "项目名称", "总投资额（亿元）", "建设内容", "开工时间", "计划竣工时间"]


def read(rows: list[list[Any]]) -> LedgerReading:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for row, cells in enumerate(rows):
            page.write_row(row, 0, cells)
    return read_ledger(target.getvalue(), "台账.xlsx", LedgerSource())


def test_phases_that_tell_more_than_their_project_are_called_after_it_and_take_no_industry_from_its_name() -> None:
    reading = read(
        [
            HEAD,
            [1, "甲文旅城项目", 30, "文旅综合体", None, None],
            ["1.1", "一期", 12, "商业街", "2023年6月", "2025年12月"],
            ["1.2", "其中：二期工程", 18, "酒店群", "2025年3月", "2027年12月"],
            [2, "汽车零部件产业园", 8, "标准厂房", "2024年1月", "2025年6月"],
        ]
    )
    told = [(row.fields["project_name"], row.fields.get("industry"), row.raw["项目名称"]) for row in reading.rows]
    assert told == [
        ("甲文旅城项目一期", None, "一期"),
        ("甲文旅城项目二期工程", None, "其中：二期工程"),
        ("汽车零部件产业园", None, "汽车零部件产业园"),
    ]


def test_phases_with_names_of_their_own_keep_them() -> None:
    reading = read(
        [
            HEAD,
            [1, "甲文旅城项目", 30, None, None, None],
            ["1.1", "一期商业街", 12, "商业街", "2023年6月", "2025年12月"],
            ["1.2", "二期酒店群", 18, "酒店群", "2025年3月", "2027年12月"],
        ]
    )
    assert [row.fields["project_name"] for row in reading.rows] == ["一期商业街", "二期酒店群"]


def test_a_column_of_problems_and_matters_to_settle_tells_the_problem() -> None:
    reading = read([["【1】项目名称", "【2】存在的问题及需协调事项"], ["甲厂项目", "用电负荷不足"], ["乙厂项目", "无"]])
    assert [row.fields.get("problem") for row in reading.rows] == ["用电负荷不足", None]


def test_a_title_with_its_year_in_chinese_numerals_dates_the_days_below_it() -> None:
    reading = read([["二〇二五年新签约项目"], ["项目名称", "投资方", "签约时间"], ["甲厂项目", "乙公司", "3月5日"]])
    assert [str(row.fields["signed_on"]) for row in reading.rows] == ["2025-03-05"]
