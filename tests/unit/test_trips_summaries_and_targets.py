"""Trips, receptions and summaries in words that no list holds: heads and what may stand before them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.headers.header_column import interpret_column
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook

_ = None


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "表.xlsx", LedgerSource("411700"), "0" * 64)


def told(reading: LedgerReading) -> list[tuple[str | None, str | None, str | None, float | None]]:
    first = next(iter(reading.rows))
    return [
        (v.indicator, v.measure, v.scope, None if v.value is None else float(v.value)) for v in first.summary_values
    ]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("赴外起止日期", "start_on"),
        ("洽谈地点", "destination"),
        ("拟拜访企业", "visited_company"),
        ("商会名称", "visited_company"),
        ("小分队队长姓名", "traveller_name"),
        ("队长职务", "traveller_position"),
        ("来访单位负责人", "contact_name"),
        ("主要来访人员", "contact_name"),
        ("会见人员职务", "contact_position"),
        ("接待情况", "result_note"),
        ("驻外招商分局", "team_name"),
        ("展会时间", "start_on"),
        ("参展单位", "team_name"),
        ("受访人职务", "contact_position"),
        ("达成的初步意向", "result_note"),
        ("对接领导", "traveller_name"),
        ("外勤日期", "start_on"),
        ("活动所在城市", "destination"),
        ("企业所在城市", None),
        ("走访组", "team_name"),
        ("考察企业（园区）", "visited_company"),
        ("牵头领导", "traveller_name"),
        ("链长外出招商时间", "start_on"),
        ("乡贤姓名", "contact_name"),
        ("乡贤投资意向", "result_note"),
        # No start of a trip, nobody's wording, or ambiguous.
        ("来访时间", "received_on"),
        ("对接人员", None),
        ("计划出访时间", "due_on"),
        ("企业所在地", None),
        ("下一步对接计划", None),
        ("企业用工人数", None),
    ],
)
def test_heads_of_trips_and_what_may_stand_before_them(header: str, field: str | None) -> None:
    assert interpret_column((header,), context=HeaderContext(kind="outreach")).field == field


@pytest.mark.parametrize(
    "header",
    [
        "签约项目用地面积（亩）",
        "签约项目税收（万元）",
        "土地出让金到位（万元）",
        "贷款到位（万元）",
        "未开工项目数",
        "未履约项目（个）",
        "拟签约项目（个）",
        "新开工项目用工人数（人）",
        "预计完成到位资金（万元）",
        "到位资金凭证数",
        "签约企业研发投入（万元）",
        "上月排名",
        "排名变化",
    ],
)
def test_a_word_that_makes_it_another_figure_keeps_it_from_its_indicator(header: str) -> None:
    assert interpret_column((header,), context=HeaderContext(kind="summary")).field is None


@pytest.mark.parametrize(
    ("path", "indicator", "measure", "kind"),
    [
        (("注册企业数",), "registrations", "done", "number"),
        (("引进亿元以上项目（个）",), "attracted_projects", "done", "number"),
        (("协议引资额（亿元）",), "signed_amount", "done", "amount_cny"),
        (("实际利用省外资金（亿元）",), "funds_arrived", "done", "amount_cny"),
        (("工业项目签约数（个）",), None, "done", "number"),
        (("实际使用外资同比增长（%）",), "fdi_arrived", "growth", "rate"),
        (("签约项目", "比上年同期增减（个）"), "signings", "change", "number"),
        (("内资", "与序时进度差（百分点）"), "attracted_amount", "gap", "rate"),
        (("签约金额占全县比重（%）",), "signed_amount", "share", "rate"),
        (("到位资金（万元）", "去年同期"), "funds_arrived", "previous", "amount_cny"),
        (("外出招商（10分）",), "outreach_trips", "score", "number"),
        (("营商环境", "得分"), None, "score", "number"),
        (("扣分",), None, "deduction", "number"),
        (("综合得分",), "assessment", "score", "number"),
        # Scored by what the group weighs; 履约率（10分） > 履约项目数 is what a score is made of.
        (("定量考核（80分）", "签约"), "signings", "score", "number"),
        (("招引项目总投资（亿元）", "计划"), "attracted_amount", "target", "amount_cny"),
        (("利用省外资金（亿元）",), "funds_arrived", "done", "amount_cny"),
    ],
)
def test_measures_of_summaries(path: tuple[str, ...], indicator: str | None, measure: str, kind: str) -> None:
    found = interpret_column(path, context=HeaderContext(kind="summary"))
    assert (found.field, found.indicator, found.measure, found.value_type) == ("value", indicator, measure, kind)


def test_a_comparison_is_of_the_figure_left_of_it_and_growth_is_recomputed() -> None:
    reading = read(
        [
            ["引进资金情况（2026年1-5月）（万元）"],
            [
                "县区",
                "本月实际到位",
                "同比增长（%）",
                "1-5月累计到位",
                "去年同期",
                "同比增长（%）",
                "全年目标",
                "完成比例（%）",
            ],
            ["甲县", 100, "持平", 600, 500, 20, 1000, 60],
            ["乙县", 200, 5, 600, 600, 0, 1000, 60],
        ]
    )
    assert told(reading) == [
        ("funds_arrived", "done", "month", 1_000_000),
        ("funds_arrived", "growth", "month", None),
        ("funds_arrived", "done", "ytd", 6_000_000),
        ("funds_arrived", "previous", "ytd", 5_000_000),
        ("funds_arrived", "growth", "ytd", 20),
        ("funds_arrived", "target", "year", 10_000_000),
        ("funds_arrived", "rate", None, 60),
    ]
    assert next(iter(reading.rows)).status == "accepted"


def test_the_one_indicator_of_a_table_is_what_its_targets_are_of() -> None:
    head = ["单位", "目标任务（个）", "已签约（个）", "完成率（%）", "差额（个）", "名次"]
    reading = read([["“百日攻坚”行动进度通报"], head, ["商务局", 5, 3, 60, 2, 1]])
    assert [one[:2] for one in told(reading)] == [
        ("signings", "target"),
        ("signings", "done"),
        ("signings", "rate"),
        ("signings", "gap"),
        ("assessment", "rank"),
    ]


def test_what_no_header_names_is_read_without_an_indicator() -> None:
    reading = read([["任务完成情况"], ["乡镇街道", "今年任务数", "已完成数", "完成占比"], ["城关镇", 5, 3, "60%"]])
    assert [one[:2] for one in told(reading)] == [(None, "target"), (None, "done"), (None, "rate")]


def test_months_across_and_their_sum() -> None:
    reading = read([["到位资金分月情况表（万元）"], ["乡镇", "1月", "2月", "合计"], ["城关镇", 5, 3, 8]])
    assert [one[:3] for one in told(reading)] == [
        ("funds_arrived", "done", "month"),
        ("funds_arrived", "done", "month"),
        ("funds_arrived", "done", "ytd"),
    ]


def test_meetings_without_a_word_of_trips_are_outreach() -> None:
    reading = read(
        [
            ["六月情况"],
            ["序号", "洽谈时间", "洽谈企业", "企业代表", "企业代表职务", "洽谈成果"],
            [1, "2026.6.3", "甲公司", "李某", "总经理", "有意来投资"],
        ]
    )
    assert [(row.kind, row.fields["contact_position"]) for row in reading.rows] == [("outreach", "总经理")]


def test_a_reception_starts_no_trip_and_the_position_is_the_guest_s() -> None:
    reading = read(
        [
            ["来访客商接待情况台账"],
            ["接待日期", "来访企业", "主要来访人员", "职务", "考察地点", "接待领导", "洽谈情况"],
            ["2026.6.3", "甲公司", "李某", "总经理", "工业园区", "王某", "有意来投资"],
        ]
    )
    fields = next(iter(reading.rows)).fields
    assert (fields["contact_name"], fields["contact_position"]) == ("李某", "总经理")
    assert {fields.get(name) for name in ("start_on", "destination", "traveller_position")} == {None}


def test_what_came_of_it_outdoes_what_was_talked_of() -> None:
    reading = read(
        [
            ["县领导外出招商一览表"],
            ["领导姓名", "职务", "外出招商日期", "外出招商地点", "走访客商", "洽谈内容", "招商实效"],
            ["王某", "县长", "2026.6.3", "深圳市", "甲公司", "介绍政策", "签订框架协议"],
        ]
    )
    row = next(iter(reading.rows))
    assert (row.fields["result_note"], row.fields["topic"]) == ("签订框架协议", "介绍政策")


def test_guests_with_the_project_they_mean_are_projects() -> None:
    reading = read(
        [
            ["来访客商意向投资项目统计表"],
            ["序号", "意向项目名称", "来访企业", "拟投资额（万元）", "来访时间", "接待领导", "项目进展情况"],
            [1, "饲料项目", "甲公司", 5000, "2026.6.3", "王某", "已签约"],
        ]
    )
    assert [(row.kind, row.fields["project_name"]) for row in reading.rows] == [("project", "饲料项目")]


def test_who_led_the_journey_is_its_traveller() -> None:
    reading = read(
        [
            ["驻外招商工作队工作开展情况表"],
            ["驻外工作队", "队长", "成员", "拜访日期", "拜访单位名称", "受访人", "职务"],
            ["长三角工作队", "王某", "赵某、钱某", "2026.6.3", "甲公司", "李某", "总经理"],
        ]
    )
    row = next(iter(reading.rows))
    assert (row.fields["traveller_name"], row.fields["contact_name"]) == ("王某", "李某")
    assert (row.fields["contact_position"], row.fields["companions"]) == ("总经理", "赵某、钱某")


def test_who_led_the_guests_was_met() -> None:
    reading = read(
        [
            ["外地客商来县考察登记表"],
            ["到访日期", "客商单位名称", "带队人姓名", "带队人职务", "陪同领导", "考察意见"],
            ["2026.6.3", "甲公司", "李某", "总经理", "王某", "有意来投资"],
        ]
    )
    fields = next(iter(reading.rows)).fields
    assert (fields["contact_name"], fields["contact_position"]) == ("李某", "总经理")


def test_a_part_of_the_figure_left_of_it_is_no_second_figure_of_the_whole() -> None:
    reading = read([["招商进度统计表"], ["园区", "签约项目数（个）", "其中：10亿元以上"], ["高新区", 5, 2]])
    assert told(reading) == [("signings", "done", None, 5), (None, "done", None, 2)]


def test_targets_broken_down_are_targets_where_some_say_so_and_none_says_done() -> None:
    head = ["单位", "年度引资任务（亿元）", "签约项目（个）", "外资任务（万美元）"]
    reading = read([["招商引资目标责任分解表"], head, ["商务局", 5, 2, 100]])
    assert [one[:2] for one in told(reading)] == [
        ("attracted_amount", "target"),
        ("signings", "target"),
        ("fdi_arrived", "target"),
    ]


def test_a_target_of_a_part_of_the_year_is_none_of_the_year() -> None:
    head = [["责任单位", "全年目标（亿元）", "分季度到位资金目标（亿元）", _], [_, "到位资金", "一季度", "二季度"]]
    reading = read([["目标任务分解表"], *head, ["高新区", 40, 8, 12]], (1, 0, 2, 0), (1, 2, 1, 3))
    assert [one[1:] for one in told(reading)] == [
        ("target", "year", 4e9),
        ("target", "quarter", 8e8),
        ("target", "quarter", 1.2e9),
    ]
    head = [["县区", "1-6月到位资金（亿元）", _, _], [_, "目标", "完成", "完成率"]]
    reading = read([["通报"], *head, ["甲县", 60, 30, "50%"]], (1, 0, 2, 0), (1, 1, 1, 3))
    # Whose time the target is of is not said: of the year, as targets are.
    assert [one[2] for one in told(reading)] == [None, "ytd", "ytd"]
    assert next(iter(reading.rows)).summary_values[2].recomputed_value == 50


@pytest.mark.parametrize(
    ("header", "scope"),
    [
        ("上半年签约目标（个）", "half_year"),
        ("1-8月签约目标（个）", "ytd"),
        ("1-12月签约目标（个）", "year"),
        ("本年累计签约目标（个）", None),
    ],
)
def test_of_which_time_a_target_is(header: str, scope: str | None) -> None:
    reading = read([["通报"], ["县区", header, "签约（个）"], ["甲县", 6, 3], ["乙县", 5, 1]])
    assert told(reading)[0][1:3] == ("target", scope)


def test_a_quarter_s_rate_is_recomputed_from_what_both_of_its_columns_state_the_quarter_of() -> None:
    reading = read(
        [["通报"], ["县区", "一季度目标（亿元）", "一季度到位资金（亿元）", "完成率"], ["甲县", 60, 30, "50%"]]
    )
    assert next(iter(reading.rows)).summary_values[2].recomputed_value == 50


def test_projects_counted_with_their_share_are_figures_of_classes() -> None:
    head = ["产业类别", "项目个数", "占比", "投资总额（亿元）", "占比"]
    reading = read(
        [["签约项目产业分布表"], head, ["装备制造", 12, "40%", 66.5, "44.3%"], ["食品加工", 18, "60%", 83.6, "55.7%"]]
    )
    assert [row.fields["category"] for row in reading.rows] == ["装备制造", "食品加工"]
    assert told(reading) == [
        ("projects", "done", None, 12),
        ("projects", "share", None, 40),
        ("total_investment", "done", None, 6.65e9),
        ("total_investment", "share", None, 44.3),
    ]


def test_what_a_stationed_group_counts_is_no_trip() -> None:
    reading = read(
        [["驻外招商组工作周报"], ["驻点组", "拜访企业数", "接洽客商数", "新增线索"], ["驻长三角组", 12, 20, 3]]
    )
    row = next(iter(reading.rows))
    assert (row.kind, row.fields["region_name"]) == ("summary", "驻长三角组")
    assert [one[0] for one in told(reading)] == ["enterprises_visited", "visitors_received", "leads"]


def test_a_department_is_no_company_that_came() -> None:
    head = ["考察时间", "考察团（企业）", "主要客商及职务", "陪同领导", "对接部门"]
    reading = read(
        [["来县考察客商登记表"], head, ["2026年6月3日", "永康五金商会", "会长 应某", "副县长谢某", "商务局"]]
    )
    fields = next(iter(reading.rows)).fields
    assert (fields["visited_company"], fields["tracking_unit"]) == ("永康五金商会", "商务局")


def test_a_share_beside_target_and_done_is_what_is_done_of_it() -> None:
    reading = read(
        [["调度表"], ["镇", "签约项目", _, _], [_, "任务数", "完成数", "占比"], ["城关镇", 5, 2, "40%"]],
        (1, 1, 1, 3),
        (1, 0, 2, 0),
    )
    assert [one[:2] for one in told(reading)] == [("signings", "target"), ("signings", "done"), ("signings", "rate")]
    assert next(iter(reading.rows)).summary_values[2].recomputed_value == 40


def test_a_title_that_no_word_explains_whole_still_names_the_indicator() -> None:
    head = ["单位", "年度目标（亿元）", "当月数（亿元）", "累计占年度目标（%）", "超欠序时进度（百分点）"]
    reading = read([["利用省外资金完成情况统计表（2025年1-9月）"], head, ["商务局", 5, 0.5, 40, -35]])
    assert [one[:2] for one in told(reading)] == [
        ("funds_arrived", "target"),
        ("funds_arrived", "done"),
        ("funds_arrived", "rate"),
        ("funds_arrived", "gap"),
    ]


def test_whoever_visits_is_ours_where_another_column_names_whom_they_met() -> None:
    def people(*heads: str) -> tuple[object, object]:
        first = next(
            read(
                [
                    ["驻深圳招商联络处拜访企业明细", *[_] * (len(heads) + 1)],
                    ["拜访日期", *heads, "企业名称"],
                    ["2026-06-02", *["陆晓", "胡总"][: len(heads)], "深圳汇川智能"],
                ]
            ).rows
        )
        return first.fields.get("traveller_name"), first.fields.get("contact_name")

    assert people("拜访人", "会见人员") == ("陆晓", "胡总")
    assert people("带队领导", "拜访人") == ("陆晓", "胡总")
    assert people("拜访人") == (None, "陆晓")


def test_beside_the_company_that_was_met_whom_was_met_is_a_person() -> None:
    head = ["驻点小组", "驻点人员", "日期", "所到城市", "约见企业", "约见对象", "约见对象职务", "会面情况"]
    reading = read(
        [["驻点招商日志"], head, ["驻沪组", "王某", "2026.6.3", "上海市", "甲公司", "李某", "总经理", "可谈"]]
    )
    fields = next(iter(reading.rows)).fields
    assert (fields["contact_name"], fields["contact_position"]) == ("李某", "总经理")


@pytest.mark.parametrize(
    ("header", "scope"),
    [
        ("本周新增签约（个）", "week"),
        ("三季度签约项目（个）", "quarter"),
        ("1-9月累计签约（个）", "ytd"),
        ("累计签约（个）", "cumulative"),
    ],
)
def test_a_week_and_a_quarter_are_no_month_and_no_year(header: str, scope: str) -> None:
    assert interpret_column((header,), context=HeaderContext(kind="summary")).scope == scope


def test_signed_and_landed_at_once_is_a_part_of_neither() -> None:
    found = interpret_column(("签约落地项目数",), context=HeaderContext(kind="summary"))
    assert (found.field, found.indicator) == ("value", None)
    assert interpret_column(("加减分",), context=HeaderContext(kind="summary")).field is None


def test_funds_of_a_sheet_of_dollars_alone_are_foreign() -> None:
    head = ["县（市、区）", "合同外资额", "实际到资额", "完成全年目标进度"]
    reading = read([["利用外资情况简表"], ["单位：万美元"], head, ["甲县", 500, 120, "40%"]])
    assert told(reading)[1] == ("fdi_arrived", "done", None, 1_200_000)


def test_whoever_receives_is_no_guest_and_whoever_talks_beside_the_travellers_is() -> None:
    head = ["接待时间", "客商名称", "客商主要负责人", "负责人职务", "接待人", "洽谈进展情况"]
    reading = read([["接待外来客商情况统计表"], head, ["2026.6.3", "甲公司", "李某", "总经理", "王某", "可谈"]])
    assert next(iter(reading.rows)).fields["contact_name"] == "李某"
    head = ["外勤日期", "外勤人员", "前往地点", "走访单位", "接洽人员", "接洽人员职务", "洽谈纪要"]
    reading = read([["外勤记录"], head, ["2026.6.3", "王某", "深圳市", "甲公司", "李某", "总经理", "可谈"]])
    fields = next(iter(reading.rows)).fields
    assert [fields[name] for name in ("traveller_name", "contact_name", "contact_position")] == [
        "王某",
        "李某",
        "总经理",
    ]


def test_whoever_bears_a_task_is_no_project_s_company() -> None:
    head = ["承担单位", "市下达任务", "县分解任务", "已完成", "完成市任务%"]
    reading = read([["招商引资任务分解及完成进度（单位：万元）"], head, ["发改委", 500, 600, 300, 60]])
    assert [row.kind for row in reading.rows] == ["summary"]
    assert [one[:2] for one in told(reading)] == [
        (None, "target"),
        (None, "target"),
        (None, "done"),
        (None, "rate"),
    ]


def test_what_was_signed_on_a_journey_does_not_make_it_a_project() -> None:
    head = ["领导", "出访日期", "出访城市", "会见企业家", "企业家所在企业", "洽谈成果", "签约金额（亿元）"]
    reading = read([["招商行程清单"], head, ["王某", "2026年6月3日", "上海市", "李某", "甲公司", "有意来投资", 3]])
    assert [(row.kind, row.fields["contact_name"]) for row in reading.rows] == [("outreach", "李某")]


def test_problems_found_on_visits_stay_problems() -> None:
    head = ["走访时间", "走访企业", "反映问题", "责任单位", "办理时限", "办理情况"]
    reading = read([["走访企业问题台账"], head, ["2026.6.3", "甲公司", "用电不足", "供电公司", "2026.7.1", "正在办理"]])
    assert [row.kind for row in reading.rows] == ["problem"]


def test_points_that_can_be_had_are_no_score_beside_what_was_reached() -> None:
    reading = read(
        [
            ["乡镇", "考核指标", "分值", "得分"],
            ["柳林镇", "签约项目", 20, 16],
            ["石桥镇", "签约项目", 20, 18],
        ]
    )
    scores = [(value.header, float(value.value or 0)) for row in reading.rows for value in row.summary_values]
    assert scores == [("得分", 16), ("得分", 18)]
    assert next(iter(reading.rows)).extra["分值"] == "20"
