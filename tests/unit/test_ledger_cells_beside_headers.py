"""Cells that say something else than their header: planned money, another event's date, a share told among notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.formats.sheet import Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_ = None


def read(cells: Sequence[Sequence[Any]]) -> LedgerReading:
    workbook = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in cells])])
    return read_workbook(workbook, "台账.xlsx", LedgerSource("410922"), "0" * 64)


def column(reading: LedgerReading, field: str) -> list[Any]:
    return [None if (value := row.fields.get(field)) is None else str(value) for row in reading.rows]


def test_planned_money_has_not_arrived() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "累计到位资金（万元）"],
            ["甲厂建设项目", "计划5000", "计划500"],
            ["乙厂建设项目", 8000, "已到位800"],
        ]
    )
    assert column(reading, "funds_arrived_cumulative_cny") == [None, "8000000.00"]
    assert column(reading, "total_investment_cny")[0] == "50000000.00"
    assert next(iter(reading.rows)).extra["累计到位资金（万元）"] == "计划500"


def test_a_date_that_names_another_event_is_kept_aside() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "开工时间", "计划竣工时间"],
            ["甲厂建设项目", 5000, "2026年3月投产", "2026年12月竣工投产"],
            ["乙厂建设项目", 8000, "2026年3月开工", "2026年12月投产"],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]
    assert column(reading, "started_on") == [None, "2026-03-01"]
    assert column(reading, "planned_completion_on") == ["2026-12-01", None]
    assert next(iter(reading.rows)).extra["开工时间"] == "2026年3月投产"


def test_a_share_among_notes_of_progress_is_told_too() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "进度"],
            ["甲厂建设项目", 5000, "约20%"],
            ["乙厂建设项目", 8000, "主体施工"],
            ["丙厂建设项目", 8000, "120%"],
        ]
    )
    assert column(reading, "progress_note") == ["约20%", "主体施工", "120%"]
    assert column(reading, "progress_rate") == ["0.2", None, None]


def test_a_lone_company_column_names_the_project() -> None:
    rows: list[list[Any]] = [
        ["序号", "企业名称", "总投资（万元）", "开工时间"],
        [1, "甲食品有限公司", 5000, "2026-03-01"],
    ]
    reading = read(rows)
    assert column(reading, "project_name") == ["甲食品有限公司"]
    named = read([[*rows[0], "项目名称"], [*rows[1], "食品加工项目"]])
    assert column(named, "project_name") == ["食品加工项目"]
    assert column(named, "project_company") == ["甲食品有限公司"]


def test_full_output_denied_is_no_word_against_production() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "投产时间", "是否达产", "是否升规"],
            ["甲厂建设项目", 5000, "2025-03-01", "否", "否"],
            ["乙厂建设项目", 5000, "2025-04-01", "否", "是"],
        ]
    )
    assert column(reading, "stage")[0] == "in_production"


def test_dollars_under_yuan_leave_the_yuan_open_and_keep_the_row() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "合同引资额（万元）", "累计到位资金（万元）"],
            ["甲厂建设项目", "800万美元", "500万美元", "100万美元"],
            ["乙厂建设项目", 8000, 5000, 800],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]
    assert column(reading, "total_investment_cny") == [None, "80000000"]
    assert column(reading, "foreign_contract_usd") == ["5000000.00", None]
    assert column(reading, "foreign_arrived_usd") == ["1000000.00", None]
    row = next(iter(reading.rows))
    assert row.extra["总投资（万元）（美元部分）"] == "8000000.00"
    assert "total_investment_cny" in row.approximate_fields
    assert any("只有美元" in remark for remark in reading.remarks)


def test_other_currencies_leave_the_amount_open_and_keep_the_row() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "合同外资（万美元）"],
            ["甲厂建设项目", "3000万港元", "2000万欧元"],
            ["乙厂建设项目", 8000, 500],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "accepted"]
    assert column(reading, "total_investment_cny") == [None, "80000000"]
    assert column(reading, "foreign_contract_usd") == [None, "5000000"]
    row = next(iter(reading.rows))
    assert row.extra == {"总投资（万元）": "3000万港元", "合同外资（万美元）": "2000万欧元"}
    assert set(row.approximate_fields) == {"total_investment_cny", "foreign_contract_usd"}
    assert sum("外币" in remark for remark in reading.remarks) == 2


def test_money_that_names_itself_another_s_is_not_the_column_s() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "累计到位资金（万元）", "形象进度（%）"],
            ["甲厂建设项目", "总投资5000万元", "到位500万元", "65%"],
            ["乙厂建设项目", "到位5000万元", "500", "65%"],
            ["丙厂建设项目", 5000, "完成投资500万元", "65%"],
            ["丁厂建设项目", 5000, 500, "-5%"],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "rejected", "rejected", "rejected"]
    assert column(reading, "funds_arrived_cumulative_cny")[0] == "5000000.00"


def test_an_intention_told_in_words_is_no_fault_but_a_wrong_date_is() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "计划开工时间"],
            ["甲厂建设项目", 5000, "手续办结后3个月内"],
            ["乙厂建设项目", 8000, "2026年2月30日"],
            ["丙厂建设项目", 8000, "2026年8月"],
        ]
    )
    assert [row.status for row in reading.rows] == ["accepted", "rejected", "accepted"]
    assert column(reading, "planned_start_on") == [None, None, "2026-08-01"]
    assert next(iter(reading.rows)).extra["计划开工时间"] == "手续办结后3个月内"


def test_a_title_tells_the_year_of_its_own_event_only() -> None:
    cells = [
        ["项目名称", "总投资（万元）", "签约时间"],
        ["甲厂建设项目", 5000, "3月15日"],
        ["乙厂建设项目", 5000, "11月2日"],
    ]
    reading = read([["2026年1-6月新签约项目表", _, _], *cells])
    assert column(reading, "signed_on") == ["2026-03-15", None]
    for title in ("2026年1-6月开工项目表", "签约项目表（截至2026年6月）", "2026年1-6月签约开工项目表"):
        reading = read([[title, _, _], *cells])
        assert [row.status for row in reading.rows] == ["rejected", "rejected"], title


def test_trips_take_the_year_of_the_title() -> None:
    reading = read(
        [
            ["2026年8月外出招商情况表", _, _, _],
            ["带队领导", "外出时间", "目的地", "拜访企业"],
            ["张某", "8月12日至15日", "杭州", "甲公司"],
        ]
    )
    assert (column(reading, "start_on"), column(reading, "end_on")) == (["2026-08-12"], ["2026-08-15"])


def test_dollars_never_take_the_place_of_a_column_of_dollars() -> None:
    reading = read(
        [
            ["项目名称", "合同引资额（万元）", "合同外资（万美元）"],
            ["甲厂建设项目", "500万美元", 450],
        ]
    )
    assert column(reading, "foreign_contract_usd") == ["4500000"]
    assert next(iter(reading.rows)).extra["合同引资额（万元）（美元部分）"] == "5000000.00"
