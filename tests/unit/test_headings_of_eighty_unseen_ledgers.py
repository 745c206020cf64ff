"""What eighty invented ledgers of unseen wordings taught: whose money a group means, units in brackets, names told first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerSource, read_workbook
from ingest.values.amounts import parse_amount
from ingest.values.dates import parse_date
from ingest.values.units import parse_unit

YI = parse_unit("亿元")


def rows(cells: Sequence[Sequence[Any]], county: str = "410922") -> list[Any]:
    book = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in cells])])
    return list(read_workbook(book, "台账.xlsx", LedgerSource(county), "0" * 64).rows)


def field_of(header: str) -> str | None:
    paths = [("项目名称",), tuple(header.split(" > "))]
    return interpret_columns(paths, context=HeaderContext(report_year=2026))[-1].field


@pytest.mark.parametrize("whose", ["银团", "某某", "专户"])
def test_an_unknown_word_before_money_says_whose_it_is(whose: str) -> None:
    assert field_of(f"{whose}资金到位 > 累计") is None
    assert field_of(f"{whose}完成投资 > 本年") is None


def test_what_a_group_says_behind_its_money_or_of_the_list_changes_nothing() -> None:
    assert field_of("资金实际到位明细 > 本年累计") == "funds_arrived_ytd_cny"
    assert field_of("全县资金到位 > 累计") == "funds_arrived_cumulative_cny"
    assert field_of("经核实到位资金 > 累计") == "funds_arrived_cumulative_cny"
    assert field_of("我县自开工以来投资完成情况 > 累计") == "investment_done_cumulative_cny"
    assert field_of("认定到位资金") is None


def test_this_province_is_the_same_province() -> None:
    assert field_of("本省资金到位 > 累计") == "funds_arrived_cumulative_same_province_cny"
    assert field_of("累计到位资金 > 本省") == "funds_arrived_cumulative_same_province_cny"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("累计到位资金（自签约之日起）", "funds_arrived_cumulative_cny"),
        ("截至季末累计到位省外内资", "funds_arrived_cumulative_other_province_cny"),
        ("上季末累计到位资金", None),
        ("量产时间", "production_on"),
        ("项目开工（动土）日期", "started_on"),
        ("实际签约额", "contract_amount_cny"),
        ("约定投资 > 总额", "total_investment_cny"),
        ("计划总投", "total_investment_cny"),
        ("旗级包联领导", "responsible_leader"),
        ("区外投资企业", "investor_name"),
        ("长三角企业", "investor_name"),
        ("投资方注册地省份", "investor_origin"),
        ("政府联系人电话", "contact_phone"),
        ("企业联系人电话", None),
        ("本地公司 > 法定代表人", "legal_representative"),
        ("需县上协调解决的问题", "problem"),
        ("督导发现问题", "problem"),
        ("建设内容、产品方案", "project_content"),
        ("项目状态描述", "progress_note"),
        ("项目推进情况（每周更新）", "progress_note"),
        ("推进慢的原因", "problem"),
        ("旗直责任部门", "responsible_unit"),
        ("投资项目纳统时间", "statistics_entered_on"),
        ("手续办理进度（%）", None),
        ("履约进度（%）", None),
        ("签约项目 > 形象进度（%）", "progress_rate"),
    ],
)
def test_wordings(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_headings_with_their_units_in_brackets_are_no_captions() -> None:
    cells = [
        ["县2026年10月招商引资月报", None, None, None],
        ["项目", "总投资（单位：万元人民币）", "累计到位（单位：万元人民币）", "本月到位（单位：万元人民币）"],
        ["轮毂厂", 12000, 3000, 500],
    ]
    (row,) = rows(cells)
    assert row.fields["total_investment_cny"] == 120_000_000
    assert row.fields["funds_arrived_month_cny"] == 5_000_000


def test_the_short_name_gives_way_to_the_name() -> None:
    (row,) = rows([["项目简称", "项目名称", "总投资（亿元）"], ["轮毂", "城东轮毂厂项目", 3]])
    assert row.fields["project_name"] == "城东轮毂厂项目"
    (row,) = rows([["序号", "项目简称", "总投资（亿元）"], [1, "轮毂", 3]])
    assert row.fields["project_name"] == "轮毂"


def test_whether_works_began_does_not_hide_when() -> None:
    cells = [["项目名称", "已动工", "动工日期", "已投产", "投产日期"], ["轮毂厂", "是", "2025-03-01", "否", None]]
    (row,) = rows(cells)
    assert row.fields["started_on"] == dt.date(2025, 3, 1)
    assert row.fields["stage"] == "started"
    (row,) = rows([["项目名称", "已动工"], ["轮毂厂", "2025-03-01"]])
    assert row.fields["started_on"] == dt.date(2025, 3, 1)


@pytest.mark.parametrize("header", ["项目名称及投资方", "签约项目名称、内容", "签约项目名称及内容"])
def test_a_name_told_first_names_a_project_that_no_other_column_names(header: str) -> None:
    (row,) = rows([["序号", header, "签约时间", "总投资（亿元）"], [1, "轮毂厂（宏远集团）", "2025-03-01", 3]])
    assert row.fields["project_name"] == "轮毂厂（宏远集团）"


def test_a_board_of_towns_is_no_industry() -> None:
    head = ["项目名称", "所属板块", "总投资（亿元）"]
    towns = rows([head, ["轮毂厂", "柳林镇", 3], ["酒庄", "城北工业园", 1]])
    assert [row.fields.get("industry") for row in towns] == [None, None]
    assert [row.fields["location"] for row in towns] == ["柳林镇", "城北工业园"]
    trades = rows([head, ["轮毂厂", "装备制造", 3], ["酒庄", "食品", 1]])
    assert [row.fields.get("industry") for row in trades] == ["装备制造", "食品"]


def test_a_form_s_blanks_are_no_part_of_a_date() -> None:
    assert (parse_date("2026年3月 日").value, parse_date("2026年3月 日").precision) == (dt.date(2026, 3, 1), "month")
    assert parse_date("2026年  月  日").value is None
    assert parse_date("    年  月  日").reason is None
    assert parse_date("3月 日").value is None


def test_a_total_in_words() -> None:
    assert parse_amount("总额5.8亿", column_unit=YI).cny == 580_000_000


def test_the_investor_stands_for_the_project_of_a_list_that_names_neither() -> None:
    head = ["序号", "签约企业", "总投资（亿元）", "签约时间", "目前进展", "责任单位"]
    (row,) = rows([head, [1, "宏远集团", 3, "2026-03-01", "正在施工", "县工信局"]])
    assert (row.kind, row.fields["project_name"], row.fields["investor_name"]) == ("project", "宏远集团", "宏远集团")
    # What may hold the projects' names is not passed over.
    (row,) = rows([["签约合同名称", *head[1:]], ["轮毂生产合同", "宏远集团", 3, "2026-03-01", "正在施工", "县工信局"]])
    assert row.fields["project_name"] == "轮毂生产合同"
    assert rows([["产品名称", *head[1:]], ["轮毂", "宏远集团", 3, "2026-03-01", "正在施工", "县工信局"]]) == []


def test_what_has_a_day_of_signing_and_works_is_no_region_s_figure() -> None:
    head = ["序号", "签约双方", "总投资（亿元）", "签约时间", "目前进展", "责任单位"]
    assert all(row.kind != "summary" for row in rows([head, [1, "甲、乙", 3, "2026-03-01", "正在施工", "县工信局"]]))


def test_headings_with_long_instructions_head_a_list() -> None:
    told = "（请如实填写，包括占地面积、建筑面积、主要设备、产品及产能等，200字以内）"
    until = "（截至2026年10月31日，以银行进账单为准，须附凭证）"
    cells = [
        [
            "序号",
            f"项目{until}",
            f"建设内容{told}",
            f"累计到位资金（万元）{until}",
            "开工日期（具体到年月日，没有的不要填）",
        ],
        [1, "轮毂厂", "年产轮毂10万只", 500, "2026-03-01"],
    ]
    (row,) = rows(cells)
    assert row.fields["project_name"] == "轮毂厂"
    assert row.fields["project_content"] == "年产轮毂10万只"
    assert row.fields["funds_arrived_cumulative_cny"] == 5_000_000
    assert row.fields["started_on"] == dt.date(2026, 3, 1)


def test_headings_that_all_end_in_colons_head_a_list() -> None:
    head = ["项目名称：", "投资方：", "总投资（亿元）：", "环评状态："]
    read = rows([head, ["轮毂厂", "宏远集团", 3, "已批复"], ["酒庄", "绿源公司", 1, "正常"]])
    assert [row.fields["project_name"] for row in read] == ["轮毂厂", "酒庄"]
    assert read[0].fields["total_investment_cny"] == 300_000_000


def test_a_numbered_list_of_unknown_headings_is_one() -> None:
    head = ["序号", "签约项目名称", "环评进展", "上周工作进展", "进展填报人", "集团成立年份", "投资企业资质"]
    read = rows(
        [head, [1, "轮毂厂", "无", "正常", "周某某", "2001", "一级"], [2, "酒庄", "无", "正常", "吴某某", "", ""]]
    )
    assert [row.fields["project_name"] for row in read] == ["轮毂厂", "酒庄"]


def test_numbers_before_months() -> None:
    paths = [("1.项目名称",), ("4.10月完成投资额（万元）",), ("12.1至10月到位资金（万元）",)]
    fields = [one.field for one in interpret_columns(paths, context=HeaderContext(report_year=2026))]
    assert fields == ["project_name", "investment_done_month_cny", "funds_arrived_ytd_cny"]


def test_of_two_times_that_may_be_the_ledger_s_year_the_one_without_a_year_is() -> None:
    paths = [("项目名称",), ("1至10月到位资金（万元）",), ("2025年1-10月到位资金（万元）",)]
    unknown = interpret_columns(paths, context=HeaderContext())
    assert [one.field for one in unknown] == ["project_name", "funds_arrived_ytd_cny", None]


def test_outside_a_municipality_is_another_province() -> None:
    cells = [["项目名称", "本年市外到位资金（万元）"], ["轮毂厂", 100]]
    assert rows(cells, "500229")[0].fields["funds_arrived_ytd_other_province_cny"] == 1_000_000
    assert "funds_arrived_ytd_other_province_cny" not in rows(cells)[0].fields
    assert field_of("累计到位疆外资金") == "funds_arrived_cumulative_other_province_cny"


def test_a_list_of_attracted_projects_stays_one_whatever_else_it_tells() -> None:
    head = ["序号", "签约项目名称", "供地方式", "容积率", "监理单位", "单位电话"]
    assert [row.status for row in rows([head, [1, "轮毂厂", "出让", 1.2, "甲监理公司", "138****5678"]])] == ["accepted"]


def test_words_under_a_heading_that_may_tell_a_story_lose_no_project() -> None:
    told = rows(
        [["项目名称", "总投资（亿元）", "资金到位情况"], ["轮毂厂", 3, "首期资金已到位"], ["酒庄", 1, "500万元"]]
    )
    assert [row.status for row in told] == ["accepted", "accepted"]
    assert told[0].fields.get("funds_arrived_cumulative_cny") is None
    assert told[0].extra["资金到位情况"] == "首期资金已到位"
    assert told[1].fields["funds_arrived_cumulative_cny"] == 5_000_000
    (row,) = rows([["项目名称", "资金到位情况（万元）"], ["轮毂厂", "首期资金已到位"]])
    assert [one.code for one in row.reasons] == ["not_an_amount"]


def test_what_was_before_is_no_detail() -> None:
    assert field_of("生产地址（原）") is None
    assert field_of("建设地点（原）") is None


@pytest.mark.parametrize("text", ["未注册", "无到位", "资金尚未到位", "尚未开工"])
def test_what_has_not_come_about_has_no_amount(text: str) -> None:
    parsed = parse_amount(text, column_unit=YI)
    assert (parsed.cny, parsed.reason) == (None, None)


def test_what_money_it_is_may_stand_in_brackets() -> None:
    assert parse_amount("5亿元（自筹）", column_unit=YI).cny == 500_000_000
    assert parse_amount("拟投3亿", column_unit=YI).is_planned
    assert parse_amount("未开工3亿元", column_unit=YI).cny is None
