"""What neighbours tell of lists of other kinds: who passes a matter on, whose figures stand in a row, what a task counts."""

from __future__ import annotations

from typing import Any

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Sheet, Workbook
from ingest.kinds.ledger_kind import decide_kind
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook


def read(*rows: list[Any]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in rows])
    return read_workbook(Workbook("xlsx", [sheet]), "表.xlsx", LedgerSource("410922"), "0" * 64)


def kind(title: str, headers: str) -> str | None:
    return decide_kind([(header,) for header in headers.split("|")], [title, "Sheet1"], HeaderContext()).kind


def test_the_office_that_settles_a_matter_answers_and_not_the_one_that_passed_it_on() -> None:
    reading = read(
        ["企业诉求收集交办清单"],
        ["企业名称", "诉求事项", "交办单位", "承办单位", "办结时限", "办理结果"],
        ["甲公司", "希望协调银行贷款", "优化营商办", "金融局", "2024-05-21", "已办结"],
    )
    assert next(iter(reading.rows)).fields["owner_unit"] == "金融局"


def test_the_office_a_matter_is_handed_to_answers_where_it_stands_alone() -> None:
    reading = read(
        ["企业诉求收集交办清单"],
        ["企业名称", "诉求事项", "交办单位", "办结时限", "办理结果"],
        ["甲公司", "希望协调银行贷款", "金融局", "2024-05-21", "已办结"],
    )
    assert next(iter(reading.rows)).fields["owner_unit"] == "金融局"


def test_the_leader_of_the_chain_answers_for_a_matter_where_no_column_names_a_leader() -> None:
    rows = (
        ["产业链专班周调度问题清单"],
        ["产业链", "链长", "分管局长", "项目名称", "需协调解决的问题", "责任单位", "状态"],
        ["新材料", "县长", "发改局长", "碳材料项目", "环评批复滞后", "生态环境局", "进行中"],
    )
    assert next(iter(read(*rows).rows)).fields["owner_leader"] == "县长"


def test_an_office_below_a_leading_post_leads_no_matter() -> None:
    reading = read(
        ["产业链专班周调度问题清单"],
        ["产业链", "链长", "项目名称", "需协调解决的问题", "责任单位", "状态"],
        ["新材料", "县工信局", "碳材料项目", "环评批复滞后", "生态环境局", "进行中"],
    )
    (row,) = reading.rows
    assert row.fields.get("owner_leader") is None
    assert row.extra["链长"] == "县工信局"


def test_a_region_and_an_indicator_a_row_keep_the_units_of_their_rows() -> None:
    reading = read(
        ["市级开发区经济指标（4月）"],
        ["开发区", "指标名称", "计量单位", "本月", "累计", "年度目标", "完成率（%）"],
        ["甲经开区", "实际利用外资", "万美元", 120, 560, 2000, 28],
        [None, "固定资产投资", "亿元", 2.3, 9.1, 30, 30.3],
        ["乙高新区", "实际利用外资", "万美元", 0, 300, 1000, 30],
    )
    assert [row.fields["region_name"] for row in reading.rows] == ["甲经开区", "甲经开区", "乙高新区"]
    assert [row.fields["category"] for row in reading.rows] == ["实际利用外资", "固定资产投资", "实际利用外资"]
    first, second = (row.summary_values for row in list(reading.rows)[:2])
    assert [(one.indicator, one.measure, one.unit, float(one.value or 0)) for one in first] == [
        ("fdi_arrived", "done", "USD", 1_200_000),
        ("fdi_arrived", "done", "USD", 5_600_000),
        ("fdi_arrived", "target", "USD", 20_000_000),
        ("fdi_arrived", "rate", "percent", 28),
    ]
    assert (second[0].unit, float(second[0].value or 0)) == ("CNY", 230_000_000)


def test_what_is_done_of_a_task_set_in_houses_is_no_start_of_projects() -> None:
    assert kind("农村户厕改造进度表", "乡镇|计划任务数（座）|已开工|已完工|完成率|排名") is None
    assert kind("水利工程冬修进度表", "乡镇|计划任务（处）|已开工|已完成|投资（万元）") is None
    assert kind("招商引资进度表", "乡镇|目标任务（个）|已开工|已竣工|完成率|排名") == "summary"


def test_heritage_and_hazards_are_other_business_and_foreign_companies_are_projects() -> None:
    assert kind("县级非物质文化遗产代表性项目名录", "序号|项目名称|类别|申报地区或单位|传承人") is None
    assert kind("安全生产隐患排查台账", "检查日期|企业名称|隐患内容|整改措施|责任人|整改期限|是否整改") is None
    assert kind("外商投资情况表", "外资企业（项目）|外方|合同外资（万美元）|实际到资（万美元）|设立时间") == "project"
    assert kind("老字号认定名单", "序号|项目名称|申报企业|代表性产品|认定时间") is None
    assert kind("政协提案办理情况", "提案编号|提案人|案由|主办单位|会办单位|办理结果") is None
