"""Lists of problems, appeals, permit steps and promises in words nobody listed: composed headings, and several columns as proof."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.headers.header_column import interpret_column
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_: None = None


def read(*cells: Sequence[Any], name: str = "Sheet1") -> LedgerReading:
    book = Workbook("xlsx", [Sheet(name, [list(row) for row in cells])])
    return read_workbook(book, "台账.xlsx", LedgerSource("410922"), "0" * 64)


def kinds(reading: LedgerReading) -> set[str | None]:
    return {row.fields.get("problem_kind") or row.kind for row in reading.rows}


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("堵点难点描述", "subject"),
        ("需协调解决的事项", "subject"),
        ("开工前要件", "subject"),
        ("投资协议约定内容", "subject"),
        ("牵头化解单位", "owner_unit"),
        ("约定金额（万元）", "amount_cny"),
        ("公司名称", "investor_name"),
        ("发证机关", "owner_unit"),
        ("帮扶单位", "owner_unit"),
        ("配合部门", _),
        ("首席服务员", "owner_person"),
        ("联系人", _),
        ("领办县级领导", "owner_leader"),
        ("进件时间", "received_on"),
        ("要件办理时限", "due_on"),
        ("承诺解决日期", "due_on"),
        ("合同期限", _),
        ("要件取得时间", "closed_on"),
        ("验收通过时间", "closed_on"),
        ("是否足额兑现", "status"),
        ("是否超期", _),
        ("会商意见", "measure"),
        ("审核意见", _),
        ("应返还税收额", "amount_cny"),
        ("未兑现金额", _),
        ("业主单位", "investor_name"),
        ("建设内容", _),
        ("政策依据", "policy_name"),
        ("审批节点", "subject"),
        ("反映内容摘要", "subject"),
        ("承诺对象", "investor_name"),
        ("限期取得时间", "due_on"),
        ("答复部门", "owner_unit"),
        ("甲方责任", "subject"),
        ("代办业务", "subject"),
        ("结论", "status"),
        ("首接部门", "owner_unit"),
        ("接诉时间", "received_on"),
    ],
)
def test_headings_of_items_are_composed(header: str, field: str | None) -> None:
    assert interpret_column((header,), context=HeaderContext(kind="problem")).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("手续办理", "实际完成时间"), "closed_on"),
        (("办理时间", "计划办结"), "due_on"),
        (("办结时间", "实际"), "closed_on"),
        (("节点时间", "计划"), "due_on"),
        (("节点时间", "实际"), "closed_on"),
        (("奖补资金", "应奖补金额"), "amount_cny"),
        (("奖补资金", "未拨付"), _),
        (("化解情况", "化解措施"), "measure"),
        (("配合部门", "名称"), _),
        (("施工许可", "受理"), _),
    ],
)
def test_a_group_that_says_what_the_list_says_changes_nothing(path: tuple[str, ...], field: str | None) -> None:
    assert interpret_column(path, context=HeaderContext(kind="problem")).field == field


@pytest.mark.parametrize(
    ("title", "header", "kind"),
    [
        ("开发区项目推进中需协调解决事项", ["项目名称", "需协调解决的事项", "建议解决单位", "协调结果"], "problem"),
        ("要素保障卡点问题会商表", ["项目名称", "建设单位", "卡点问题", "会商意见", "主责单位"], "problem"),
        ("民营企业家座谈会意见建议办理台账", ["企业名称", "意见建议", "承办单位", "答复情况"], "appeal"),
        ("证照办理情况统计", ["建设单位", "证照名称", "发证机关", "申请日期", "发证日期"], "approval_step"),
        ("开工前审批要件推进表", ["项目名称", "所需要件", "牵头部门", "要件办理时限", "存在困难"], "approval_step"),
        ("企业服务日诉求受理单", ["来访企业", "诉求要点", "接待领导", "交办责任单位", "限时办结日期"], "appeal"),
        ("供电供水制约因素排查台账", ["项目名称", "制约因素", "建议措施", "主责部门", "完成时限"], "problem"),
        ("开工前置手续倒排工期表", ["项目名称", "前置手续", "责任单位", "倒排时限", "完成情况"], "approval_step"),
        ("享受优惠政策项目明细", ["项目名称", "投资企业", "享受政策", "责任单位"], "project"),
        ("帮办代办项目清单", ["项目名称", "建设单位", "待办手续情况", "帮办员"], "project"),
        ("项目优惠条件履行跟踪表", ["项目名称", "优惠条件", "履行主体", "履行期限", "履行进度"], "policy_promise"),
        ("重点项目问题调度表", ["项目名称", "总投资（万元）", "存在问题", "解决措施", "责任单位"], "project"),
        ("招商项目履约及政策兑现情况", ["项目名称", "投资方", "签约日期", "建设进度", "政策兑现情况"], "project"),
        ("重点项目手续办理情况", ["项目名称", "建设内容", "手续办理情况", "存在问题", "责任单位"], "project"),
    ],
)
def test_several_columns_and_the_title_tell_the_kind(title: str, header: list[str], kind: str) -> None:
    values = {"总投资（万元）": 500, "签约日期": "2025-03-01", "申请日期": "2025-03-01", "发证日期": "2025-03-09"}
    values |= dict.fromkeys(("限时办结日期", "完成时限", "倒排时限"), "2025-06-30")
    row = [values.get(text, f"{text}甲") for text in header]
    assert kinds(read([title, *[_] * (len(header) - 1)], header, row, row)) == {kind}


def test_what_hinders_a_step_is_not_the_step() -> None:
    reading = read(
        ["审批要件推进表", _, _, _],
        ["项目名称", "所需要件", "牵头部门", "存在困难"],
        ["甲项目", "环评批复", "生态环境局", "缺水资源论证"],
    )
    told = [(row.fields["subject"], row.fields["open_reason"], row.extra) for row in reading.rows]
    assert told == [("环评批复", "缺水资源论证", {})]


@pytest.mark.parametrize(
    ("header", "field", "name"),
    [
        (["项目名称", "受阻缘由症结", "破解对策", "包抓单位", "破解时限"], "subject", "受阻缘由症结"),
        (["观摩项目", "随机抽查所见问题", "整改内容", "整改牵头部门", "整改进展"], "subject", "随机抽查所见问题"),
        (["观摩项目", "观摩发现的问题", "整改措施", "整改牵头部门", "整改进展"], "project_name", "观摩项目"),
    ],
)
def test_where_no_word_is_known_the_ending_tells_the_matter_and_the_project(
    header: list[str], field: str, name: str
) -> None:
    reading = read(["问题整改台账", *[_] * (len(header) - 1)], header, [f"{text}甲" for text in header])
    assert [row.fields[field] for row in reading.rows] == [f"{name}甲"]


@pytest.mark.parametrize("length", [5, "5", "3个工作日", "5天", "20日内"])
def test_a_limit_of_so_many_days_is_no_due_date(length: Any) -> None:
    head = ["项目名称", "审批事项", "审批部门", "承诺时限", "应办结时间", "办结时间"]
    reading = read(
        ["并联审批事项督办表"],
        head,
        ["封测项目", "施工许可", "县住建局", length, "2026-07-08", "2026-07-10"],
        ["冷链项目", "环评批复", "县环保局", "即办", "2026-07-09", _],
    )
    first, second = reading.rows
    assert [(row.status, str(row.fields.get("due_on"))) for row in (first, second)] == [
        ("accepted", "2026-07-08"),
        ("accepted", "2026-07-09"),
    ]
    assert first.extra == {"承诺时限": str(length)}


def test_a_limit_of_days_in_its_unit_is_no_due_date() -> None:
    head = ["项目名称", "审批事项", "审批部门", "承诺时限（天）", "应办结时间"]
    (row,) = read(["审批事项督办表"], head, ["封测项目", "施工许可", "县住建局", 3, "2026-07-08"]).rows
    assert (row.status, str(row.fields["due_on"])) == ("accepted", "2026-07-08")


def test_a_limit_among_days_stays_a_date() -> None:
    head = ["项目名称", "审批事项", "审批部门", "承诺时限", "办结时间"]
    reading = read(
        ["审批事项督办表"],
        head,
        ["封测项目", "施工许可", "县住建局", "2026-07-08", "2026-07-10"],
        ["冷链项目", "环评批复", "县环保局", "3个工作日", _],
    )
    assert [str(row.fields.get("due_on")) for row in reading.rows] == ["2026-07-08", "None"]


def test_a_state_under_a_title_of_problems_is_no_project_s() -> None:
    head = ["项目名称", "要素类别", "存在困难", "解决措施", "责任单位", "责任人", "完成时限", "状态"]
    cells = ["封测项目", "用地", "缺地35亩", "追加指标", "县自然资源局", "张伟", "2026-05-15", "办理中"]
    assert kinds(read(["项目要素保障问题清单"], head, cells)) == {"problem"}
    assert kinds(read(["在建项目台账"], head, cells)) == {"project"}


def test_rows_of_states_are_no_headers() -> None:
    steps = read(
        ["审批手续台账"],
        ["项目名称", "手续名称", "责任单位", "办理状态", "结果"],
        ["甲项目", "项目备案", "发改局", "已办结", "通过"],
        ["乙项目", "施工许可", "住建局", "办理中", "未批"],
    )
    assert [row.fields["subject"] for row in steps.rows] == ["项目备案", "施工许可"]
    projects = read(
        ["项目台账"],
        ["项目名称", "建设性质", "当前阶段", "立项", "环评", "施工许可"],
        ["甲项目", "新建", "在建", "已备案", "已批复", "已办理"],
        ["乙项目", "扩建", "签约", "备案", "批复", "办理中"],
    )
    assert [row.fields["stage"] for row in projects.rows] == ["started", "signed"]


def test_a_row_of_states_and_a_day_below_a_heading_is_no_header() -> None:
    reading = read(
        ["审批手续台账"],
        ["项目名称", "审批事项", "审批部门", "受理时间", "办结情况", "办理状态"],
        ["一、已办结", _, _, _, _, _],
        ["甲项目", "备案", "发改局", "2026-03-01", "已办结", "办结"],
        ["乙项目", "环评", "环保局", "2026-03-02", "已办结", "办结"],
    )
    assert [row.fields["project_name"] for row in reading.rows] == ["甲项目", "乙项目"]


def test_steps_in_columns_of_their_own_are_the_steps_of_their_project() -> None:
    reading = read(
        ["项目手续办理情况表"],
        ["序号", "项目名称", "立项备案", "用地手续", "环评批复", "施工许可"],
        [1, "甲面粉项目", "已办结", "办理中", "未办理", "未办理"],
        [2, "乙轴承项目", "已办结", "已办结", "办理中", "未办理"],
    )
    assert kinds(reading) == {"approval_step"}
    assert [row.fields["project_name"] for row in reading.rows] == ["甲面粉项目", "乙轴承项目"]
    assert [(step.step, step.status) for step in next(iter(reading.rows)).steps] == [
        ("立项备案", "已办理"),
        ("用地手续", "办理中"),
        ("环评批复", "未办理"),
        ("施工许可", "未办理"),
    ]


def test_a_heading_says_how_the_rows_below_it_stand_where_they_do_not_say_it_themselves() -> None:
    head = ["序号", "企业", "问题", "承办单位", "办理进展"]
    reading = read(
        ["企业反映问题办理情况"],
        head,
        ["一、已办结（2个）"],
        [1, "联合粮机", "道路扬尘", "城管局", "已洒水降尘"],
        [2, "双龙铸造", "电价", "供电公司", "正在办理"],
        ["二、正在办理（1个）"],
        [3, "中原种业", "仓储用地", "自规局", _],
    )
    assert [row.fields.get("state") for row in reading.rows] == ["done", "open", "open"]
