"""Ledgers of offices that do not attract investment but track its projects: permits, promises, receptions, land, grids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.interpretation import interpret_columns
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None
Cells = Sequence[Sequence[Any]]


def read(cells: Cells, name: str = "Sheet1") -> LedgerReading:
    book = Workbook("xlsx", [Sheet(name, [list(row) for row in cells])])
    return read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)


def accepted(reading: LedgerReading, field: str) -> list[Any]:
    return [row.fields.get(field) for row in reading.rows if row.status == "accepted"]


def kinds(reading: LedgerReading) -> set[str]:
    return {row.kind for row in reading.rows}


def field_of(header: str, kind: str | None = None) -> str | None:
    paths = [("备注" if kind else "项目名称",), tuple(header.split(" > "))]
    return interpret_columns(paths, context=HeaderContext(kind=kind))[-1].field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("纳税人名称", "project_company"),
        ("土地使用权人", "project_company"),
        ("借款人", "project_company"),
        ("用电户名", "project_company"),
        ("用电地址", "location"),
        ("投资人/举办者", "investor_name"),
        ("侨商姓名", "investor_name"),
        ("责任股室", "responsible_unit"),
        ("我市责任单位", "responsible_unit"),
        ("社区责任人", "responsible_person"),
        ("到位资金（万元） > 其中：国企方", "funds_arrived_cumulative_own_side_cny"),
        ("拟并网时间", "planned_production_on"),
        ("年初至本旬末累计完成投资（万元）", "investment_done_ytd_cny"),
        ("完成处置时限", "due_on"),
        ("闲置原因", "problem"),
        ("未入统原因", "problem"),
        ("统计部门口径 > 入统时间", "statistics_entered_on"),
        ("公司登记日期", "registered_on"),
        ("登记日期", _),
        ("企业全称", _),
        ("并网容量（MW）", _),
        ("用地单位", _),
    ],
)
def test_what_other_offices_call_their_columns(header: str, field: str | None) -> None:
    assert field_of(header) == field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("市级牵头部门", "owner_unit"),
        ("转办单位", "owner_unit"),
        ("政府承诺内容", "subject"),
        ("应奖补金额（万元）", "amount_cny"),
        ("计划兑付期限", "due_on"),
        ("解决进度", "status"),
        ("受奖企业", "investor_name"),
        ("需县里协调解决的问题", "subject"),
    ],
)
def test_what_lists_of_problems_steps_and_promises_call_them(header: str, field: str) -> None:
    assert field_of(header, "problem") == field


def test_steps_in_columns_beside_a_project_make_it_no_list_of_steps() -> None:
    reading = read(
        [
            ["项目投资帮办代办工作台账", _, _, _, _, _, _],
            ["项目代码", "项目名称", "总投资（万元）", "办理事项及进度", _, _, _],
            [_, _, _, "立项备案", _, "施工许可", _],
            [_, _, _, "受理", "办结", "受理", "办结"],
            ["2409-411023-04-01-552301", "轮毂厂", 26101, "2025.3.1", "2025.3.4", "2025.6.1", _],
        ]
    )
    assert kinds(reading) == {"project"}
    assert accepted(reading, "total_investment_cny") == [261_010_000]


def test_what_a_list_of_appeals_is_about_may_be_told_by_its_ending() -> None:
    reading = read(
        [
            ["营商环境投诉举报办理台账", _, _, _, _],
            ["来件时间", "投诉企业", "投诉起因及内容", "限办时间", "处理情况"],
            ["2025/3/1", "甲公司", "拖欠工程款", "2025/4/1", "已协调"],
        ]
    )
    assert kinds(reading) == {"problem"}
    assert accepted(reading, "subject") == ["拖欠工程款"]


def test_promises_paid_out_to_enterprises_are_read() -> None:
    reading = read(
        [
            ["2025年免申即享惠企资金拨付公示", _, _, _, _],
            ["企业名称", "政策名称", "拨付金额（万元）", "拨付日期", "责任单位"],
            ["甲公司", "首次入规奖励", 20, "2025-05-04", "县工信局"],
        ]
    )
    assert kinds(reading) == {"problem"}
    assert accepted(reading, "problem_kind") == ["policy_promise"]
    assert accepted(reading, "amount_cny") == [200_000]


def test_visitors_received_are_no_projects_and_no_trips_begin_with_them() -> None:
    reading = read(
        [
            ["客商接待安排及跟踪表", _, _, _, _],
            ["来访日期", "客商单位", "接待领导", "洽谈项目", "反馈意见"],
            ["2025年3月1日", "甲公司", "张三", "预制菜项目", "对政策满意"],
        ]
    )
    assert kinds(reading) == {"outreach"}
    assert accepted(reading, "visited_company") == ["甲公司"]
    assert accepted(reading, "start_on") == [_]


def test_going_out_and_inviting_in_is_outreach() -> None:
    reading = read(
        [
            ["“走出去、请进来”招商活动一览表", _, _, _, _],
            ["活动形式", "时间", "地点", "对接企业", "主要成果"],
            ["走出去", "2025.3.1", "杭州", "甲公司", "签订协议"],
        ]
    )
    assert kinds(reading) == {"outreach"}
    assert accepted(reading, "destination") == ["杭州"]


def test_a_lone_column_of_projects_names_them_beside_what_only_projects_have() -> None:
    header = ["办学项目", "举办方", "投资额（万元）", "工作进展"]
    reading = read([header, ["双语国际学校", "甲公司", 30000, "选址"], ["职业学院", "乙公司", 50000, "已签约"]])
    assert accepted(reading, "project_name") == ["双语国际学校", "职业学院"]


def test_a_sheet_named_after_a_step_does_not_deny_the_start() -> None:
    cells = [["项目名称", "总投资（亿元）", "实际开工日期"], ["轮毂厂", 6.5, "2025-03-01"]]
    assert accepted(read(cells, name="供地台账"), "stage") == ["started"]
    assert accepted(read(cells, name="未开工"), "stage") == [_]


def test_what_has_not_happened_yet_has_no_date_and_is_no_fault() -> None:
    cells = [["项目名称", "总投资（亿元）", "入统时间", "投产时间"], ["轮毂厂", 6.5, "未入统", "尚未并网"]]
    assert accepted(read(cells), "statistics_entered_on") == [_]


def test_a_count_of_foreign_projects_is_no_foreign_capital() -> None:
    reading = read(
        [
            ["行业类别", "已到位资金（亿元）", "其中：外资项目个数", "实际利用内资（亿元）"],
            ["装备制造", 8.5, 3, 2.5],
            ["食品加工", 6.5, 0, 1.5],
        ]
    )
    assert kinds(reading) == {"summary"}
    assert [[one.indicator for one in row.summary_values] for row in reading.rows] == [
        ["funds_arrived", "projects", "funds_arrived"]
    ] * 2


@pytest.mark.parametrize(
    ("header", "kind", "field"),
    [
        ("问题化解责任部门", "problem", "owner_unit"),
        ("阻工问题", "problem", "subject"),
        ("承诺解决日期", "problem", "due_on"),
        ("承诺时间", "problem", _),
        ("最终批复日期", "problem", "closed_on"),
        ("问题发现时间", "problem", "received_on"),
        ("诉求办理进展情况", "problem", "status"),
        ("问题化解责任人", "problem", "owner_person"),
        ("出访城市", "outreach", "destination"),
        ("本周走访企业", "outreach", "visited_company"),
        ("来访时间", "outreach", "received_on"),
        ("会谈取得成果", "outreach", "result_note"),
    ],
)
def test_phrases_name_columns_of_problems_and_trips(header: str, kind: str, field: str | None) -> None:
    assert field_of(header, kind) == field


def test_what_came_in_and_was_closed_on_a_day_is_a_list_of_problems() -> None:
    reading = read(
        [
            ["企业名称", "需求内容", "提出时间", "责任单位", "拟解决时间", "解决情况"],
            ["甲公司", "新增变压器", "2025.3.1", "县供电公司", "2025.4.1", "协调中"],
        ]
    )
    assert kinds(reading) == {"problem"}
    assert accepted(reading, "owner_unit") == ["县供电公司"]


def test_projects_with_promises_and_problems_stay_projects() -> None:
    promised = ["项目名称", "投资方", "协议总投资（亿元）", "签约时间", "政府承诺事项", "承诺兑现情况"]
    reading = read(
        [["签约项目政策承诺及履约情况", *[_] * 5], promised, ["轮毂厂", "甲公司", 3, "2025.1.3", "代建厂房", "已兑现"]]
    )
    assert kinds(reading) == {"project"}
    assert accepted(reading, "total_investment_cny") == [300_000_000]


def test_a_day_a_city_and_somebody_met_is_a_trip() -> None:
    reading = read(
        [
            ["驻深圳联络处工作台账", _, _, _],
            ["日期", "拜访对象", "地点", "商谈内容"],
            ["2025-03-01", "甲公司", "深圳", "介绍园区政策"],
        ]
    )
    assert kinds(reading) == {"outreach"}
    assert accepted(reading, "result_note") == ["介绍园区政策"]


def test_targets_of_quarters_are_not_taken_for_the_years() -> None:
    reading = read(
        [
            ["招商目标分解", _, _],
            ["责任单位", "全年", "一季度"],
            [_, "签约（个）", "签约（个）"],
            ["县工信局", 8, 2],
            ["县商务局", 6, 1],
        ]
    )
    assert [[(one.measure, one.scope, one.value) for one in row.summary_values] for row in reading.rows] == [
        [("target", "year", 8)],
        [("target", "year", 6)],
    ]


def test_what_is_to_come_does_not_tell_the_month_reported() -> None:
    reading = read(
        [
            ["重点项目进度表", _, _],
            ["报送时间：2025年8月5日", _, _],
            ["项目名称", "1-7月完成投资（万元）", "攻坚目标（6-8月）"],
            ["轮毂厂", 2050, "设备安装"],
        ]
    )
    assert accepted(reading, "investment_done_ytd_cny") == [20_500_000]


@pytest.mark.parametrize("header", ["对接企业情况", "洽谈项目情况"])
def test_what_tells_of_companies_and_projects_names_none(header: str) -> None:
    assert field_of(header) is None


def test_counts_of_trips_by_units_are_a_summary() -> None:
    reading = read(
        [
            ["县直单位外出招商工作考核", _, _],
            ["单位", "外出招商次数", _],
            [_, "目标", "完成"],
            ["县工信局", 8, 6],
            ["县商务局", 6, 3],
        ]
    )
    assert kinds(reading) == {"summary"}
    assert [[one.indicator for one in row.summary_values] for row in reading.rows] == [["outreach_trips"] * 2] * 2


def test_defects_to_be_made_good_are_steps() -> None:
    header = ["项目名称", "容缺事项", "承诺补正时限", "补正完成时间", "责任窗口", "补正状态"]
    reading = read([header, ["轮毂厂", "资金证明", "2025年8月1日", _, "住建窗口", "超期"]])
    assert kinds(reading) == {"problem"}
    assert accepted(reading, "subject") == ["资金证明"]
    assert accepted(reading, "owner_unit") == ["住建窗口"]


def test_a_matter_and_what_becomes_of_it_is_a_problem_where_no_project_is_named() -> None:
    reading = read(
        [["痛点表现", "整治措施", "整治牵头单位", "整治期限"], ["多头检查", "综合查一次", "县司法局", "2025年8月1日"]]
    )
    assert kinds(reading) == {"problem"}
    assert accepted(reading, "due_on") == [dt.date(2025, 8, 1)]


@pytest.mark.parametrize(
    "cells",
    [
        [
            ["已享受政策项目清单", _, _, _, _],
            ["项目名称", "项目公司", "总投资（万元）", "投产时间", "享受政策情况", "兑现金额（万元）"],
            ["轮毂厂", "甲公司", 5000, "2025-03", "税收奖励", 30],
        ],
        [
            ["项目名称", "建设内容", "提出时间", "部门意见", "完成时间", "责任单位", "进展情况"],
            ["轮毂厂", "厂房两栋", "2025-03-01", "同意入库", "2026-03", "县工信局", "编制可研"],
        ],
    ],
)
def test_lists_of_projects_stay_lists_of_projects(cells: Cells) -> None:
    assert kinds(read(cells)) == {"project"}


def test_a_title_names_the_indicator_of_columns_that_say_only_target() -> None:
    reading = read(
        [
            ["省外资金到位情况分县区统计", _, _],
            ["县区", "本月到位（亿元）", "年度目标（亿元）"],
            ["临川县", 3, 50],
            ["安阜市", 2, 40],
        ]
    )
    assert [[(one.indicator, one.measure) for one in row.summary_values] for row in reading.rows] == [
        [("funds_arrived", "done"), ("funds_arrived", "target")]
    ] * 2


def test_papers_to_be_had_for_a_project_are_steps() -> None:
    header = ["项目名称", "要件名称", "编制单位", "审批单位", "计划办结时间", "完成情况"]
    reading = read([header, ["轮毂厂", "稳评报告", "省规划院", "县发改局", "2025-08", "编制中"]])
    assert kinds(reading) == {"problem"}
    assert accepted(reading, "subject") == ["稳评报告"]


def test_a_log_of_visits_is_outreach_though_no_place_is_told() -> None:
    reading = read([["日期", "拜访企业", "企业地址", "沟通要点"], ["2025-03-01", "甲公司", "上海松江", "扩产计划"]])
    assert kinds(reading) == {"outreach"}
