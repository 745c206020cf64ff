"""Columns that only their cells explain: split dates, columns of units, ticks under stages, percentages of progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def column(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted"]


def test_a_date_split_into_year_month_and_day() -> None:
    reading = read(
        [
            ["序号", "项目名称", "总投资（万元）", "签约时间", _, _],
            [_, _, _, "年", "月", "日"],
            [1, "甲厂", 100, 2026, 3, 5],
            [2, "乙厂", 200, "2025年", "12月", _],
            [3, "丙厂", 300, 2024, _, _],
            [4, "丁厂", 400, _, _, _],
        ],
        (0, 3, 0, 5),
    )
    assert [str(day) for day in column(reading, "signed_on")] == ["2026-03-05", "2025-12-01", "2024-01-01", "None"]
    precisions = [row.precisions.get("signed_on") for row in reading.rows]
    assert precisions == ["day", "month", "year", None]
    assert next(iter(reading.rows)).raw["签约时间 > 年"] == "2026"


@pytest.mark.parametrize("header", ["单位", "计量单位", "金额单位"])
def test_a_column_of_units_speaks_for_the_bare_amounts_beside_it(header: str) -> None:
    reading = read(
        [
            ["项目名称", "总投资", header, "责任单位"],
            ["甲厂", 100, "万元", "商务局"],
            ["乙厂", 2.5, "亿元", "工信局"],
            ["丙厂", "1,200万元", "亿元", "工信局"],
        ]
    )
    assert column(reading, "total_investment_cny") == [1_000_000, 250_000_000, 12_000_000]
    assert column(reading, "responsible_unit") == ["商务局", "工信局", "工信局"]
    assert next(iter(reading.rows)).raw["总投资"] == "100"


def test_ticks_under_stages_the_furthest_counts() -> None:
    reading = read(
        [
            ["序号", "项目名称", "签约", "开工", "投产"],
            [1, "甲厂", "√", _, _],
            [2, "乙厂", "√", "√", _],
            [3, "丙厂", _, _, "✓"],
            [4, "丁厂", _, _, _],
        ]
    )
    assert column(reading, "stage") == ["signed", "started", "in_production", None]
    assert column(reading, "stage_raw")[1] == "开工：√"


def test_ticks_under_a_group_of_progress() -> None:
    reading = read(
        [
            ["序号", "项目名称", "项目进展", _, _],
            [_, _, "签约", "开工", "投产"],
            [1, "甲厂", "√", _, _],
            [2, "乙厂", _, "√", _],
        ],
        (0, 2, 0, 4),
    )
    assert column(reading, "stage") == ["signed", "started"]
    assert column(reading, "progress_note") == [None, None]


def test_yes_and_no_under_questions_no_bounds_the_stage() -> None:
    reading = read(
        [
            ["项目名称", "签约时间", "是否开工", "当前进度"],
            ["甲厂", "2026-1-1", "是", "主体封顶"],
            ["乙厂", "2026-1-2", "否", "前期手续"],
        ]
    )
    assert column(reading, "stage") == ["started", "signed"]


def test_a_stage_column_comes_before_ticks() -> None:
    reading = read([["项目名称", "项目状态", "是否开工"], ["甲厂", "已投产", "是"]])
    assert column(reading, "stage") == ["in_production"]


def test_percentages_under_progress_are_a_rate() -> None:
    assert [
        float(rate)
        for rate in column(read([["项目名称", "进度"], ["甲厂", "20%"], ["乙厂", "35.5%"]]), "progress_rate")
    ] == [0.2, 0.355]


def test_progress_told_in_words_stays_a_note() -> None:
    reading = read([["项目名称", "进度"], ["甲厂", "20%"], ["乙厂", "主体施工，完成35%"]])
    assert column(reading, "progress_note") == ["20%", "主体施工，完成35%"]


def test_rows_that_go_on_after_of_which_are_parts_too() -> None:
    reading = read(
        [
            ["序号", "项目名称", "投资方", "总投资（万元）"],
            [1, "甲厂", "A公司", 100],
            [_, "其中：一期", _, 60],
            [_, "二期", _, 40],
            [2, "乙厂", "B公司", 200],
            ["合计", _, _, 300],
        ]
    )
    assert column(reading, "project_name") == ["甲厂", "乙厂"]
    assert [(total.label, int(total.rows_sum or 0)) for total in reading.control_totals] == [("合计", 3_000_000)]


def test_ones_and_zeros_under_stages() -> None:
    reading = read([["序号", "项目名称", "签约", "开工"], [1, "甲厂", 1, 1], [2, "乙厂", 1, 0], ["合计", _, 2, 1]])
    assert column(reading, "stage") == ["started", "signed"]


def test_a_stated_date_of_a_later_stage_goes_beyond_a_tick_unless_that_stage_is_denied() -> None:
    reading = read(
        [
            ["项目名称", "是否已开工", "开工时间", "投产时间"],
            ["甲厂", "是", "2025-03-01", "2026-02-01"],
            ["乙厂", "是", "2025-03-01", _],
            ["丙厂", "否", _, _],
        ]
    )
    assert column(reading, "stage") == ["in_production", "started", None]
    denied = read([["项目名称", "是否开工", "是否投产", "投产时间"], ["甲厂", "是", "否", "2026-02-01"]])
    assert column(denied, "stage") == ["started"]


@pytest.mark.parametrize("header", ["是否供地", "是否摘牌", "供地情况", "是否办理施工许可证"])
def test_a_tick_under_a_permit_takes_no_start_back(header: str) -> None:
    reading = read(
        [
            ["项目名称", "投资方", "签约时间", "开工时间", header],
            ["甲厂", "甲公司", "2025-03-01", "2025-11-10", "是"],
            ["乙厂", "乙公司", "2025-03-01", "2025-11-10", "否"],
            ["丙厂", "丙公司", "2025-03-01", None, "是"],
        ]
    )
    assert column(reading, "stage") == ["started", "started", "signed"]


def test_a_part_beside_its_whole_is_read_as_below_it() -> None:
    reading = read(
        [
            [
                "项目名称",
                "投资额（亿元）",
                "其中：一期（亿元）",
                "到位资金（万元）",
                "其中：省外资金（万元）",
                "其中：设备（万元）",
            ],
            ["甲厂", 3, 1, 500, 200, 100],
        ]
    )
    (row,) = reading.rows
    assert row.fields["phase_one_investment_cny"] == 100_000_000
    assert row.fields["funds_arrived_cumulative_other_province_cny"] == 2_000_000
    assert row.fields["funds_arrived_cumulative_cny"] == 5_000_000
    assert row.extra == {"其中：设备（万元）": "100"}
    assert row.raw["其中：省外资金（万元）"] == "200"


@pytest.mark.parametrize("code", ["项目代码", "项目代码（统一赋码）"])
def test_running_numbers_are_no_codes_also_where_totals_and_headings_stand_among_them(code: str) -> None:
    reading = read(
        [
            ["编号", "项目名称", "总投资（万元）", code],
            ["合计", _, 300, _],
            ["一、工业项目", _, _, _],
            [1, "甲厂", 100, "2501-411302-04-01-123456"],
            ["二、农业项目", _, _, _],
            [1, "乙场", 200, _],
            ["注：1.总投资以协议为准。", _, _, _],
        ]
    )
    assert column(reading, "project_code") == ["2501-411302-04-01-123456", None]
    assert column(reading, "sequence_no") == ["1", "1"]
    alone = read([["编号", "项目名称"], ["合计", _], [1, "甲厂"], ["小计", _], ["2", "乙场"]])
    assert column(alone, "project_code") == [None, None]
    assert column(alone, "sequence_no") == ["1", "2"]


def test_the_sum_beside_months_is_the_years_and_an_amount_since_the_start_elsewhere() -> None:
    months = [["项目名称", "到位资金（万元）", _, _, _], [_, "1月", "2月", "3月", "合计"], ["甲厂", 10, 20, 30, 60]]
    reading = read(months, (0, 1, 0, 4), (0, 0, 1, 0))
    assert column(reading, "funds_arrived_ytd_cny") == [600_000]
    assert column(reading, "funds_arrived_cumulative_cny") == [None]
    parts = [["项目名称", "到位资金（万元）", _], [_, "合计", "省外"], ["甲厂", 60, 10]]
    assert column(read(parts, (0, 1, 0, 2), (0, 0, 1, 0)), "funds_arrived_cumulative_cny") == [600_000]


@pytest.mark.parametrize("title", ["到位资金表（2026年6月，万元）", "到位资金表（2026年6月；单位：万元）"])
def test_the_last_words_of_a_titles_bracket_may_be_the_unit(title: str) -> None:
    reading = read([[title, _], ["项目名称", "累计到位资金"], ["甲厂", 60], ["乙厂", 70]], (0, 0, 0, 1))
    assert column(reading, "funds_arrived_cumulative_cny") == [600_000, 700_000]
    assert str(reading.report_date) == "2026-06-30"


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("在谈项目信息表", "talks"),
        ("新签约项目登记表", "signed"),
        ("建设项目信息表", None),
        ("某县签约项目台账（截至2025年5月31日）", "signed"),
        ("某县签约项目台账（2025-05-31）", "signed"),
        ("某县开工项目台账（截至5月底）", "started"),
        ("签约、终止项目清单", None),
        ("2026年9月签约及终止项目清单", None),
        ("解约、终止项目清单", "terminated"),
    ],
)
def test_a_title_names_its_stage_whatever_kind_of_form_it_calls_itself(title: str, stage: str | None) -> None:
    reading = read([[title, _], ["项目名称", "投资方"], ["甲厂", "A公司"], ["乙厂", "B公司"]], (0, 0, 0, 1))
    assert column(reading, "stage") == [stage, stage]
