"""Columns whose own words leave one thing open: read where cells and neighbours leave one reading, else kept in `extra`."""

from __future__ import annotations

from datetime import date

import pytest
from written_ledgers import read_lines, read_sheet, told

WAN = 10_000


def test_what_is_agreed_in_dollars_from_abroad_is_the_contracts_foreign_money() -> None:
    rows: list[list[object]] = [
        ["单位：万元"],
        ["序号", "项目名称", "合同投资额", None],
        [None, None, "内资", "外资（万美元）"],
        [1, "清河锂电池项目", 12000, 500],
    ]
    merges = ("A2:A3", "B2:B3", "C2:D2")
    assert told(read_sheet(rows, *merges), "contract_amount_cny", "foreign_contract_usd") == [(12000 * WAN, 500 * WAN)]


def test_dollars_may_be_what_the_same_contract_comes_to() -> None:
    reading = read_lines("项目名称,投资方,协议投资（万元）,协议投资（万美元）", "清河锂电池项目,深圳鼎盛公司,3500,500")
    assert told(reading, "foreign_contract_usd") == [(None,)]


def test_foreign_money_in_a_sheet_of_yuan_loses_no_row() -> None:
    reading = read_lines("单位：万元", "项目名称,投资方,总投资,合同外资", "清河锂电池项目,深圳鼎盛公司,12000,300")
    assert told(reading, "total_investment_cny", "foreign_contract_usd") == [(12000 * WAN, None)]
    assert [(row.status, row.extra["合同外资"]) for row in reading.rows] == [("accepted", "300")]


def test_foreign_money_that_its_cell_calls_dollars_is_taken() -> None:
    reading = read_lines("单位：万元", "项目名称,投资方,总投资,合同外资", "清河锂电池项目,深圳鼎盛公司,12000,300万美元")
    assert told(reading, "foreign_contract_usd") == [(300 * WAN,)]


def test_a_filing_number_over_national_codes_is_the_projects_code() -> None:
    codes = read_lines("项目名称,投资方,备案号", "清河锂电池项目,深圳鼎盛公司,2604-410922-04-01-123456")
    assert told(codes, "project_code") == [("2604-410922-04-01-123456",)]
    others = read_lines("项目名称,投资方,备案号", "清河锂电池项目,深圳鼎盛公司,清发改备〔2026〕12号")
    assert told(others, "project_code") == [(None,)]


def test_the_time_of_start_and_completion_is_a_span_where_every_cell_holds_one() -> None:
    header = "项目名称,投资方,总投资（万元）,开竣工时间"
    spans = read_lines(
        header, "清河锂电池项目,深圳鼎盛公司,500,2025.3-2026.6", "白沙冷链,杭州华信公司,600,2025.5-2027.1"
    )
    fields = ("planned_start_on", "planned_completion_on")
    assert told(spans, *fields) == [(date(2025, 3, 1), date(2026, 6, 1)), (date(2025, 5, 1), date(2027, 1, 1))]
    days = read_lines(header, "清河锂电池项目,深圳鼎盛公司,500,2025.3-2026.6", "白沙冷链,杭州华信公司,600,2025年5月")
    assert told(days, *fields) == [(None, None), (None, None)]


def test_funds_as_recognised_are_what_arrived_where_nobody_else_says_it() -> None:
    alone = read_lines("截至2026年6月", "项目名称,投资方,当年认定到位资金（万元）", "清河锂电池项目,深圳鼎盛公司,500")
    assert told(alone, "funds_arrived_ytd_cny") == [(500 * WAN,)]
    beside = read_lines(
        "截至2026年6月",
        "项目名称,投资方,当年上报到位资金（万元）,当年认定到位资金（万元）",
        "清河锂电池项目,深圳鼎盛公司,800,500",
    )
    assert told(beside, "funds_arrived_ytd_cny") == [(None,)]
    timeless = read_lines("项目名称,投资方,认定到位资金（万元）", "清河锂电池项目,深圳鼎盛公司,500")
    assert told(timeless, "funds_arrived_cumulative_cny") == [(None,)]


def test_years_of_landing_are_known_to_the_year() -> None:
    reading = read_lines("项目名称,投资方,落地年份", "清河锂电池项目,深圳鼎盛公司,2024", "白沙冷链,杭州华信公司,2025")
    assert told(reading, "landed_on") == [(date(2024, 1, 1),), (date(2025, 1, 1),)]


THREE_LEVELS: list[list[object]] = [
    ["单位：万元"],
    ["序号", "项目名称", "投资", None, None, None, None],
    [None, None, "计划", None, "实际", None, None],
    [None, None, "总投资", "2026年", "累计", "当年", "当月"],
    [1, "清河锂电池项目", 12000, 4000, 6000, 3000, 500],
]


def test_a_time_below_two_headings_takes_its_meaning_from_both() -> None:
    reading = read_sheet(THREE_LEVELS, "A2:A4", "B2:B4", "C2:G2", "C3:D3", "E3:G3", name="2026年6月进度.xlsx")
    fields = (
        "total_investment_cny",
        "investment_plan_year_cny",
        "investment_done_cumulative_cny",
        "investment_done_ytd_cny",
        "investment_done_month_cny",
    )
    assert told(reading, *fields) == [(12000 * WAN, 4000 * WAN, 6000 * WAN, 3000 * WAN, 500 * WAN)]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("投资方（500强企业）", "investor_name"),
        ("来源地（珠三角城市）", "investor_origin"),
        ("来源地（园区）", None),
        ("牵线人（单位）", None),
        ("签约资金规模（万元）", "contract_amount_cny"),
        ("工程形象部位", "progress_note"),
        ("引进龙头企业", "investor_name"),
        ("本年拟投（万元）", "investment_plan_year_cny"),
        ("入黔央企", "investor_name"),
        ("引进东部企业", "investor_name"),
        ("人大挂钩领导", "responsible_leader"),
        ("县级负责同志", "responsible_leader"),
        ("项目投资总盘（万元）", "total_investment_cny"),
        ("主体开工时间", None),
    ],
)
def test_headings_of_more_offices_name_their_fields(header: str, field: str | None) -> None:
    cell = "深圳" if field is None or not field.endswith("_cny") else "12"
    reading = read_lines(f"序号,项目名称,{header}", f"1,清河锂电池项目,{cell}")
    assert reading.sheets[0].tables[0].columns[2].meaning.field == field


def test_the_title_of_an_office_systems_list_names_projects_that_somebody_invests_in() -> None:
    reading = read_lines(
        "标题,投资方,总投资（万元）,签约时间",
        "清河锂电池项目,深圳鼎盛公司,500,2025-03-01",
        "白沙冷链,杭州公司,600,2025-03-02",
    )
    assert told(reading, "project_name") == [("清河锂电池项目",), ("白沙冷链",)]


def test_a_header_that_lists_stages_is_one_where_its_cells_tell_them() -> None:
    header = "项目名称,投资方,在谈/签约"
    reading = read_lines(header, "清河锂电池项目,深圳鼎盛公司,在谈", "白沙冷链,杭州华信公司,签约")
    assert told(reading, "stage") == [("talks",), ("signed",)]
    days = read_lines(header, "清河锂电池项目,深圳鼎盛公司,在谈", "白沙冷链,杭州华信公司,2025年3月")
    assert told(days, "stage") == [(None,), (None,)]


@pytest.mark.parametrize(("actual", "leaf"), [("实际情况", "投资额"), ("实际", "总投资")])
def test_what_was_invested_is_not_what_the_project_is_to_cost(actual: str, leaf: str) -> None:
    rows: list[list[object]] = [
        ["单位：万元"],
        ["序号", "项目名称", "投资方", "计划", None, actual, None],
        [None, None, None, leaf, "开工时间", leaf, "开工时间"],
        [1, "清河锂电池项目", "深圳鼎盛公司", 12000, "2025-03-01", 400, "2025-06-01"],
    ]
    reading = read_sheet(rows, "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2")
    assert told(reading, "total_investment_cny", "started_on") == [(12000 * WAN, date(2025, 6, 1))]


def test_the_source_of_capital_is_its_origin_where_its_cells_say_no_more() -> None:
    header = "项目名称,投资方,资本来源"
    kinds = read_lines(header, "清河锂电池项目,深圳鼎盛公司,内资", "白沙冷链,杭州华信公司,外资")
    assert told(kinds, "capital_origin") == [("内资",), ("外资",)]
    others = read_lines(header, "清河锂电池项目,深圳鼎盛公司,自筹", "白沙冷链,杭州华信公司,银行贷款")
    assert told(others, "capital_origin") == [(None,), (None,)]


def test_a_figure_marked_as_expected_is_the_whole_and_has_not_arrived() -> None:
    header = "项目名称,投资方,总投资（万元）,累计到位资金（万元）"
    reading = read_lines(header, "清河锂电池项目,深圳鼎盛公司,2000（预）,1500（预）")
    assert told(reading, "total_investment_cny", "funds_arrived_cumulative_cny") == [(2000 * WAN, None)]
    assert [row.extra["累计到位资金（万元）"] for row in reading.rows] == ["1500（预）"]
    assert [row.status for row in read_lines(header, "白沙冷链,深圳鼎盛公司,预付500,1").rows] == ["rejected"]
