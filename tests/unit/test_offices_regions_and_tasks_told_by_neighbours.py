"""What neighbours tell of lists of other kinds: who passes a matter on, whose figures stand in a row, what a task counts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
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


def test_offices_that_went_along_on_a_trip_are_no_company_that_was_visited() -> None:
    reading = read(
        ["县级领导带队招商活动登记表"],
        ["带队领导", "招商时间", "招商地点", "拜访企业（商协会）", "对接项目", "陪同部门"],
        ["副县长 刘某", "2026年6月12日", "浙江宁波", "宁波某汽配公司", "汽车零部件项目", "县工信局"],
    )
    (row,) = reading.rows
    assert row.fields["visited_company"] == "宁波某汽配公司"
    assert row.extra["陪同部门"] == "县工信局"


def test_how_far_a_project_is_says_nothing_of_how_its_problem_stands() -> None:
    rows = list(
        read(
            ["重大项目推进中困难问题及建议汇总"],
            ["项目名称", "建设单位", "目前进度", "困难问题", "建议牵头单位"],
            ["甲产业园", "某置业公司", "主体施工", "用地指标不足", "县自然资源局"],
            ["乙制造项目", "某机械公司", "办理前期手续", "融资困难", "县金融办"],
        ).rows
    )
    assert [(row.kind, row.fields.get("status"), row.extra["目前进度"]) for row in rows] == [
        ("problem", None, "主体施工"),
        ("problem", None, "办理前期手续"),
    ]


def test_a_tick_with_a_day_is_a_step_done_on_that_day() -> None:
    reading = read(
        ["项目审批事项办理进度表"],
        ["项目名称", "备案", "用地规划许可", "施工许可", "代办专员"],
        ["甲产业园", "√ 2026-01-08", "√（2026年3月15日）", "办理中", "李某"],
    )
    (row,) = reading.rows
    found = {step.step: (step.closed_on, step.state) for step in row.steps}
    assert found == {
        "备案": (dt.date(2026, 1, 8), "done"),
        "用地规划许可": (dt.date(2026, 3, 15), "done"),
        "施工许可": (None, "open"),
    }


def test_where_money_came_from_is_said_by_the_title_for_all_figures_that_say_nothing_else() -> None:
    rows = read(
        ["各县（市、区）利用省外资金进度（单位：亿元、%）"],
        ["县区", "任务", "累计到位", "占任务"],
        ["甲县", 45, 22.5, 50],
    ).rows
    (row,) = rows
    assert {(one.measure, one.funds_origin) for one in row.summary_values} >= {
        ("target", "other_province"),
        ("done", "other_province"),
    }


def test_a_column_of_money_from_outside_leaves_the_whole_as_it_is() -> None:
    (row,) = read(
        ["各县利用省外资金情况"],
        ["县区", "到位资金（亿元）", "其中：省外资金（亿元）"],
        ["甲县", 45, 22.5],
    ).rows
    assert [one.funds_origin for one in row.summary_values] == [None, "other_province"]


def test_months_of_companies_of_which_nothing_is_said_are_no_summary() -> None:
    reading = read(["规上工业企业用电量"], ["企业", "1月", "2月", "3月", "合计"], ["某水泥公司", 320, 280, 350, 950])
    assert (reading.status, reading.reason_code) == ("refused", "no_project_column")


def test_guests_by_name_beside_who_received_them_came_to_the_county() -> None:
    (row,) = read(
        ["客商来县考察登记表"],
        ["考察时间", "客商姓名", "单位及职务", "考察项目", "接待人", "意向程度"],
        ["2026-05-06", "周某", "山西某煤机公司总经理", "煤机再制造", "王某", "较强"],
    ).rows
    assert (row.kind, row.fields["received_on"], row.fields["contact_name"], row.fields["host_name"]) == (
        "outreach",
        dt.date(2026, 5, 6),
        "周某",
        "王某",
    )
    assert row.fields["contact_position"] == "山西某煤机公司总经理"
    assert "start_on" not in row.fields


def test_what_was_talked_of_at_an_event_away_is_no_project_that_lies_there() -> None:
    (row,) = read(
        ["县招商局5月招商活动开展情况"],
        ["日期", "活动名称", "地点", "参加人员", "对接客商", "洽谈项目", "项目投资额", "进展"],
        ["2026年5月8日", "苏州招商推介会", "苏州", "陈某、李某", "苏州某电子公司", "线束项目", "1.2亿元", "签框架协议"],
    ).rows
    assert (row.kind, row.fields["destination"], row.fields["topic"]) == ("outreach", "苏州", "线束项目")


def test_units_below_one_another_are_of_indicators_and_no_places() -> None:
    rows = read(
        ["固定资产投资和招商引资对比表"],
        ["指标", "单位", "1-5月", "上年同期", "增长（%）"],
        ["新签约项目", "个", 26, 20, 30],
        ["实际利用省外资金", "亿元", 18.6, 17.2, 8.1],
    ).rows
    found = [
        (row.fields.get("region_name"), [(one.indicator, one.value) for one in row.summary_values]) for row in rows
    ]
    assert found == [
        (None, [("signings", 26), ("signings", 20), ("signings", 30)]),
        (None, [("funds_arrived", 1_860_000_000), ("funds_arrived", 1_720_000_000), ("funds_arrived", Decimal("8.1"))]),
    ]


def test_unmerged_groups_of_steps_reach_over_what_each_of_them_says() -> None:
    (row,) = read(
        ["重点项目前期手续进展一览表"],
        [None, None, "立项", None, "用地", None, "施工许可", None],
        ["序号", "项目名称", "责任部门", "完成情况", "责任部门", "完成情况", "责任部门", "完成情况"],
        [1, "甲产业园", "县发改局", "已完成", "县自然资源局", "正在组卷", "县住建局", "未启动"],
    ).rows
    assert [(one.step, one.owner_unit, one.status) for one in row.steps] == [
        ("立项", "县发改局", "已办理"),
        ("用地", "县自然资源局", "正在组卷"),
        ("施工许可", "县住建局", "未办理"),
    ]
    assert row.fields.get("progress_note") is None


def test_years_below_one_another_are_told_as_what_each_row_is_of() -> None:
    rows = read(
        ["三年招商引资情况"], ["年份", "签约项目（个）", "开工（个）"], ["2024年", 38, 22], ["2025年", 45, 30]
    ).rows
    assert [row.fields["category"] for row in rows] == ["2024年", "2025年"]


def test_what_was_done_since_a_visit_was_not_talked_of_at_it() -> None:
    (row,) = read(
        ["驻深圳招商分局工作台账"],
        ["日期", "走访企业", "投资意向", "跟进情况"],
        ["2026-05-06", "深圳某光电公司", "拟扩产，选址中", "已发送投资指南"],
    ).rows
    assert (row.fields["result_note"], row.fields.get("topic")) == ("拟扩产，选址中", None)
    assert row.extra["跟进情况"] == "已发送投资指南"


def test_what_leaders_did_to_attract_investment_lists_their_journeys_and_no_companies_as_projects() -> None:
    (row,) = read(
        ["县主要领导招商引资活动一览（1-6月）"],
        ["活动时间", "活动地点", "领导", "活动内容", "企业（项目）", "成果"],
        ["2026年1月12日-13日", "广州", "县委书记张某", "走访企业", "广州某食品公司", "达成意向1个"],
    ).rows
    assert (row.kind, row.fields["destination"], row.fields["result_note"]) == ("outreach", "广州", "达成意向1个")


def test_what_a_leader_wrote_on_a_paper_is_a_matter_and_no_permit() -> None:
    (row,) = read(
        ["领导批示督办件办理情况"],
        ["批示日期", "批示领导", "批示内容", "督办项目", "承办单位", "办理情况", "办结时间"],
        ["2026-05-03", "县长李某", "尽快解决甲产业园供水", "甲产业园", "县水务局", "管网已接通", "2026-05-28"],
    ).rows
    assert (row.fields["problem_kind"], row.fields["subject"]) == ("problem", "尽快解决甲产业园供水")


def test_a_day_with_a_dot_lies_in_the_month_of_the_title() -> None:
    rows = list(
        read(
            ["县处级领导外出招商情况月统计（2026年5月）"],
            ["姓名", "职务", "外出时间", "外出地点", "对接企业名称"],
            ["刘某", "副县长", "5.8-5.10", "上海", "上海某生物公司"],
            ["马某", "县委常委", "5.20", "西安", "西安某航空配件公司"],
            ["赵某", "副县长", "6.1", "郑州", "郑州某食品公司"],
        ).rows
    )
    assert [row.fields.get("start_on") for row in rows] == [dt.date(2026, 5, 8), dt.date(2026, 5, 20), None]
    assert rows[2].status == "rejected"


def test_what_companies_promise_for_their_credit_is_no_promise_of_the_county() -> None:
    reading = read(
        ["承诺制信用监管台账"],
        ["企业名称", "承诺内容", "承诺日期", "履约期限", "履约情况", "是否失信"],
        ["某食品公司", "投产后一年内纳税300万元", "2025-06-01", "2026-12-31", "履约中", "否"],
    )
    assert reading.status == "refused"
