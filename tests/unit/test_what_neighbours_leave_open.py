"""Columns and rows that a header alone names wrongly, and whose neighbours say what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_ = None


def read(*cells: Sequence[Any]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells])
    return read_workbook(Workbook("xlsx", [sheet]), "2026年6月台账.xlsx", LedgerSource("410922"), "0" * 64)


def told(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted"]


def test_the_county_that_signs_invests_nothing() -> None:
    reading = read(
        ["签约主体", "合作内容", "合作方", "签约金额", "签约日期"],
        ["清丰县人民政府", "食品冷链产业园", "郑州泽润食品集团", "5亿元", "2026年6月18日"],
        ["清丰县人民政府", "光伏支架生产", "江苏晟航新能源", "23000万元", "2026年6月18日"],
    )
    assert told(reading, "investor_name") == ["郑州泽润食品集团", "江苏晟航新能源"]
    assert "清丰县人民政府" not in told(reading, "project_name")
    assert [row.extra for row in reading.rows] == [{"签约主体": "清丰县人民政府"}] * 2


def test_a_company_that_signs_invests_whoever_stands_beside_it() -> None:
    reading = read(
        ["项目名称", "签约主体", "合作方", "签约日期"],
        ["冷链产业园", "郑州泽润食品集团", "清丰县人民政府", "2026年6月18日"],
        ["光伏支架生产", "江苏晟航新能源", "清丰县人民政府", "2026年6月18日"],
    )
    assert told(reading, "investor_name") == ["郑州泽润食品集团", "江苏晟航新能源"]


def test_matters_with_an_investor_and_an_investment_are_projects() -> None:
    rows = (
        ["年产10万吨饲料生产基地", "浙江某饲料集团", 3.5, "已签约，正在办理土地手续", "县商务局"],
        ["智能分拣设备制造", "深圳某科技公司", 1.2, "已开工建设", "县工信局"],
    )
    reading = read(["事项名称", "投资主体", "总投资（亿元）", "推进情况", "责任单位"], *rows)
    assert {row.kind for row in reading.rows} == {"project"}
    assert told(reading, "project_name") == ["年产10万吨饲料生产基地", "智能分拣设备制造"]
    without = read(
        ["事项名称", "反映企业", "责任单位", "办结时限", "推进情况"],
        ["道路破损", "甲公司", "县交通局", "2026-06-30", "办理中"],
    )
    assert {row.kind for row in without.rows} == {"problem"}


def test_companies_that_a_squad_calls_on_are_visited() -> None:
    reading = read(
        ["小分队", "组长", "驻点城市", "日期", "重点企业名称", "对接情况"],
        ["一分队", "陈某", "上海", "2026-04-12", "上海锦禾食品有限公司", "企业有意来县考察"],
    )
    assert told(reading, "visited_company") == ["上海锦禾食品有限公司"]


def test_phases_below_of_which_are_parts_though_they_tell_how_far_they_are() -> None:
    reading = read(
        ["序号", "项目名称", "总投资（万元）", "签约时间", "开工时间", "进展情况"],
        [1, "甲食品加工项目", 6685, "2025-03-02", "2026-03-05", "主体施工"],
        [2, "乙冷链物流园", 67408, "2025-03-02", "2026-03-05", "主体施工"],
        [_, "其中：一期", 33704, _, "2026-03-05", "一期主体完工"],
        [_, "二期", 33704, _, _, "二期未启动"],
        [3, "丙发电项目", 196000, "2025-03-02", "2026-03-05", "主体施工"],
    )
    assert told(reading, "project_name") == ["甲食品加工项目", "乙冷链物流园", "丙发电项目"]
