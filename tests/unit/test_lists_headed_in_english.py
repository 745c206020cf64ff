"""Lists whose headings are in English alone: read where they tell of investments, below no Chinese heading of their own."""

from __future__ import annotations

from datetime import date

import pytest
from written_ledgers import read_lines, read_sheet, told

from ingest.headers.header_english import in_chinese, unit_in_english
from ingest.values.units import unit_in_text

WAN, YI = 10_000, 100_000_000


def test_a_list_headed_in_english_is_read_as_one_in_chinese() -> None:
    reading = read_lines(
        "No.,Project Name,Investor,Total Investment (RMB 10k),Funds in Place YTD (RMB 10k),Signing Date,Status",
        "1,清河锂电池项目,深圳鼎盛公司,12000,800,2025-03-01,Under Construction",
        "Total,,,12000,800,,",
    )
    fields = ("project_name", "investor_name", "total_investment_cny", "funds_arrived_ytd_cny", "signed_on", "stage")
    assert told(reading, *fields) == [
        ("清河锂电池项目", "深圳鼎盛公司", 12000 * WAN, 800 * WAN, date(2025, 3, 1), "started")
    ]


def test_a_unit_line_and_a_unit_above_columns_may_be_in_english() -> None:
    rows: list[list[object]] = [
        ["Signed Investment Projects of Baisha County"],
        ["Amount unit: RMB 100 million"],
        ["No.", "Name of Project", "Investing Company", "Total Investment", "Date Signed"],
        [1, "清河锂电池项目", "深圳鼎盛公司", 1.5, "2025-03-01"],
    ]
    assert told(read_sheet(rows), "total_investment_cny") == [(1.5 * YI,)]
    grouped: list[list[object]] = [
        ["No.", "Project Name", "Investment (RMB 10k)", None, "Remarks"],
        [None, None, "Total Investment", "Funds in Place YTD", None],
        [1, "清河锂电池项目", 12000, 800, None],
        [2, "白沙冷链物流园", 5000, 300, None],
    ]
    assert told(read_sheet(grouped, "C1:D1"), "total_investment_cny", "funds_arrived_ytd_cny") == [
        (12000 * WAN, 800 * WAN),
        (5000 * WAN, 300 * WAN),
    ]


def test_a_row_of_english_below_chinese_headings_names_nothing_anew() -> None:
    reading = read_lines(
        "序号,项目名称,投资方,总投资（万元）",
        "No.,Project Name,Investing Company,Total Investment (RMB 10k)",
        "1,清河锂电池项目,深圳鼎盛公司,12000",
    )
    assert reading.sheets[0].tables[0].columns[1].meaning.header == "项目名称"
    assert told(reading, "investor_name", "total_investment_cny") == [("深圳鼎盛公司", 12000 * WAN)]


def test_a_row_of_english_above_chinese_headings_is_no_table_of_its_own() -> None:
    reading = read_lines(
        "No.,Project Name,Investor,Total Investment",
        "序号,项目名称,投资方,总投资（万元）",
        "1,清河锂电池项目,深圳鼎盛公司,12000",
    )
    assert [[one.meaning.header for one in table.columns][1] for table in reading.sheets[0].tables] == ["项目名称"]
    assert told(reading, "total_investment_cny") == [(12000 * WAN,)]


@pytest.mark.parametrize(
    "header",
    [
        "Project Name,Project Manager,Status,Start Date,End Date,Remarks",
        "Project Name,Client,Contract Amount (RMB 10k),Signing Date,Status,Remarks",
    ],
)
def test_projects_in_english_that_nobody_invests_in_are_no_list_of_ours(header: str) -> None:
    reading = read_lines(header, "CRM upgrade,Alice,12,2025-03-01,2025-09-01,", "ERP,Bob,15,2025-03-05,2025-10-01,")
    assert reading.status == "refused"


@pytest.mark.parametrize("name", ["project_name", "status", "Project Manager", "totalInvestment", "Contact Person 2"])
def test_names_of_a_programs_columns_and_unknown_words_are_no_wording(name: str) -> None:
    assert in_chinese(name) is None


def test_units_in_english_are_those_of_their_currency() -> None:
    assert in_chinese("Total Investment (USD million)") == "总投资(百万美元)"
    assert unit_in_english("Unit: RMB 10,000   Date: 2026-06-30") == "万元"
    assert [unit.code for unit in unit_in_text("Amount: USD million")] == ["USD"]
    assert unit_in_text("Amount: 500") == ()


def test_a_line_of_nothing_but_a_unit_states_it() -> None:
    assert [(unit.code, int(unit.multiplier)) for unit in unit_in_text("RMB 100 million")] == [("CNY", YI)]
    assert unit_in_text("RMB 100 million plan of 2026") == ()
