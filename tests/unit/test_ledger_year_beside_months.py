"""What stands beside months, in a row's class, in brackets with a unit, and rows of means: found by an outsider's ledgers."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.values.amounts import parse_amount
from ingest.values.units import parse_unit

CONTEXT = HeaderContext(kind="project", report_year=2026, unit_line="单位：万元")


def fields_of(*headers: str) -> list[str | None]:
    return [m.field for m in interpret_columns([tuple(h.split(" > ")) for h in headers], context=CONTEXT)]


def read(*rows: list[Any]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in rows])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("410922"), "0" * 64)


def test_what_is_done_since_january_is_what_the_months_beside_it_count() -> None:
    months = [f"2026年各月完成投资 > {month}月" for month in (1, 2, 3)]
    *_, done, plan = fields_of("项目名称", *months, "1-3月累计完成", "1-3月计划")
    assert (done, plan) == ("investment_done_ytd_cny", None)


def test_months_of_two_things_leave_the_year_open() -> None:
    both = ["1月完成投资", "2月完成投资", "1月到位资金", "2月到位资金"]
    assert fields_of("项目名称", *both, "1-2月累计完成")[-1] is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("到位资金（万元，截至本月底）", "funds_arrived_cumulative_cny"),
        ("到位资金（截至2026年6月，万元）", "funds_arrived_cumulative_cny"),
        ("责任单位 > 牵头单位", "responsible_unit"),
        ("责任单位 > 配合单位", None),
        ("引荐人（单位）", None),
        ("实施乡镇", "town_name"),
        ("所在乡镇（场）", "town_name"),
        ("责任单位（场）", None),
        ("招引乡镇（单位）", "introducing_unit"),
    ],
)
def test_headers_with_explanations_and_parts(header: str, field: str | None) -> None:
    assert fields_of("项目名称", header)[-1] == field


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("10亿元（分两期）", 10**9), ("12000（分2期建设）", 12 * 10**7), ("10亿元（分两期，每期10亿元）", None)],
)
def test_an_amount_may_say_how_it_is_spread(text: str, yuan: int | None) -> None:
    assert parse_amount(text, column_unit=parse_unit("万元"), unit_basis="leaf").cny == yuan


def test_a_mean_is_no_project() -> None:
    header = ["序号", "项目名称", "总投资（亿元）"]
    reading = read(header, [1, "冷链物流园", 2], [2, "平均律乐器厂", 4], [None, "平均投资额", 3])
    assert [row.fields["project_name"] for row in reading.rows] == ["冷链物流园", "平均律乐器厂"]


def test_a_row_s_class_named_after_a_stage_is_its_stage() -> None:
    header = ["项目类别", "项目名称", "签约时间"]
    rows = [["开工项目", "冷链物流园", "2026-01-05"], ["产业项目", "汽配产业园", "2026-01-06"]]
    reading = read(header, *rows)
    assert [row.fields["stage"] for row in reading.rows] == ["started", "signed"]


def test_works_as_against_infrastructure_name_no_industry() -> None:
    header = ["序号", "项目名称", "总投资（万元）"]
    reading = read(header, ["（一）产业项目"], [1, "冷链物流园", 20], ["（二）基础设施项目"], [1, "污水处理厂", 4])
    assert [row.fields.get("industry") for row in reading.rows] == [None, "基础设施"]
