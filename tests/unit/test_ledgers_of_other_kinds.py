"""Trips, problems, steps, promises and summaries of offices never seen, and what is no ledger of projects at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from written_ledgers import read_lines, told

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.headers.header_column import interpret_column
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.ledgers.ledger_types import LedgerRow

_: None = None


def read(*cells: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = ()) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "台账.xlsx", LedgerSource("411700"), "0" * 64)


def first(*cells: Sequence[Any], merges: Sequence[tuple[int, int, int, int]] = ()) -> LedgerRow:
    rows = list(read(*cells, merges=merges).rows)
    assert rows[0].status == "accepted"
    return rows[0]


def said(row: LedgerRow, *fields: str) -> list[Any]:
    return [
        None if (value := row.fields.get(field)) is None else value if isinstance(value, int) else str(value)
        for field in fields
    ]


@pytest.mark.parametrize(
    ("kind", "header", "field"),
    [
        ("outreach", "出访单位", "team_name"),
        ("outreach", "返程", "end_on"),
        ("outreach", "下步跟进单位", "tracking_unit"),
        ("outreach", "对方企业", "visited_company"),
        ("outreach", "商谈项目", "topic"),
        ("outreach", "行程>共计（天）", "days"),
        ("outreach", "主要领导>姓名", "traveller_name"),
        ("problem", "需解决时间", "due_on"),
        ("problem", "措施清单", "measure"),
        ("problem", "问题归类", "problem_type"),
        ("problem", "融资需求金额（万元）", "amount_cny"),
        ("problem", "需求提出时间", "received_on"),
        ("problem", "未履约原因", "open_reason"),
        ("problem", "未兑现说明", "open_reason"),
        ("problem", "说明", _),
        ("problem", "已履约金额（万元）", "paid_cny"),
        ("problem", "补齐期限", "due_on"),
        ("problem", "补齐日期", "closed_on"),
        ("problem", "组卷时间", "received_on"),
        ("problem", "合同约定时间", "due_on"),
        ("problem", "是否履行到位", "status"),
        ("problem", "责任单位及责任人", _),
        ("outreach", "镇（街道）", "team_name"),
        ("outreach", "项目名称", "topic"),
        ("outreach", "来宾姓名", "contact_name"),
        ("problem", "实结日期", "closed_on"),
        ("problem", "拨付对象", "investor_name"),
        ("problem", "已兑现额（万元）", "paid_cny"),
        ("problem", "代办企业", "investor_name"),
        ("outreach", "所到省市", "destination"),
        ("problem", "会办日期", "received_on"),
        ("problem", "申领日期", "received_on"),
        ("problem", "流转部门", "owner_unit"),
        ("problem", "保障单位", "owner_unit"),
        ("problem", "要素类别", "problem_type"),
        ("problem", "已减免金额（元）", "paid_cny"),
        ("outreach", "意向投资项目", "topic"),
        ("outreach", "承接单位", "tracking_unit"),
        ("outreach", "跟进情况", "result_note"),
        ("outreach", "推介会（节会）名称", "topic"),
        ("outreach", "现场签约项目（个）", _),
        ("problem", "审核金额（万元）", "amount_cny"),
        ("outreach", "项目进展情况", "result_note"),
        ("problem", "开始办理时间", "received_on"),
        ("problem", "未补贴原因", "open_reason"),
        ("summary", "参赛单位", "region_name"),
        ("summary", "考核类别", "category"),
    ],
)
def test_headings_say_what_they_hold(kind: str, header: str, field: str | None) -> None:
    assert interpret_column(tuple(header.split(">")), context=HeaderContext(kind=kind)).field == field


def test_counts_of_projects_name_none() -> None:
    reading = read(
        ["各招商组工作推进情况"],
        ["招商组", "在谈项目", "拟签约", "已签约", "签约总投资（亿元）", "开工"],
        ["甲组", 14, 3, 5, 22.4, 2],
        ["乙组", 20, 5, 8, 46, 5],
    )
    assert {(row.kind, row.fields["region_name"]) for row in reading.rows} == {("summary", "甲组"), ("summary", "乙组")}
    values = {value.header: value.value for value in next(iter(reading.rows)).summary_values}
    assert [float(values[key] or 0) for key in ("在谈项目", "签约总投资（亿元）")] == [14, 2_240_000_000]


def test_a_rate_is_recomputed_from_targets_and_figures_of_other_groups() -> None:
    row = first(
        ["园区名称", "目标任务", _, "完成情况", _, "完成率（%）", _],
        [_, "签约额（亿元）", "开工项目（个）", "签约额（亿元）", "开工项目（个）", "签约额", "开工项目"],
        ["甲园区", 50, 6, 31, 3, 62, 66.7],
        ["乙园区", 30, 4, 12, 1, 40, 25],
        merges=((0, 1, 0, 2), (0, 3, 0, 4), (0, 5, 0, 6), (0, 0, 1, 0)),
    )
    assert row.kind == "summary"
    rates = [
        (v.indicator, float(v.value or 0), float(v.recomputed_value or 0))
        for v in row.summary_values
        if v.measure == "rate"
    ]
    assert rates == [("signed_amount", 62, 62), ("starts", 66.7, 50)]


def test_what_was_done_so_far_is_of_the_year_whose_target_stands_beside_it() -> None:
    row = first(
        ["2026年1-6月目标任务完成情况表"],
        ["县区", "签约项目（个）", _, _],
        [_, "年度任务", "累计完成", "完成率"],
        ["甲县", 40, 23, "57.5%"],
        ["乙县", 30, 19, "63.3%"],
        merges=((1, 1, 1, 3), (1, 0, 2, 0)),
    )
    assert [v.recomputed_value for v in row.summary_values if v.measure == "rate"] == [57.5]


def test_several_ranks_are_of_the_figures_left_of_them_and_a_lone_one_is_of_the_assessment() -> None:
    row = first(
        ["县区", "履约率（%）", "排名", "开工率（%）", "排名", "得分"],
        ["甲县", 90, 1, 70, 2, 88],
        ["乙县", 80, 2, 75, 1, 90],
    )
    ranks = [(v.indicator, float(v.value or 0)) for v in row.summary_values if v.measure == "rank"]
    assert ranks == [("performance_rate", 1), ("start_rate", 2)]
    lone = first(["县区", "签约项目（个）", "排名"], ["甲县", 9, 1], ["乙县", 8, 2])
    assert [v.indicator for v in lone.summary_values if v.measure == "rank"] == ["assessment"]


def test_the_progress_of_a_figure_is_its_rate() -> None:
    row = first(
        ["县区", "落地项目（个）", _, _],
        [_, "任务", "完成", "进度"],
        ["甲县", 12, 3, "25%"],
        ["乙县", 8, 4, "50%"],
        merges=((0, 1, 0, 3), (0, 0, 1, 0)),
    )
    assert [(v.measure, float(v.value or 0)) for v in row.summary_values] == [("target", 12), ("done", 3), ("rate", 25)]


def test_days_without_a_word_of_time_are_days_where_their_cells_are() -> None:
    steps: list[list[Any]] = [
        ["项目审批流程跟踪"],
        ["项目", "审批环节", "责任部门", "开始", "截止", "完成", "状态"],
        ["甲电池项目", "土地挂牌出让", "县自然资源局", "2026-04-10", "2026-05-10", "2026-05-08", "完成"],
        ["甲电池项目", "施工许可核发", "县住建局", "2026-05-26", "2026-06-05", _, "进行中"],
    ]
    row = first(*steps)
    assert said(row, "received_on", "due_on", "closed_on", "state") == [
        "2026-04-10",
        "2026-05-10",
        "2026-05-08",
        "done",
    ]
    steps[2][5] = steps[3][5] = "已批"
    assert said(first(*steps), "closed_on") == [None]


def test_days_without_a_year_do_not_turn_a_row_away_where_no_heading_calls_them_days() -> None:
    row = first(
        ["项目手续倒排工期表"],
        ["项目名称", "待办手续", "办理单位", "启动时间", "当前进度"],
        ["甲项目", "取水许可", "县水利局", "6月1日", "论证"],
        ["乙项目", "林地许可", "县林业局", "6月3日", "调查"],
    )
    assert said(row, "project_name", "received_on") == ["甲项目", None]


def test_what_was_paid_of_a_grant_is_not_the_grant() -> None:
    row = first(
        ["奖补资金拨付台账"],
        ["申报企业", "奖补项目", "申报金额（元）", "审定金额（元）", "拨付金额（元）", "拨付状态"],
        ["甲公司", "首台套奖励", 500000, 480000, 0, "未拨付"],
        ["乙公司", "用电补贴", 86000, 86000, 50000, "部分拨付"],
    )
    assert said(row, "amount_cny", "paid_cny") == ["480000", "0"]


def test_bare_words_of_payment_are_amounts_where_a_unit_of_money_is_stated() -> None:
    cells: list[list[Any]] = [
        ["招商奖补资金兑付表（单位：万元）"],
        ["受奖企业", "奖补类别", "应奖补", "本次兑付", "兑付日期"],
        ["甲公司", "固投奖励", 210, 105, "2026-03-31"],
        ["乙公司", "搬迁奖励", 35, 35, "2026-03-31"],
    ]
    assert said(first(*cells), "subject", "amount_cny", "paid_cny") == ["固投奖励", "2100000", "1050000"]
    cells[0] = ["招商奖补资金兑付表"]
    assert said(first(*cells), "amount_cny", "paid_cny") == [None, None]


def test_the_office_says_by_when_a_step_is_done() -> None:
    row = first(
        ["项目用地审批台账"],
        ["项目名称", "办理事项", "窗口单位", "提交日期", "承诺日期", "出证日期"],
        ["甲项目", "营业执照", "市监局窗口", "2026-05-06", "2026-05-07", "2026-05-06"],
        ["甲项目", "排污许可证", "生态环境局窗口", "2026-05-20", "2026-06-20", _],
    )
    assert said(row, "received_on", "due_on", "closed_on") == ["2026-05-06", "2026-05-07", "2026-05-06"]


def test_a_month_in_brackets_behind_the_title_dates_the_trips_of_it() -> None:
    trips: list[list[Any]] = [
        ["领导赴外招商登记表（2026年5月）"],
        ["带队领导", "开始时间", "结束时间", "招商地点", "对接企业"],
        ["某区长", "5月6日", "5月8日", "上海", "甲公司"],
        ["某副区长", "5月13日", "5月15日", "重庆", "乙公司"],
    ]
    assert said(first(*trips), "start_on", "end_on") == ["2026-05-06", "2026-05-08"]
    trips[0] = ["领导赴外招商登记表（截至2026年5月）"]
    assert {row.status for row in read(*trips).rows} == {"rejected"}


def test_names_and_positions_written_together_name_who_went() -> None:
    row = first(
        ["外出招商情况统计表"],
        ["单位", "带队领导及职务", "外出时间", "外出地点", "对接企业"],
        ["县财政局", "某某（局长）", "2026.6.3", "上海", "甲公司"],
        ["县科技局", "某某（副局长）", "2026.6.18", "西安", "乙公司"],
    )
    assert said(row, "traveller_name", "traveller_position") == ["某某（局长）", None]


def test_a_squad_that_meets_companies_is_none_of_them() -> None:
    row = first(
        ["招商团组出访情况"],
        ["团组", "团长", "启程日期", "目的地", "会见企业", "签署协议（份）"],
        ["甲团", "某副市长", "2026-05-11", "马来西亚", "甲集团", 1],
        ["乙团", "某县长", "2026-06-01", "香港", "乙公司", 2],
    )
    assert said(row, "team_name", "visited_company", "signed_count") == ["甲团", "甲集团", "1"]


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        (
            "预算执行审计发现问题整改台账",
            "审计发现问题|整改要求|责任单位|整改时限|整改结果",
            "预算编制不细|细化|财政局|2026-06-30|完成",
        ),
        (
            "安全生产检查隐患整改清单",
            "检查日期|隐患内容|整改措施|整改期限|整改状态",
            "2026-05-06|配电箱未接地|整改|2026-05-10|已整改",
        ),
        (
            "信访事项办理台账",
            "来访时间|信访事项|责任单位|包案领导|办结时限|办理情况",
            "2026-05-03|宅基地|甲镇|某镇长|2026-07-03|办理中",
        ),
        (
            "巡察反馈问题整改台账",
            "反馈问题|整改措施|责任领导|整改时限|完成情况",
            "学习不深入|专题学习|某书记|2026-06-30|已完成",
        ),
        (
            "收文登记",
            "收文日期|来文单位|文号|拟办意见|承办科室|办理时限|办理结果",
            "2026-05-06|市府办|1号|请办理|综合股|2026-05-10|已办结",
        ),
        (
            "请假审批表",
            "姓名|部门|请假类型|开始时间|结束时间|天数|事由|审批人",
            "某某|综合股|年假|2026-05-11|2026-05-15|5|休假|局长",
        ),
        ("行政审批窗口办件量统计", "窗口|收件数|办结数|提前办结率|满意率", "市监局|1260|1260|98.5%|100%"),
        (
            "公务接待清单",
            "接待日期|来访单位|来访人员|人数|陪同人数|接待事由|用餐标准|接待费用（元）",
            "2026-01-15|省厅|处长|5|2|调研|120|840",
        ),
        ("税务稽查案件表", "纳税人|违法事实|查补税款（万元）|处理决定", "甲公司|少列收入|36|补缴"),
        ("安全培训签到", "姓名|企业|岗位|签名|日期", "某某|甲公司|电工|某某|2026-05-06"),
        (
            "开发区安全生产重大隐患督办表",
            "隐患单位|隐患描述|整改措施|督办部门|整改期限",
            "甲厂|无喷淋|增设|应急局|2026-07-31",
        ),
        ("编制使用审批表", "单位|申请事项|审批机关|审批意见|审批时间", "文旅局|招聘|编办|同意|2026-05-06"),
        (
            "合同管理台账",
            "合同编号|合同名称|对方单位|合同金额（元）|签订日期|是否归档",
            "1|宣传片拍摄|甲公司|98000|2026-02-10|是",
        ),
        (
            "科技计划项目立项清单",
            "项目编号|项目名称|承担单位|项目负责人|支持经费（万元）",
            "KJ1|水稻新品种选育|农科所|某某|20",
        ),
    ],
)
def test_other_business_is_said_to_be_of_another_business(title: str, headers: str, cells: str) -> None:
    reading = read([title], headers.split("|"), cells.split("|"), cells.split("|"))
    assert not any(row.status == "accepted" for row in reading.rows)
    assert reading.status == "refused"
    assert reading.reason_code == "no_project_column"


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        (
            "招商引资审计发现问题整改台账",
            "存在问题|整改要求|责任单位|整改时限|整改结果",
            "政策未兑现|兑现|财政局|2026-06-30|完成",
        ),
        (
            "安全检查中发现的企业问题",
            "企业名称|存在问题|整改措施|整改期限|整改状态",
            "甲公司|通道堵塞|整改|2026-05-10|已整改",
        ),
        ("问题清单", "项目名称|存在问题|解决措施|责任单位|完成时限", "甲项目|缺电|扩容|供电公司|2026-05-10"),
    ],
)
def test_problems_of_projects_and_companies_stay_problems(title: str, headers: str, cells: str) -> None:
    reading = read([title], headers.split("|"), cells.split("|"))
    assert [(row.kind, row.status) for row in reading.rows] == [("problem", "accepted")]


def test_the_refusal_of_other_business_says_that_it_is_one() -> None:
    reading = read(
        ["政府采购清单"], ["采购项目名称", "采购方式", "供应商"], ["电脑", "询价", "甲公司"], ["桌椅", "询价", "乙公司"]
    )
    assert reading.status == "refused"
    assert "别的业务" in (reading.reason_message or "")


def test_guests_are_met_and_whoever_received_them_is_not() -> None:
    row = first(
        ["请进来招商活动登记表"],
        ["日期", "来宾单位", "来宾姓名", "来宾职务", "接待人", "考察地点", "商谈事项", "意向情况"],
        ["2026-05-07", "甲公司", "池某", "总经理", "副局长某某", "甲园区", "二层皮加工", "需了解排污"],
        ["2026-05-14", "乙公司", "习某", "副总", "副县长某某", "乙市场", "仓储", "意向明确"],
    )
    assert said(row, "received_on", "contact_name", "contact_position", "host_name", "topic", "result_note") == [
        "2026-05-07",
        "池某",
        "总经理",
        "副局长某某",
        "二层皮加工",
        "需了解排污",
    ]
    assert said(row, "start_on", "destination") == [None, None]


def test_the_paper_of_a_step_is_not_the_step() -> None:
    row = first(
        ["重点项目用地报批进度表"],
        ["项目名称", "报批环节", "责任股室", "报件时间", "批复时间", "批复文件"],
        ["甲项目", "成片开发方案", "耕保股", "2026-02-10", "2026-04-02", "自然资批〔2026〕6号"],
        ["甲项目", "农转用", "利用股", "2026-04-15", _, _],
    )
    assert said(row, "subject", "document_no") == ["成片开发方案", "自然资批〔2026〕6号"]


WORK = [
    ["办公室任务督办单"],
    ["任务内容", "责任科室", "责任人", "完成时限", "完成情况"],
    ["起草总结", "办公室", "某某", "2026-06-25", "已完成"],
    ["筹备运动会", "工会", "某某", "2026-07-10", "进行中"],
]


def test_lists_of_an_office_s_own_work_are_ours_only_where_the_file_speaks_of_projects_or_companies() -> None:
    assert read(*WORK).status == "refused"
    named = Workbook("xlsx", [Sheet("Sheet1", [list(row) for row in WORK])])
    reading = read_workbook(named, "inbox/411700/招商项目任务.xlsx", LedgerSource("411700"), "0" * 64)
    assert [(row.kind, row.status) for row in reading.rows] == [("problem", "accepted")] * 2


def test_journeys_that_attract_nobody_are_no_trips() -> None:
    rows = [
        ["调研活动安排"],
        ["日期", "带队领导", "调研地点", "调研内容", "陪同人员"],
        ["2026-06-03", "某部长", "甲村", "基层党建", "组织科"],
        ["2026-06-05", "某部长", "乙村", "换届准备", "组织科"],
    ]
    assert not any(row.status == "accepted" for row in read(*rows).rows)
    rows[0] = ["招商调研活动安排"]
    assert {row.kind for row in read(*rows).rows} == {"outreach"}


def test_tasks_of_no_named_indicator_are_other_business_where_the_title_names_another() -> None:
    tasks = (
        ["乡镇", "全年任务（万元）", "完成数（万元）", "完成率（%）"],
        ["甲镇", 12000, 5600, 46.7],
        ["乙镇", 8000, 3100, 38.8],
    )
    assert read(["财政收入任务完成情况"], *tasks).status == "refused"
    assert {row.kind for row in read(["任务完成情况"], *tasks).rows} == {"summary"}


def test_headers_of_which_one_is_known_and_most_end_as_names_of_columns_head_the_rows_below() -> None:
    row = first(
        ["重点项目要素保障需求清单"],
        ["项目名称", "要素类别", "需求内容", "需求时间", "保障单位", "保障进度"],
        ["钛材加工", "用电", "10千伏双回路", "2026年9月", "供电公司", "已立项"],
        ["豆制品", "用水", "日供水800吨", "2026年8月", "水务集团", "已接通"],
    )
    assert said(row, "project_name", "problem_type", "owner_unit", "status") == [
        "钛材加工",
        "用电",
        "供电公司",
        "已立项",
    ]


def test_what_was_asked_for_gives_way_to_what_was_granted() -> None:
    row = first(
        ["政策兑现审核表"],
        ["项目名称", "企业名称", "议定条款", "申请兑现额（万元）", "审核兑现额（万元）", "已拨（万元）"],
        ["甲项目", "甲公司", "设备补助", 860, 820, 400],
        ["甲项目", "甲公司", "装修补贴", 200, 180, 180],
    )
    assert said(row, "amount_cny", "paid_cny") == ["8200000", "4000000"]


def test_steps_passed_on_are_steps() -> None:
    row = first(
        ["并联审批流转表"],
        ["项目", "流转环节", "流转部门", "接件", "应出件", "出件"],
        ["冷鲜肉项目", "选址意见", "县自然资源局", "2026-04-02", "2026-04-07", "2026-04-06"],
        ["冷鲜肉项目", "防疫审查", "县农业农村局", "2026-04-08", "2026-04-28", _],
    )
    assert row.kind == "problem"
    assert said(row, "subject", "received_on", "due_on", "closed_on") == [
        "选址意见",
        "2026-04-02",
        "2026-04-07",
        "2026-04-06",
    ]


def test_a_position_beside_a_person_of_either_side_is_nobody_s() -> None:
    row = first(
        ["驻外招商联络站企业拜访情况"],
        ["拜访时间", "企业", "接洽人员", "职务", "投资意向"],
        ["2026-05-06", "甲公司", "季某", "副总裁", "有意向"],
        ["2026-05-20", "乙公司", "蓝某", "总监", "再联系"],
    )
    assert said(row, "visited_company", "traveller_position", "contact_name") == ["甲公司", None, None]


def test_changes_of_works_are_no_permits_of_projects() -> None:
    reading = read(
        ["工程变更审批台账"],
        ["工程名称", "变更内容", "申请单位", "申请时间", "审批单位", "审批时间"],
        ["体育馆", "基础加深", "甲建筑公司", "2026-05-06", "县住建局", "2026-05-12"],
        ["一中", "外墙材料", "乙建设公司", "2026-05-08", "县住建局", "2026-05-15"],
    )
    assert reading.status == "refused"


def test_a_bare_company_is_visited_only_beside_a_word_of_visits() -> None:
    visits = (
        ["拜访时间", "企业", "我方人员", "谈话要点"],
        ["2026-05-06", "甲公司", "某某", "扩产"],
        ["2026-05-09", "乙公司", "某某", "搬迁"],
    )
    assert said(first(["招商专班周报"], *visits), "visited_company") == ["甲公司"]
    others = ["日期", "企业", "带队领导", "目的"], ["2026-05-06", "甲公司", "某某", "慰问"]
    assert all("visited_company" not in row.fields for row in read(["招商局活动"], *others).rows)


@pytest.mark.parametrize(
    ("title", "headers", "cells"),
    [
        ("承诺事项台账", "承诺事项|承诺对象|承诺时间|完成时限|完成情况", "双电源|甲公司|2025-10-12|2026-03-31|已落实"),
        ("容缺受理清单", "申请事项|缺件|承诺补齐时间|受理窗口|是否补齐", "施工许可|审图意见|2026-06-20|住建窗口|否"),
        ("领导包联企业问题清单", "包联领导|企业|问题|解决措施|时限", "某县长|甲公司|用工|招聘会|2026-06-20"),
    ],
)
def test_promises_and_steps_of_companies_stay_items(title: str, headers: str, cells: str) -> None:
    assert {row.kind for row in read([title], headers.split("|"), cells.split("|")).rows} == {"problem"}


def test_works_of_an_office_are_no_projects_unless_a_title_or_an_investor_says_so() -> None:
    works: list[list[Any]] = [
        ["公路养护工程台账"],
        ["工程名称", "路线编号", "里程（公里）", "投资（万元）", "施工单位"],
        ["甲线养护", "X001", 3.2, 160, "甲路桥公司"],
        ["乙线养护", "X002", 1.8, 80, "乙路桥公司"],
    ]
    assert read(*works).status == "refused"
    works[0] = ["重点产业工程台账"]
    assert {row.kind for row in read(*works).rows} == {"project"}
    listed = (
        ["工程名称", "投资方", "总投资（万元）", "开工时间"],
        ["甲厂", "甲公司", 3000, "2026-03-01"],
        ["乙厂", "乙公司", 5000, "2026-04-01"],
    )
    assert {row.kind for row in read(["工程台账"], *listed).rows} == {"project"}


def test_grants_of_companies_are_promises_without_a_title() -> None:
    row = first(
        ["企业名称", "补贴类型", "补贴标准", "应补贴金额（元）", "已补贴金额（元）", "补贴时间", "未补贴原因"],
        ["甲公司", "物流补贴", "5元/件", 260000, 260000, "2026-05-12", _],
        ["乙公司", "招工补贴", "500元/人", 120000, 60000, _, "资金未到位"],
    )
    assert said(row, "problem_kind", "subject", "amount_cny", "paid_cny", "closed_on") == [
        "policy_promise",
        "物流补贴",
        "260000",
        "260000",
        "2026-05-12",
    ]


def test_a_day_to_come_or_of_what_is_open_is_the_limit() -> None:
    problems: list[list[Any]] = [
        ["项目存在问题清单（截至2026年6月10日）"],
        ["项目名称", "存在问题", "责任单位", "完成时间", "进展"],
        ["甲项目", "征地", "城关镇", "2026-06-30", "签约八成"],
        ["乙项目", "电力", "供电公司", "2026-05-15", "设计"],
    ]
    assert said(first(*problems), "due_on", "closed_on") == ["2026-06-30", None]
    problems[2][3] = "2026-06-08"
    assert said(first(*problems), "due_on", "closed_on") == [None, "2026-06-08"]
    problems[3][4] = "办理中"
    assert said(first(*problems), "due_on", "closed_on") == ["2026-06-08", None]


def test_offices_that_raise_a_matter_are_no_companies() -> None:
    rows: list[list[Any]] = [
        ["项目协调事项清单"],
        ["项目名称", "协调事项", "提出单位", "协调单位", "协调时限"],
        ["甲轴承", "减免配套费", "经开区", "县住建局", "2026-06-30"],
        ["乙仓储", "公交站点", "县商务局", "县交通局", "2026-07-15"],
    ]
    assert said(first(*rows), "investor_name", "owner_unit") == [None, "县住建局"]
    rows[2][2] = rows[3][2] = "甲轴承有限公司"
    assert said(first(*rows), "investor_name") == ["甲轴承有限公司"]


@pytest.mark.parametrize(
    "header",
    [
        ["引进企业", "投资额（亿元）", "累计到位（亿元）", "责任单位"],
        ["投资方", "总投资（亿元）", "到位资金（亿元）", "县区"],
        ["投资方", "总投资（亿元）", "到位资金（亿元）", "包联领导"],
    ],
)
def test_an_investor_and_his_money_are_a_project_whoever_answers_for_it(header: list[str]) -> None:
    row = first(["序号", *header], [1, "深圳甲乙科技有限公司", 3, 1, "甲"], [2, "上海丙丁食品有限公司", 2, 0.5, "乙"])
    assert row.kind == "project"
    assert said(row, "project_name", "total_investment_cny", "funds_arrived_cumulative_cny") == [
        "深圳甲乙科技有限公司", "300000000", "100000000",
    ]  # fmt: skip


def test_companies_that_an_office_counts_are_no_projects() -> None:
    row = first(
        ["责任单位", "引进企业", "投资额（亿元）", "累计到位（亿元）"],
        ["商务局", 5, 1.2, 0.5], ["发改委", 3, 0.8, 0.1], ["工信局", 2, 0.6, 0.1],
    )  # fmt: skip
    assert row.kind == "summary"


def test_a_rate_of_money_that_nothing_names_is_none_of_the_companies_counted() -> None:
    row = first(
        ["单位", "引进企业（家）", "目标（亿元）", "完成（亿元）", "完成率"],
        ["商务局", 5, 1.2, 0.6, "50%"], ["发改委", 3, 0.8, 0.4, "50%"], ["工信局", 2, 0.8, 0.2, "25%"],
    )  # fmt: skip
    assert [(v.indicator, v.measure) for v in row.summary_values] == [("attracted_companies", "done")]


@pytest.mark.parametrize(
    "header",
    [
        "序号,企业（项目）名称,问题事项,整改措施,牵头单位,包联领导",
        "序号,项目名称,问题内容,拟解决措施,责任单位,当前状态",
    ],
)
def test_a_title_of_problems_over_names_and_what_hinders_them_lists_problems(header: str) -> None:
    reading = read_lines(
        "项目建设困难问题协调解决台账 2026年9月",
        header,
        "1,恒丰预制菜加工项目,用地指标未落实，无法办理土地证,由县自然资源局牵头协调,县自然资源局,推进中",
        "2,中联负极材料二期项目,用电容量不足，需增容,供电公司制定增容方案,县供电公司,推进中",
    )

    assert {row.kind for row in reading.rows} == {"problem"}
    assert told(reading, "subject")[0] == ("用地指标未落实，无法办理土地证",)
