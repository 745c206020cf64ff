"""What values and headings of unseen clerks taught: moved dates give way, months hold no totals, forecasts are no plans."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.number_formats import as_shown, number_shown
from ingest.formats.sheet import Sheet, Workbook
from ingest.formats.workbook import open_workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerSource, read_workbook
from ingest.values.amounts import parse_amount
from ingest.values.dates import parse_date
from ingest.values.stages import parse_stage
from ingest.values.units import parse_unit

_: None = None
WAN = parse_unit("万元")
YI = parse_unit("亿元")


def rows(cells: Sequence[Sequence[Any]], **sheet: Any) -> list[Any]:
    book = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in cells], **sheet)])
    return list(read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64).rows)


def field_of(header: str, year: int | None = None) -> str | None:
    paths = [("项目名称",), tuple(header.split(" > "))]
    return interpret_columns(paths, context=HeaderContext(report_year=year))[-1].field


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("’24年3月", "2024-03-01", "month"),
        ("'24.3.5", "2024-03-05", "day"),
        ("2022年元月", "2022-01-01", "month"),
        ("2022年元月五日", "2022-01-05", "day"),
        ("二〇二四年元月", "2024-01-01", "month"),
        ("2025年6月中下旬", "2025-06-01", "month"),
        ("2024.9月上旬", "2024-09-01", "month"),
        ("2024.3.5签订框架协议", "2024-03-05", "day"),
        ("2024年11月", "2024-11-01", "month"),
    ],
)
def test_dates_as_clerks_type_them(text: str, value: str, precision: str) -> None:
    parsed = parse_date(text)
    assert (str(parsed.value), parsed.precision) == (value, precision)


def test_a_limit_is_planned() -> None:
    assert parse_date("不晚于2024.10").is_planned
    assert parse_date("最迟2024年10月").is_planned


def test_a_bare_serial_counts_from_1904_where_the_workbook_does() -> None:
    cells = [["项目名称", "开工日期"], ["轮毂厂", 43932], ["酒庄", dt.date(2023, 3, 5)]]
    started = [row.fields["started_on"] for row in rows(cells, counts_from_1904=True)]
    assert started == [dt.date(2024, 4, 12), dt.date(2023, 3, 5)]
    assert rows(cells)[0].fields["started_on"] == dt.date(2020, 4, 11)


def test_a_field_s_own_column_wins_over_a_date_told_elsewhere() -> None:
    cells = [
        ["项目名称", "实际开工时间", "计划开工时间"],
        ["轮毂厂", "2024.7（预计）", "2025年"],
        ["酒庄", "2024年7月拟开工", _],
        ["茶厂", _, "已于2024年3月开工"],
        ["鞋厂", "2024.5", "已于2024年3月开工"],
    ]
    first, second, third, fourth = rows(cells)
    assert first.fields["planned_start_on"] == dt.date(2025, 1, 1)
    assert first.extra["实际开工时间"] == "2024.7（预计）"
    assert second.fields["planned_start_on"] == dt.date(2024, 7, 1)
    assert "started_on" not in second.fields
    assert (third.fields["started_on"], third.fields.get("planned_start_on")) == (dt.date(2024, 3, 1), None)
    assert fourth.fields["started_on"] == dt.date(2024, 5, 1)
    assert fourth.extra["计划开工时间"] == "已于2024年3月开工"


def test_what_accumulated_is_no_month_s_figure() -> None:
    cells = [
        ["项目名称", "累计到位资金（万元）", "本月到位资金（万元）"],
        ["轮毂厂", "累计500", "30"],
        ["酒庄", "800", "累计到位500"],
    ]
    first, second = rows(cells)
    assert first.fields["funds_arrived_cumulative_cny"] == 5_000_000
    assert "funds_arrived_month_cny" not in second.fields
    assert [reason.column for reason in second.reasons] == ["本月到位资金（万元）"]


@pytest.mark.parametrize("text", ["¥12000", "￥500000", "¥1.2", "￥12000左右", "12000（人民币）", "RMB 12,000。"])
def test_a_yuan_sign_under_another_unit_may_mean_either(text: str) -> None:
    parsed = parse_amount(text, column_unit=YI if text == "¥1.2" else WAN)
    assert parsed.reason is not None
    assert parsed.reason.code == "unit_ambiguous"


def test_a_dollar_sign_behind_a_figure_says_no_more_than_one_before_it() -> None:
    unit = parse_unit("万美元")
    for text in ("$500", "500$"):
        parsed = parse_amount(text, column_unit=unit, currency="USD")
        assert parsed.reason is not None
        assert parsed.reason.code == "unit_ambiguous"
    assert parse_amount("500美元", column_unit=unit, currency="USD").usd == 500


def test_two_figures_beside_one_another_are_no_thousands() -> None:
    assert parse_amount("500 600", column_unit=WAN).cny is None
    assert parse_amount("12 000", column_unit=WAN).cny == 120_000_000
    assert parse_amount("100 000", column_unit=WAN).cny == 1_000_000_000
    assert parse_amount("1 234 567", column_unit=WAN).cny == 12_345_670_000


def test_what_comes_to_about_an_amount_is_approximate() -> None:
    assert parse_amount("约合1.2亿元", column_unit=WAN).is_approximate


def test_a_yuan_sign_counts_yuan_where_the_column_s_unit_would_be_absurd() -> None:
    assert parse_amount("¥50000000", column_unit=WAN).cny == 50_000_000
    assert parse_amount("¥1200000000", column_unit=YI).cny == 1_200_000_000
    assert parse_amount("¥77602", column_unit=YI).cny is None


@pytest.mark.parametrize("text", ["认缴5000万元", "5000万元（实缴1000万元）"])
def test_registered_capital_is_what_is_subscribed(text: str) -> None:
    cells = [["项目名称", "注册资本"], ["轮毂厂", text]]
    assert rows(cells)[0].fields["registered_capital_cny"] == 50_000_000


@pytest.mark.parametrize(
    ("text", "stage", "before"),
    [
        ("已终止合作", "terminated", None),
        ("已建成待验收", "completed", None),
        ("未建成", None, "completed"),
        ("打桩", "started", None),
        ("进场施工", "started", None),
        ("公司注册中", None, "performed"),
        ("合同签订中", "talks", None),
        ("开工（未入统）", "started", None),
        ("已投产未达产", "in_production", None),
        ("已竣工并投入使用", "in_production", None),
        ("清退中", None, None),
        ("筹备签约", "talks", None),
        ("签约手续办理中", "talks", None),
        ("签约前期", None, None),
        ("正在办理用地手续", None, "started"),
    ],
)
def test_stages_as_clerks_tell_them(text: str, stage: str | None, before: str | None) -> None:
    parsed = parse_stage(text)
    assert (parsed.stage, parsed.before) == (stage, before)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("合同利用县外资金（万元）", "contract_amount_cny"),
        ("本年累计投资（万元）", "investment_done_ytd_cny"),
        ("开工至9月底累计完成投资（万元）", "investment_done_cumulative_cny"),
        ("预计全年完成投资（万元）", None),
        ("全年计划完成投资（万元）", "investment_plan_year_cny"),
        ("预计全部建成时间", "planned_completion_on"),
        ("执照领取时间", "registered_on"),
        ("合同日期", "signed_on"),
        ("土地合同日期", None),
        ("所属“八大产业链”", "industry_chain"),
        ("项目建设地点（园区）", "location"),
        ("驻点联络员", "responsible_person"),
        ("客方单位", "investor_name"),
        ("需协调部门", "problem_owner"),
    ],
)
def test_headings(header: str, field: str | None) -> None:
    assert field_of(header, 2015) == field


def fields_of(*headers: str, year: int | None = None) -> list[str | None]:
    paths = [("项目名称",), *(tuple(header.split(" > ")) for header in headers)]
    return [column.field for column in interpret_columns(paths, context=HeaderContext(report_year=year))[1:]]


def test_how_a_project_stood_at_another_time_is_not_how_it_stands() -> None:
    assert fields_of("2023年 > 形象进度", "2024年 > 形象进度", year=2024) == [None, "progress_note"]
    assert fields_of("2023年进展情况", "2024年进展情况", year=2024) == [None, "progress_note"]
    assert fields_of("上年度 > 形象进度", "本年度 > 形象进度") == [None, "progress_note"]
    assert fields_of("上月 > 存在问题", "下月 > 工作计划") == [None, "measure"]
    assert fields_of("二期 > 形象进度", "一期 > 形象进度") == [None, "progress_note"]


def test_a_group_that_says_which_projects_are_listed_changes_no_standing() -> None:
    assert fields_of("上年结转项目 > 形象进度") == ["progress_note"]
    assert fields_of("2023年度新签约项目 > 形象进度", year=2024) == ["progress_note"]
    assert fields_of("二期项目 > 形象进度") == ["progress_note"]


def test_the_main_structure_is_no_project() -> None:
    assert fields_of("主体总投资（万元）", "主体存在问题") == [None, None]
    assert fields_of("投资主体", "主体责任单位") == ["investor_name", "responsible_unit"]


def test_a_unit_in_brackets_may_begin_with_a_thousand() -> None:
    assert parse_amount("72373（千元）", column_unit=WAN).cny == 72_373_000
    assert parse_amount("4（百万）", column_unit=YI).cny == 4_000_000


def test_an_origin_in_brackets_is_a_part_of_the_money() -> None:
    assert fields_of("累计到位资金（省外）（万元）") == ["funds_arrived_cumulative_other_province_cny"]
    assert fields_of("累计到位资金（外省）（万元）") == ["funds_arrived_cumulative_other_province_cny"]
    assert fields_of("累计到位资金（外地）（万元）", "总投资（省外）（万元）") == [None, None]
    assert fields_of("累计到位资金（含省外）（万元）") == ["funds_arrived_cumulative_cny"]
    assert fields_of("投资方来源地（省、市）") == ["investor_origin"]


def test_ticks_in_brackets_name_no_class() -> None:
    assert fields_of("产业链（是/否）", "建设内容（有/无）") == [None, None]


def test_an_amount_of_a_year_in_brackets_is_no_whole() -> None:
    assert fields_of("固定资产投资（2022年）（万元）", "总投资（累计）（万元）", year=2024) == [None, None]
    assert fields_of("固定资产投资（2022-2024）（万元）", "已完成总投资（万元）") == [
        None,
        "investment_done_cumulative_cny",
    ]


def test_how_far_the_works_are_to_come_is_not_how_far_they_came() -> None:
    assert fields_of("年度目标 > 形象进度", "本月完成 > 形象进度") == [None, "progress_note"]
    assert fields_of("计划及完成情况 > 形象进度") == ["progress_note"]
    assert fields_of("2023年底形象进度", "目前形象进度", year=2024) == [None, "progress_note"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("③独资/合资/合作", "investment_form"),
        ("项目建设地点[园区]", "location"),
        ("责任乡镇（单位）（必填）", "responsible_unit"),
        ("“责任乡镇（单位）”", "responsible_unit"),
        ("项目进展（在谈/签约/开工）（必填）", "stage"),
        ("重点项目类别（省、市、县）（注1）", "project_level"),
        ("项目公司\n注册时间", "registered_on"),
        ("固定资产\n总投资（亿元）", "fixed_asset_investment_cny"),
    ],
)
def test_the_dress_of_a_heading_says_nothing(header: str, field: str | None) -> None:
    assert fields_of(header) == [field]


def told(title: str, *headers: str) -> list[Any]:
    lines = [[title], ["项目名称", "总投资（万元）", *headers], ["轮毂厂", 500, *(f"{header}甲" for header in headers)]]
    return [
        row.fields.get("progress_note")
        for row in rows([[*line, *[_] * (len(headers) + 2 - len(line))] for line in lines])
    ]


def test_of_notes_by_month_the_reported_month_s_is_the_note() -> None:
    title = "某县2024年5月重点项目进展表"
    assert told(title, "3月进展情况", "4月进展情况", "5月进展情况") == ["5月进展情况甲"]
    assert told(title, "5月底形象进度", "4月底形象进度") == ["5月底形象进度甲"]
    assert told("某县2024年6月重点项目进展表", "4月进展情况", "5月进展情况") == ["5月进展情况甲"]
    assert told("某县2024年1月重点项目进展表", "12月进展情况") == ["12月进展情况甲"]


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ('0.00"亿元"', 1.2, "1.2亿元"),
        ('#,##0.00\\ "万元"', 12000, "12000万元"),
        ('General"元"', 1.2e8, "120000000元"),
        ("0!.0,", 12000, 1.2),
        ('0\\.0,"万"', 12000, "1.2万"),
        ("0!.0000", 12000, 1.2),
        ("#,##0,", 12000, 12),
    ],
)
def test_numbers_as_their_formats_show_them(code: str, value: float, shown: Any) -> None:
    found = number_shown(code)
    assert found is not None
    assert as_shown(value, found) == shown


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "#,##0.00",
        "0%",
        'yyyy"年"m"月"',
        '0"个"',
        '0000"年"00"月"',
        "@",
        "0.00_);[Red]\\(0.00\\)",
        "# ?/?",
        "0000!.00!.00",
        '#,##0,"K"',
        '0.00,,"M"',
        '#,##0.0,," million"',
    ],
)
def test_formats_that_show_the_number_as_it_is(code: str) -> None:
    assert number_shown(code) is None


@pytest.mark.parametrize("extension", ["xlsx", "xls"])
def test_a_unit_that_only_the_format_shows_is_the_cell_s(extension: str) -> None:
    cells = [("轮毂厂", 1.2, '0.00"亿元"'), ("酒庄", 12000, "0"), ("茶厂", 0.8, "0%")]
    file = io.BytesIO()
    if extension == "xlsx":
        book = pytest.importorskip("openpyxl").Workbook()
        book.active.append(["项目名称", "总投资（万元）"])
        for name, value, code in cells:
            book.active.append([name, value])
            book.active.cell(book.active.max_row, 2).number_format = code
    else:
        xlwt = pytest.importorskip("xlwt")
        book = xlwt.Workbook()
        sheet = book.add_sheet("Sheet1")
        sheet.write(0, 0, "项目名称")
        sheet.write(0, 1, "总投资（万元）")
        for row, (name, value, code) in enumerate(cells, start=1):
            sheet.write(row, 0, name)
            sheet.write(row, 1, value, xlwt.easyxf(num_format_str=code))
    book.save(file)
    opened = open_workbook(file.getvalue())
    assert isinstance(opened, Workbook)
    first, second, third = read_workbook(opened, f"台账.{extension}", LedgerSource("410922"), "0" * 64).rows
    assert first.fields["total_investment_cny"] == 120_000_000
    assert first.raw["总投资（万元）"] == "1.2亿元"
    assert second.fields["total_investment_cny"] == 120_000_000
    assert [reason.code for reason in third.reasons] == ["percent_not_amount"]


def test_a_workbook_of_1904_is_known_by_its_own_mark() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = "项目名称"
    file = io.BytesIO()
    book.save(file)
    opened = open_workbook(file.getvalue())
    assert isinstance(opened, Workbook)
    assert opened.sheets[0].counts_from_1904
