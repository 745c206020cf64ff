"""Tables that use the words of ours and are none: purchases, budgets, land sales, rosters; and lists of projects that look like them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.kinds.ledger_kind import decide_kind
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger


def kind(title: str, headers: str) -> str | None:
    return decide_kind([(header,) for header in headers.split("|")], [title, "Sheet1"], HeaderContext()).kind


def read(*sheets: tuple[str, list[list[object]]]) -> LedgerReading:
    """A workbook file of such sheets, as the reader takes it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return read_ledger(file.getvalue(), "台账.xlsx", LedgerSource("410922"))


PROJECTS: list[list[object]] = [
    ["招商引资签约项目台账"],
    ["序号", "项目名称", "投资方", "总投资（亿元）", "签约时间"],
    [1, "甲食品加工项目", "甲公司", 1.2, "2025-03-04"],
    [2, "乙轴承项目", "乙公司", 3, "2025-05-06"],
]


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("政府采购计划表", "序号|采购项目名称|采购单位|采购方式|预算金额（万元）|中标供应商"),
        ("部门支出预算表", "序号|项目名称|预算金额（万元）|支出科目|备注"),
        ("活动经费明细", "项目|单价（元）|数量|金额（元）"),
        ("国有土地出让台账", "地块编号|位置|面积（亩）|出让方式|成交价（万元）|受让单位"),
        ("标准化厂房台账", "厂房名称|位置|层数|租金（元/㎡）|业主|联系电话"),
        ("招商中心考勤表", "姓名|出勤天数|外出招商天数|请假天数"),
        ("科研课题申报表", "项目名称|项目负责人|资助金额（万元）"),
        ("采购合同台账", "合同编号|合同名称|供应商|合同金额（元）|签订日期"),
        ("差旅费报销表", "出差人|目的地|天数|住宿费|交通费"),
        ("资金支付明细", "项目名称|付款日期|付款金额（元）|收款单位"),
        ("物业服务合同一览", "合同名称|甲方|乙方|合同金额（元）|签订日期|服务期限"),
        ("消防验收项目登记", "项目名称|建设单位|建筑面积|申请日期|验收日期|验收结论"),
        ("土地征收补偿进度表", "项目名称|涉及村|征地面积（亩）|补偿款（万元）|签约户数|剩余户数"),
        ("专项资金评审结果", "序号|项目名称|申报单位|申请金额（万元）|专家评分|拟支持金额（万元）"),
    ],
)
def test_other_business_makes_no_projects_and_no_trips(title: str, headers: str) -> None:
    assert kind(title, headers) not in ("project", "outreach")


@pytest.mark.parametrize(
    ("title", "headers"),
    [
        ("政府投资项目台账", "项目名称|建设内容|总投资（万元）|招标方式|中标单位|合同金额（万元）|开工时间"),
        ("招商合同台账", "项目名称|投资方|合同金额（万元）|签约时间"),
        ("项目用地情况", "项目名称|投资方|建设内容|用地面积（亩）|供地方式|开工时间"),
        ("招商项目预算投资表", "项目名称|投资企业|计划总投资（万元）|开工时间"),
        ("招商项目用地保障表", "项目名称|投资方|总投资（亿元）|征收户数|剩余户数|签约时间"),
        ("标准化厂房租赁合同项目", "项目名称|投资方|总投资（万元）|签约时间|开工时间|责任单位"),
        ("投产项目验收情况", "项目名称|投资方|总投资（万元）|竣工时间|验收结论"),
    ],
)
def test_projects_that_also_say_who_won_a_tender_stay_projects(title: str, headers: str) -> None:
    assert kind(title, headers) == "project"


def test_a_sheet_of_other_business_beside_a_list_of_projects_adds_none() -> None:
    roster = [["项目推进会签到表"], ["序号", "单位", "姓名", "职务", "签到"], [1, "县商务局", "王某", "局长", None]]
    purchases: list[list[object]] = [
        ["采购项目清单"],
        ["采购项目名称", "采购方式", "预算金额（元）"],
        ["办公电脑采购", "询价", 90000],
    ]
    reading = read(("签约项目", PROJECTS), ("签到", roster), ("采购", purchases))
    accepted = [row.fields["project_name"] for row in reading.rows if row.status == "accepted"]
    assert accepted == ["甲食品加工项目", "乙轴承项目"]
    rejected = [(row.sheet, row.row_number) for row in reading.rows if row.status == "rejected"]
    assert rejected == [("签到", 3), ("采购", 3)]


def test_a_small_table_beside_a_list_is_no_record_of_its_own() -> None:
    beside = [["产业", "个数"], ["食品", 1], ["装备", 1]]
    rows = [PROJECTS[0], *([*row, None, *note] for row, note in zip(PROJECTS[1:], beside, strict=True))]
    reading = read(("签约项目", rows))
    assert (reading.rows_accepted, reading.rows_rejected, reading.rows_seen) == (2, 0, 4)


@pytest.mark.parametrize(
    ("title", "headers", "expected"),
    [
        ("2026年招商引资工作考核评分细则", "序号|考核指标|分值|评分标准|得分", None),
        ("2026年招商引资工作考核办法", "考核内容|分值|评分细则|考核单位", None),
        ("重点项目考核计分办法", "一级指标|二级指标|权重（分）|计分办法|备注", None),
        ("一季度柳林镇招商引资考核得分表", "考核指标|目标任务|完成情况|分值|得分|评分标准", "summary"),
        ("一季度各乡镇招商引资考核得分表", "乡镇|考核指标|分值|得分|评分标准", "summary"),
        ("招商绩效自评表", "考核内容|工作完成情况|自评分|考核分|备注", "summary"),
    ],
)
def test_how_points_are_given_is_no_figure(title: str, headers: str, expected: str | None) -> None:
    assert kind(title, headers) == expected


def test_ranks_of_taxpayers_are_no_figures_of_ours() -> None:
    assert kind("企业纳税前50名", "排名|企业名称|行业|本年纳税额（万元）|上年同期|增减%") is None
    assert kind("各乡镇招商引资排名", "排名|乡镇|签约项目（个）|到位资金（万元）") == "summary"
