"""Columns that no wording names are told by their cells: the names of the projects, and the numbers of the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.ledgers.ledger import LedgerSource, read_ledger
from ingest.ledgers.ledger_types import LedgerReading, TableReading


def _read(title: str, header: str, rows: Sequence[str]) -> LedgerReading:
    text = "\n".join([title + "," * header.count(","), header, *rows])
    return read_ledger(text.encode(), "台账.csv", LedgerSource(None))


def _table(title: str, header: str, rows: Sequence[str]) -> TableReading:
    (table,) = _read(title, header, rows).sheets[0].tables
    return table


def _fields(table: TableReading) -> dict[str, str | None]:
    return {column.meaning.header: column.meaning.field for column in table.columns}


def test_names_below_an_unknown_heading_name_the_projects_of_a_titled_list() -> None:
    rows = ["1,石门年产5万吨饲料项目,浙江甲公司,3500", "2,沙河智能仓储物流园项目,福建乙公司,1200"]
    table = _table("某县引资项目到位资金核报表", "核报序,核报项目,某某方,本年到位资金（万元）", rows)
    assert table.kind == "project"
    assert _fields(table)["核报项目"] == "project_name"
    assert _fields(table)["核报序"] == "sequence_no"
    assert table.fields["project_name"] == ["石门年产5万吨饲料项目", "沙河智能仓储物流园项目"]


def test_a_company_does_not_stand_for_a_project_that_the_cells_name() -> None:
    rows = ["石门饲料加工项目,石门甲饲料有限公司,2026.3.1", "沙河仓储物流园项目,沙河乙物流有限公司,2026.4.2"]
    table = _table("亿元项目通报", "上榜项目,建设主体,开工时间", rows)
    assert table.fields["project_name"] == ["石门饲料加工项目", "沙河仓储物流园项目"]


def test_names_of_works_that_nobody_attracted_make_no_projects() -> None:
    rows = ["石门镇道路硬化项目,120,石门镇", "沙河镇饮水安全项目,80,沙河镇"]
    kinds = {
        table.kind
        for sheet in _read("涉农资金整合使用情况", "整合项目,下达资金（万元）,实施单位", rows).sheets
        for table in sheet.tables
    }
    assert "project" not in kinds


def test_stages_below_the_heading_of_names_are_no_names() -> None:
    rows = ["沙河光学镜头项目,浙江甲公司,3500,已投产", "石门绿色建材项目,福建乙公司,1200,在建"]
    table = _table("招商项目台账", "转移项目,投资方,总投资（万元）,项目状况", rows)
    assert table.fields["project_name"] == ["沙河光学镜头项目", "石门绿色建材项目"]
    assert table.fields["stage"] == ["in_production", "started"]


def test_a_first_column_that_counts_its_rows_has_their_numbers() -> None:
    header = "谱号,项目名称,投资方,总投资（万元）"
    counted = ["1,甲项目,甲公司,3500", "2,乙项目,乙公司,1200", "3,丙项目,丙公司,800"]
    coded = ["11,甲项目,甲公司,3500", "25,乙项目,乙公司,1200", "7,丙项目,丙公司,800"]
    assert _fields(_table("招商项目台账", header, counted))["谱号"] == "sequence_no"
    assert _fields(_table("招商项目台账", header, coded))["谱号"] is None


def test_what_projects_given_up_were_is_read() -> None:
    header = "序号,原签约项目,原投资方,原签约时间,原协议总投资（万元）,退出原因"
    rows = [
        "1,石门饲料加工项目,浙江甲公司,2024.3.1,3500,资金不足",
        "2,沙河仓储项目,福建乙公司,2024.5.1,1200,用地未落实",
    ]
    table = _table("招商引资项目退出情况表", header, rows)
    assert table.fields["investor_name"] == ["浙江甲公司", "福建乙公司"]
    assert table.fields["project_name"] == ["石门饲料加工项目", "沙河仓储项目"]
    assert _fields(table)["原签约时间"] == "signed_on"


def test_a_former_name_beside_a_present_one_stays_another() -> None:
    header = "序号,项目名称,原投资方,投资方,总投资（万元）"
    rows = ["1,石门饲料加工项目,丙公司,浙江甲公司,3500", "2,沙河仓储项目,丁公司,福建乙公司,1200"]
    fields = _fields(_table("终止后重启招商项目台账", header, rows))
    assert (fields["原投资方"], fields["投资方"]) == (None, "investor_name")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("畜牧局责任人", "responsible_person"),
        ("土地储备中心联系人", "responsible_person"),
        ("配合部门责任人", None),
        ("企业服务中心联系人", None),
        ("拟协调措施及时限", "measure"),
        ("拟采取措施及完成时限", "measure"),
        ("研发中心责任人", None),
    ],
)
def test_persons_of_any_office_answer(header: str, field: str | None) -> None:
    assert interpret_column((header,), context=HeaderContext()).field == field


@pytest.mark.parametrize("cell", ["正在办理", "未签", "办理中"])
def test_a_day_that_is_yet_to_come_rejects_no_row(cell: str) -> None:
    table = _table(
        "招商项目台账", "项目名称,投资方,签约日期", [f"甲项目,浙江甲公司,{cell}", "乙项目,福建乙公司,2026.3.1"]
    )
    assert table.fields["signed_on"] == [None, dt.date(2026, 3, 1)]
    assert table.reasons == {}


def test_a_bare_event_over_days_is_their_date_though_one_is_yet_to_come() -> None:
    rows = ["1,甲项目,浙江甲公司,2026.3.1", "2,乙项目,福建乙公司,2026年4月", "3,丙项目,江苏丙公司,正在办理"]
    table = _table("招商项目台账", "序号,项目名称,投资方,公司注册", rows)
    assert table.fields["registered_on"] == [dt.date(2026, 3, 1), dt.date(2026, 4, 1), None]


def test_the_countys_own_unit_answers_before_the_citys() -> None:
    header = "项目名称,投资方,省级责任单位,市级责任单位,县级责任单位"
    rows = ["甲项目,浙江甲公司,省发改委,市发改委,县发改委", "乙项目,福建乙公司,省工信厅,市工信局,县工信局"]
    assert _table("招商项目台账", header, rows).fields["responsible_unit"] == ["县发改委", "县工信局"]


def test_names_below_a_group_of_the_companys_are_names_of_companies() -> None:
    text = "招商项目洽谈表,,,\n项目信息,,企业信息,\n名称,拟投资（万元）,名称,签约时间\n"
    text += "甲项目,3500,浙江甲有限公司,2026.3.1\n乙项目,1200,福建乙有限公司,2026.4.1\n"
    (table,) = read_ledger(text.encode(), "台账.csv", LedgerSource(None)).sheets[0].tables
    assert table.fields["investor_name"] == ["浙江甲有限公司", "福建乙有限公司"]


def test_what_is_done_beside_a_total_is_done_of_it() -> None:
    rows = ["甲项目,浙江甲公司,3500,1200,300", "乙项目,福建乙公司,1200,800,200"]
    fields = _fields(_table("招商项目台账", "项目名称,投资方,总投资（万元）,已完成（万元）,2026年完成（万元）", rows))
    assert fields["已完成（万元）"] == "investment_done_cumulative_cny"
    fields = _fields(_table("招商项目台账", "项目名称,投资方,总投资（万元）,累计完成（万元）,责任人", rows))
    assert fields["累计完成（万元）"] is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("今年以来累计投资", "investment_done_ytd_cny"),
        ("今年以来累计到位资金", "funds_arrived_ytd_cny"),
        ("卡点问题及诉求", "problem"),
        ("开工条件 > 规划", None),
        ("实到位资金（万元）", "funds_arrived_cumulative_cny"),
        ("应到位资金（万元）", None),
    ],
)
def test_words_of_times_conditions_and_troubles(header: str, field: str | None) -> None:
    path = tuple(header.split(" > "))
    assert interpret_column(path, context=HeaderContext(report_year=2026)).field == field


def test_a_name_of_the_project_in_some_list_names_it() -> None:
    rows = ["石门饲料加工项目,3500,2026.3", "沙河仓储物流园项目,1200,2026.4"]
    table = _table("百项重点项目纳统表", "项目纳统名称,总投资（万元）,纳统时间", rows)
    assert table.fields["project_name"] == ["石门饲料加工项目", "沙河仓储物流园项目"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("问题 > 责任科室", "problem_owner"),
        ("问题清单 > 主管科室", "problem_owner"),
        ("投资方 > 固定电话", None),
        ("客商信息 > 咨询电话", None),
        ("老厂 > 开工时间", None),
        ("上级部门 > 联系人", None),
        ("企业（企业全称）", None),
    ],
)
def test_whose_office_phone_and_works_a_group_says(header: str, field: str | None) -> None:
    assert interpret_column(tuple(header.split(" > ")), context=HeaderContext()).field == field
