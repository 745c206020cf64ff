"""What ledgers of sixty more invented clerks taught: groups that make an amount, headings with a name behind, other sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.values.amounts import parse_amount
from ingest.values.dates import parse_date
from ingest.values.units import parse_unit


def read(cells: Sequence[Sequence[Any]]) -> LedgerReading:
    book = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in cells])])
    return read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)


def field_of(header: str, kind: str | None = None) -> str | None:
    paths = [("项目名称",), tuple(header.split(" > "))]
    return interpret_columns(paths, context=HeaderContext(kind=kind, report_year=2026))[-1].field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("累计完成 > 投资额", "investment_done_cumulative_cny"),
        ("本年完成 > 投资额", "investment_done_ytd_cny"),
        ("年度计划 > 投资额", "investment_plan_year_cny"),
        ("新签约项目 > 投资额", "total_investment_cny"),
        ("完成情况 > 投资额", None),
        ("完成情况 > 固定资产投资", None),
        ("完成情况 > 总投资", "total_investment_cny"),
    ],
)
def test_a_bare_amount_takes_its_meaning_from_its_group(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_the_other_side_below_money_that_arrived_is_its_share() -> None:
    assert field_of("累计到位资金 > 客方") == "funds_arrived_cumulative_partner_side_cny"
    assert field_of("累计到位资金 > 客方 > 小计") == "funds_arrived_cumulative_partner_side_cny"
    assert field_of("客方 > 名称") == "investor_name"


def test_a_heading_that_says_nothing_may_have_who_it_is_in_brackets() -> None:
    assert field_of("一个工作专班（牵头部门）") == "responsible_unit"
    assert field_of("推进机制（责任领导）") == "responsible_leader"
    assert field_of("责任单位（责任人）") is None


@pytest.mark.parametrize("header", ["企业负责人", "企业经办人", "投资方责任人"])
def test_who_asks_does_not_answer(header: str) -> None:
    assert field_of(header, "problem") is None


def test_a_part_that_says_its_own_time_in_brackets_is_not_of_the_month_left_of_it() -> None:
    group = "资金到位情况（亿元）"
    leaves = ("开工至今", "今年以来", "10月份", "其中：省外资金（今年以来）", "其中：省内资金")
    meanings = interpret_columns(
        [("项目名称",), *((group, leaf) for leaf in leaves)], context=HeaderContext(report_year=2026)
    )
    assert meanings[-2].field == "funds_arrived_ytd_other_province_cny"
    assert meanings[-1].field == "funds_arrived_month_same_province_cny"


def test_names_with_their_codes_behind_are_names_and_no_company_stands_for_them() -> None:
    reading = read(
        [
            ["序号", "签约项目及编号", "投资方", "公司名称", "签约金额（亿元）"],
            [1, "绿色铸造产业园", "某铸造公司", "某铸造（县）公司", 5.2],
            [2, "某科技孵化器", "某孵化公司", None, 0.8],
        ]
    )
    assert [row.fields["project_name"] for row in reading.rows] == ["绿色铸造产业园", "某科技孵化器"]


@pytest.mark.parametrize("header", ["签约项目及金额", "新开工项目/续建项目", "项目名称及投资方"])
def test_names_joined_to_what_is_not_theirs_stay_open(header: str) -> None:
    alone = interpret_columns([(header,)], context=HeaderContext(report_year=2026))[-1]
    assert alone.field != "project_name"


def test_how_they_signed_is_not_what_they_signed() -> None:
    reading = read(
        [
            ["项目名称", "投资方", "总投资（亿元）", "签约形式", "协议属性"],
            ["甲铸造项目", "某铸造公司", 5, "现场", "合同"],
            ["乙孵化项目", "某孵化公司", 1, "云签约", "框架协议"],
        ]
    )
    assert [row.fields["agreement_type"] for row in reading.rows] == ["合同", "框架协议"]


@pytest.mark.parametrize(
    "text", ["2025.3.8（线上）", "2025年3月8日云签约", "2025.3.8（集中签约）", "2025.3.8 举行开工仪式"]
)
def test_a_date_may_say_how_the_day_was_held(text: str) -> None:
    assert str(parse_date(text).value) == "2025-03-08"
    assert parse_date("2025.3.8（补签）").value is None


@pytest.mark.parametrize(
    ("headers", "latest"),
    [
        (("一季度进展", "二季度进展", "三季度进展"), 2),
        (("上半年进展", "下半年进展"), 1),
        (("一季度进展", "二季度打算"), 0),
    ],
)
def test_of_progress_told_by_quarters_the_latest_counts(headers: tuple[str, ...], latest: int) -> None:
    reading = read(
        [
            ["项目名称", "投资方", "总投资（亿元）", *headers],
            ["甲铸造项目", "某铸造公司", 5, *(f"办到第{one}步" for one in range(len(headers)))],
            ["乙孵化项目", "某孵化公司", 1, *(f"谈到第{one}步" for one in range(len(headers)))],
        ]
    )
    assert [row.fields["progress_note"] for row in reading.rows] == [f"办到第{latest}步", f"谈到第{latest}步"]


def test_quarters_below_progress_are_told_apart() -> None:
    reading = read(
        [
            ["项目名称", "投资方", "总投资（亿元）", "进展情况", "进展情况"],
            ["", "", "", "一季度", "二季度"],
            ["甲铸造项目", "某铸造公司", 5, "选址", "平整场地"],
            ["乙孵化项目", "某孵化公司", 1, "洽谈", "签约"],
        ]
    )
    assert [row.fields["progress_note"] for row in reading.rows] == ["平整场地", "签约"]


def test_a_column_of_projects_names_them_before_their_companies_do() -> None:
    reading = read(
        [
            ["序号", "帮建项目", "投资方", "本地注册公司", "总投资（亿元）"],
            [1, "某科技孵化器", "上海某孵化公司", "某孵化（县）公司", 0.8],
            [2, "老街夜游提升", "某演艺公司", None, 1.2],
        ]
    )
    assert [row.fields["project_name"] for row in reading.rows] == ["某科技孵化器", "老街夜游提升"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("投资来源（省外/省内/本地）", "capital_origin"),
        ("客商来源（省内/省外）", "capital_origin"),
        ("资金来源（自筹/贷款）", None),
        ("企业来源（省、市、县）", "investor_origin"),
        ("企业名称（项目单位）", "project_company"),
        ("企业名称（盖章）", None),
        ("投资商（合作方）", "investor_name"),
        ("投资方（比例）", None),
    ],
)
def test_brackets_tell_which_class_or_whose_company(header: str, field: str | None) -> None:
    assert field_of(header) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("开工时间（暂定）", "planned_start_on"),
        ("投产时间（预估）", "planned_production_on"),
        ("签约时间（暂定）", None),
        ("到位资金（预估）", None),
        ("总投资（暂定）", "total_investment_cny"),
        ("倒排工期 > 开工时间", "planned_start_on"),
        ("最迟开工时间", "planned_start_on"),
        ("争取到位资金", None),
    ],
)
def test_what_is_only_meant_to_be_is_no_fact(header: str, field: str | None) -> None:
    assert field_of(header) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("实际到资（截至2026.9）", "funds_arrived_cumulative_cny"),
        ("截至9.30累计完成投资", "investment_done_cumulative_cny"),
        ("到位资金（2026.1-2026.10）", "funds_arrived_ytd_cny"),
        ("2026.1-10完成投资", "investment_done_ytd_cny"),
        ("2026.5-10到位资金", None),
        ("累计到位资金（截至2025.12）", None),
        ("建设年限（2026.1-2027.12）", None),
    ],
)
def test_times_in_figures_are_times(header: str, field: str | None) -> None:
    assert field_of(header) == field


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("壹仟贰佰叁拾肆万伍仟陆佰元整", 12345600),
        ("1234万5600元", 12345600),
        ("1万2000元", 12000),
        ("3万5", None),
        ("1万2000", None),
        ("3亿5000元", None),
    ],
)
def test_an_amount_to_the_yuan_is_read_where_it_says_yuan(text: str, yuan: int | None) -> None:
    assert parse_amount(text, column_unit=parse_unit("万元")).cny == yuan


def test_the_hour_of_a_day_may_stand_right_behind_it() -> None:
    assert str(parse_date("2026年3月8日14:30").value) == "2026-03-08"


def test_a_report_on_projects_in_talks_is_no_list_of_trips() -> None:
    reading = read(
        [
            ["驻外招商联络处在谈项目周报"],
            ["序号", "驻点城市", "在谈项目", "意向企业", "本周进展", "下周工作"],
            [1, "深圳", "储能逆变器项目", "某逆变器公司", "县长会见", "签保密协议"],
            [2, "上海", "生物试剂项目", "某试剂公司", "送样", "考察"],
        ]
    )
    assert [(row.kind, row.fields["project_name"], row.fields["progress_note"]) for row in reading.rows] == [
        ("project", "储能逆变器项目", "县长会见"),
        ("project", "生物试剂项目", "送样"),
    ]
