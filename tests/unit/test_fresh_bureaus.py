"""What bureaus wrote that no list had: events with dates below, fairs above rows, notes beside percentages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None


def read(cells: Sequence[Sequence[Any]]) -> LedgerReading:
    book = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in cells])])
    return read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)


def column(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted"]


def fields_of(*headers: str) -> list[str | None]:
    named = any("项目名称" in header for header in headers)
    paths = [tuple(header.split(" > ")) for header in (*([] if named else ["项目名称"]), *headers)]
    return [meaning.field for meaning in interpret_columns(paths, context=HeaderContext())][-len(headers) :]


def test_an_event_above_dates_is_its_time() -> None:
    reading = read(
        [
            ["项目名称", "总投资（万元）", "协议签订", "正式动工", "投产"],
            ["甲厂", 100, "2023.5.6", "2023.11", "2024.6"],
            ["乙厂", 200, "2024.8.1", _, "—"],
        ]
    )
    assert [str(day) for day in column(reading, "signed_on")] == ["2023-05-06", "2024-08-01"]
    assert [str(day) for day in column(reading, "started_on")] == ["2023-11-01", "None"]
    assert [str(day) for day in column(reading, "production_on")] == ["2024-06-01", "None"]


@pytest.mark.parametrize("cells", [("是", "否"), ("√", "2024.6"), ("2024年", "2023年"), (3, 4)])
def test_an_event_above_anything_else_is_no_time(cells: tuple[Any, Any]) -> None:
    reading = read([["项目名称", "总投资（万元）", "投产"], ["甲厂", 100, cells[0]], ["乙厂", 200, cells[1]]])
    assert column(reading, "production_on") == [None, None]


def test_two_columns_of_one_event_leave_it_open() -> None:
    reading = read([["项目名称", "总投资（万元）", "签约", "协议签订"], ["甲厂", 100, "2023.5.6", "2023.6.1"]])
    assert column(reading, "signed_on") == [None]


def test_an_event_does_not_take_the_place_of_its_time() -> None:
    reading = read([["项目名称", "总投资（万元）", "开工", "开工时间"], ["甲厂", 100, "2023.5.6", "2023.6.1"]])
    assert [str(day) for day in column(reading, "started_on")] == ["2023-06-01"]


@pytest.mark.parametrize(
    ("heading", "event"),
    [
        ("一、第二十九届兰洽会签约项目", "第二十九届兰洽会"),
        ("（二）食品博览会集中签约项目（1个）", "食品博览会"),
        ("三、2023进博会甘肃专场签约项目", "2023进博会甘肃专场"),
        ("四、异地商会签约项目", None),
    ],
)
def test_a_fair_above_rows_is_their_signing_event(heading: str, event: str | None) -> None:
    reading = read([["序号", "项目名称", "总投资（万元）"], [heading, _, _], [1, "甲厂", 100], [2, "乙厂", 200]])
    assert column(reading, "signing_event") == [event, event]


def test_the_note_that_a_column_of_percentages_kept_goes_to_the_next() -> None:
    reading = read(
        [
            ["项目名称", "总投资（亿元）", "工程进度", "本周进展"],
            ["北梁风电", 6.8, "63%", "吊装机组11台"],
            ["西坡风电", 3.2, "0%", "升压站征地"],
        ]
    )
    assert column(reading, "progress_note") == ["吊装机组11台", "升压站征地"]
    assert [float(rate) for rate in column(reading, "progress_rate")] == [0.63, 0]


def test_stages_listed_behind_progress_make_it_the_stage() -> None:
    reading = read(
        [
            ["项目名称", "投资额（亿元）", "签约时间", "进度（在谈/签约/开工/投产）"],
            ["肉牛加工厂", 1.2, "2024-04-11", "开工"],
            ["蛋品深加工", 0.9, "2024-02-26", "投产"],
        ]
    )
    assert column(reading, "stage") == ["started", "in_production"]


def test_values_of_another_class_unmap_a_column() -> None:
    assert fields_of("投资类别（审批/核准/备案）") == [None]
    assert fields_of("投资方式（独资/合资）") == ["investment_form"]


def test_an_enterprise_brought_in_is_the_company_beside_its_investor() -> None:
    assert fields_of("引进企业名称", "东部投资企业") == ["project_company", "investor_name"]
    assert fields_of("引进企业名称") == ["investor_name"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("累计完成投资（万元） > 开工至本月底", "investment_done_cumulative_cny"),
        ("累计完成投资（万元） > 开工至上年底", None),
        ("跟踪责任科室", "tracking_unit"),
        ("责任乡镇/部门", "responsible_unit"),
        ("项目编码（招商系统）", "project_code"),
        ("出资方所在省市", "investor_origin"),
        ("央企名称（集团）", "investor_name"),
        ("转出企业", "investor_name"),
        ("我方联系人", "responsible_person"),
        ("央企联系人", None),
        ("技改主要内容", "project_content"),
        ("项目来源（线索提供单位）", "introducing_unit"),
        ("最近一次对接情况", "progress_note"),
        ("客商诉求", "problem"),
        ("意向投资（万元）", "total_investment_cny"),
        ("总投（亿元）", "total_investment_cny"),
        ("合作协议类型", "agreement_type"),
        ("业主", "project_company"),
        ("园区责任人", "responsible_person"),
        ("飞入园区", "park_name"),
        ("在谈项目 > 进展", "progress_note"),
        ("进度（签约/注册/开工/投产）", "stage"),
        ("建设进度（开工/封顶/竣工）", "stage"),
        ("项目类型（立项/备案）", "project_category"),
        ("现阶段情况", "progress_note"),
        ("分管局领导", "responsible_leader"),
    ],
)
def test_wordings_that_lists_had_not_seen(header: str, field: str | None) -> None:
    assert fields_of(header) == [field]


def test_the_former_project_is_the_row_s_where_nothing_else_is() -> None:
    listed = ["甲厂", "乙公司", 2.8, "2021.7.8"]
    reading = read([["原项目名称", "投资人", "总投资（亿元）", "签约时间"], listed])
    assert column(reading, "project_name") == ["甲厂"]
    reading = read([["原项目名称", "项目名称", "总投资（亿元）", "签约时间"], listed])
    assert column(reading, "project_name") == ["乙公司"]


def test_progress_of_nothing_but_stages_is_the_stage() -> None:
    reading = read(
        [
            ["项目名称", "总投资（亿元）", "开工时间", "项目进度", "本月进展"],
            ["智慧冷链", 4.6, "2023年12月", "竣工", "试运行"],
            ["防水卷材", 3.0, _, "已签约", "—"],
            ["功能饮料", 3.0, "2024年9月", "洽谈中", _],
        ]
    )
    assert column(reading, "stage") == ["completed", "signed", "talks"]
    assert column(reading, "progress_note") == ["试运行", None, None]


@pytest.mark.parametrize("notes", [("在建", "主体封顶"), ("设备安装", "设备安装"), ("在建", "停工")])
def test_progress_that_says_more_stays_the_note(notes: tuple[str, str]) -> None:
    reading = read([["项目名称", "总投资（亿元）", "项目进度"], ["甲厂", 1, notes[0]], ["乙厂", 2, notes[1]]])
    assert column(reading, "progress_note") == list(notes)


def test_beside_a_stage_progress_stays_the_note() -> None:
    reading = read(
        [
            ["项目名称", "总投资（亿元）", "项目阶段", "项目进度"],
            ["甲厂", 1, "开工", "在建"],
            ["乙厂", 2, "投产", "竣工"],
        ]
    )
    assert column(reading, "stage") == ["started", "in_production"]
    assert column(reading, "progress_note") == ["在建", "竣工"]


def test_a_chinese_full_stop_parts_a_date_and_a_talk_going_on_is_no_date() -> None:
    cells = [["甲厂", 1, "2024。3。5"], ["乙厂", 2, "正在谈"]]
    reading = read([["项目名称", "总投资（亿元）", "签约时间"], *cells])
    assert [str(day) for day in column(reading, "signed_on")] == ["2024-03-05", "None"]
    assert column(reading, "stage") == ["signed", "talks"]


def test_a_building_completed_is_no_project_completed() -> None:
    assert fields_of("厂房 > 竣工时间") == [None]


def test_projects_that_posts_bring_in_are_projects_and_trips_stay_trips() -> None:
    headers = ["驻点城市", "驻点负责人", "拜访企业数（家）", "在谈项目名称", "投资方", "意向投资额（亿元）"]
    rows = [["上海", "舒某", 12, "控制器", "甲公司", 1.5], ["深圳", "米某", 9, "电池回收", "乙公司", 8]]
    reading = read([["驻点招商工作情况统计表"], headers, *rows])
    assert column(reading, "project_name") == ["控制器", "电池回收"]
    days = [[*row, day] for row, day in zip(rows, ("2024-03-01", "2024-03-09"), strict=True)]
    trips = read([["外出招商情况统计表"], [*headers, "外出时间"], *days])
    assert {row.kind for row in trips.rows} == {"outreach"}
