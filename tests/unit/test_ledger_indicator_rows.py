"""Summaries with an indicator a row: regions or measures across the columns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.ledgers.ledger_lake import ledger_tables
from ingest.ledgers.ledger_types import SummaryValue

_ = None
BY_REGION = [
    ["驻马店市2026年上半年主要指标完成情况表", _, _, _, _, _, _, _, _],
    ["指标名称", "计量单位", "平舆县", _, _, "上蔡县", _, _, "全市合计"],
    [_, _, "目标", "完成", "完成率(%)", "目标", "完成", "完成率(%)", _],
    ["新签约项目", "个", 20, 12, 60, 18, 9, 50, 21],
    ["签约合同金额", "亿元", 100, 35.5, 35.5, 90, 20, 22.2, 55.5],
    ["实际利用外资", "万美元", 3000, 1500, 50, 2000, 900, 45, 2400],
]
MERGES = [(1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 7), (1, 8, 2, 8)]


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("汇总", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "汇总.xlsx", LedgerSource("411700"), "0" * 64)


def figures(reading: LedgerReading, row: int) -> list[SummaryValue]:
    return list(next(one for one in reading.rows if one.row_number == row).summary_values)


def told(reading: LedgerReading, row: int) -> list[tuple[str | None, str | None, str | None, float]]:
    return [(v.region_name, v.indicator, v.measure, float(v.value or 0)) for v in figures(reading, row)]


def test_regions_stand_across_and_each_figure_has_its_own() -> None:
    reading = read(BY_REGION, *MERGES)
    assert [(row.kind, row.status) for row in reading.rows] == [("summary", "accepted")] * 3
    assert told(reading, 4) == [
        ("平舆县", "signings", "target", 20),
        ("平舆县", "signings", "done", 12),
        ("平舆县", "signings", "rate", 60),
        ("上蔡县", "signings", "target", 18),
        ("上蔡县", "signings", "done", 9),
        ("上蔡县", "signings", "rate", 50),
    ]
    assert told(reading, 5)[1] == ("平舆县", "signed_amount", "done", 3_550_000_000)
    assert (told(reading, 6)[4], figures(reading, 6)[4].unit) == (("上蔡县", "fdi_arrived", "done", 9_000_000), "USD")
    assert figures(reading, 5)[5].recomputed_value == Decimal("22.222222")


def test_a_column_of_all_regions_is_no_region_and_stays_in_extra() -> None:
    reading = read(BY_REGION, *MERGES)
    assert [row.extra["全市合计"] for row in reading.rows] == ["21", "55.5", "2400"]


def test_the_lake_keeps_the_region_of_each_figure() -> None:
    reading = read(BY_REGION, *MERGES)
    table = ledger_tables(reading, county_code="411700", file_name="a.xlsx", parser_version="1")
    assert set(table["ledger_summary_values"]["region_name"].to_pylist()) == {"平舆县", "上蔡县"}


def test_one_county_s_indicators_have_measures_across() -> None:
    reading = read(
        [
            ["平舆县2026年1-6月招商引资目标完成情况"],
            ["序号", "指标", "单位", "全年目标", "1-6月完成", "完成比例", "备注"],
            [1, "新开工项目", "个", 30, 18, "60%", _],
            [2, "到位内资", "亿元", 60, 33.3, "55.5%", "含续建"],
            [3, "合同履约率", "%", 80, 75, _, _],
        ]
    )
    assert told(reading, 3) == [
        (None, "starts", "target", 30),
        (None, "starts", "done", 18),
        (None, "starts", "rate", 60),
    ]
    assert told(reading, 4)[1] == (None, "funds_arrived", "done", 3_330_000_000)
    assert told(reading, 5) == [(None, "performance_rate", "target", 80), (None, "performance_rate", "done", 75)]


def test_a_part_of_the_row_above_is_told_by_it() -> None:
    reading = read(
        [
            ["项目", "驿城区", "平舆县", "合计"],
            ["签约项目数（个）", 5, 6, 11],
            ["实际到位资金（亿元）", 5.5, 6.5, 12],
            ["其中：省外资金（亿元）", 4.5, 5.5, 10],
        ]
    )
    assert [(v.indicator, v.funds_origin, v.value) for v in figures(reading, 4)] == [
        ("funds_arrived", "other_province", 450_000_000),
        ("funds_arrived", "other_province", 550_000_000),
    ]


def test_a_project_list_and_a_form_are_none() -> None:
    listed = read([["项目", "总投资（万元）"], ["新开工桥梁项目", 5], ["签约大厅建设", 6]])
    form = read(
        [["项目名称", "甲厂"], ["总投资（万元）", 500], ["签约时间", "2026-03-01"], ["累计到位资金（万元）", 50]]
    )
    named = read([["项目", "面积", "编号"], ["签约大厅", 5, 7], ["开工广场", 6, 8], ["投产纪念馆", 6, 9]])
    assert {row.kind for row in [*listed.rows, *form.rows, *named.rows]} == {"project"}


def test_growth_is_no_rate_of_completion_and_a_rank_has_no_unit_of_its_indicator() -> None:
    reading = read(
        [
            ["平舆县2026年1-6月招商引资主要指标"],
            ["指标名称", "单位", "本月", "累计", "同比增长（%）", "全市排名"],
            ["签约项目个数", "个", 3, 18, 20, 2],
            ["到位省外资金", "亿元", 1.2, 8.8, 12.5, 3],
        ]
    )
    assert told(reading, 3) == [
        (None, "signings", "done", 3),
        (None, "signings", "done", 18),
        (None, "signings", "growth", 20),
        (None, "signings", "rank", 2),
    ]
    assert [v.scope for v in figures(reading, 4)[:2]] == ["month", "cumulative"]
    assert [v.unit for v in figures(reading, 4)[2:]] == ["percent", "rank"]
    assert figures(reading, 4)[2].recomputed_value is None
