"""Other kinds of ledgers: journeys told in lines above lists, ticked states, matters by kind, earlier years and quarters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from ingest.formats.sheet import Merge, Sheet, Workbook
from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_workbook
from ingest.ledgers.report_date import report_date

_ = None


def read(cells: Sequence[Sequence[Any]], *merges: tuple[int, int, int, int]) -> LedgerReading:
    sheet = Sheet("Sheet1", [list(row) for row in cells], merges=[Merge(*merge) for merge in merges])
    return read_workbook(Workbook("xlsx", [sheet]), "表.xlsx", LedgerSource("411700"), "0" * 64)


def fields(reading: LedgerReading, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row.fields.get(name) for name in names) for row in reading.rows if row.status == "accepted"]


def figures(reading: LedgerReading) -> list[tuple[str | None, str | None, str | None, float | None]]:
    first = next(iter(reading.rows))
    return [
        (v.indicator, v.measure, v.scope, None if v.value is None else float(v.value)) for v in first.summary_values
    ]


# Trips


def test_a_line_above_the_header_tells_of_every_row() -> None:
    reading = read(
        [
            ["赴长三角招商活动情况"],
            ["带队领导：李某　　时间：2026年7月12日至7月16日"],
            ["序号", "城市", "拜访企业", "洽谈内容"],
            [1, "上海", "甲公司", "合作意向"],
            [2, "苏州", "乙公司", "来县考察"],
        ]
    )
    assert fields(reading, "traveller_name", "start_on", "end_on", "destination", "visited_company") == [
        ("李某", dt.date(2026, 7, 12), dt.date(2026, 7, 16), "上海", "甲公司"),
        ("李某", dt.date(2026, 7, 12), dt.date(2026, 7, 16), "苏州", "乙公司"),
    ]


def test_lines_among_the_rows_tell_of_those_below_them() -> None:
    reading = read(
        [
            ["外出招商活动台账（2026年）"],
            ["序号", "拜访企业", "洽谈项目", "对接成果"],
            ["带队领导：李某；外出时间：2026.5.3-2026.5.6；外出地点：杭州"],
            [1, "甲公司", "冷链项目", "达成意向"],
            ["带队领导：王某；外出时间：2026.6.3-2026.6.6；外出地点：广州"],
            [2, "乙公司", "电缆项目", "达成意向"],
        ]
    )
    assert fields(reading, "traveller_name", "start_on", "destination", "visited_company") == [
        ("李某", dt.date(2026, 5, 3), "杭州", "甲公司"),
        ("王某", dt.date(2026, 6, 3), "广州", "乙公司"),
    ]
    # When somebody travelled is not when the list was filed.
    assert reading.report_date is None


def test_who_filed_a_list_and_when_is_told_of_no_trip() -> None:
    reading = read(
        [
            ["外出招商情况表"],
            ["填报单位：柳林镇　　填报时间：2026年8月30日"],
            ["外出人员", "目的地", "拜访企业", "成效"],
            ["李某", "上海", "甲公司", "达成意向"],
        ]
    )
    assert fields(reading, "traveller_name", "team_name", "start_on") == [("李某", None, None)]


def test_delegations_abroad_are_trips() -> None:
    reading = read(
        [
            ["2026年因公出国经贸活动情况"],
            ["团组", "团长", "团员", "国家", "出境日期", "入境日期", "经贸成果"],
            ["经贸代表团", "李某", "王某", "德国", "2026-03-02", "2026-03-09", "签约2个项目"],
        ]
    )
    assert fields(reading, "traveller_name", "companions", "destination", "start_on", "end_on", "result_note") == [
        ("李某", "王某", "德国", dt.date(2026, 3, 2), dt.date(2026, 3, 9), "签约2个项目")
    ]


def test_days_and_visits_counted_by_month_are_no_trips() -> None:
    reading = read(
        [
            ["乡镇主要负责人外出招商天数统计"],
            ["乡镇", "书记", _, "拜访企业（家）", _],
            [_, "本月天数", "累计天数", "本月", "累计"],
            ["柳林镇", 2, 15, 4, 30],
            ["东关镇", 3, 12, 5, 20],
        ],
        (1, 0, 2, 0),
        (1, 1, 1, 2),
        (1, 3, 1, 4),
    )
    assert {row.kind for row in reading.rows} == {"summary"}


# Problems, promises, steps


def test_a_tick_below_a_state_tells_it() -> None:
    reading = read(
        [
            ["企业困难问题协调解决情况表"],
            ["序号", "企业名称", "困难问题", "责任部门", "办理情况", _, _],
            [_, _, _, _, "已解决", "正在解决", "暂无法解决"],
            [1, "甲公司", "用电不足", "县供电公司", "√", _, _],
            [2, "乙公司", "缺用地", "县自然资源局", _, _, "√"],
        ],
        (1, 4, 1, 6),
    )
    assert fields(reading, "status", "state") == [("已解决", "done"), ("暂无法解决", "impossible")]


def test_kinds_of_problems_in_columns_are_one_matter() -> None:
    reading = read(
        [
            ["项目要素保障问题清单"],
            ["序号", "项目名称", "需协调解决的问题", _, _, "责任单位", "解决时限"],
            [_, _, "用地", "用能", "资金", _, _],
            [1, "甲园", "缺20亩", _, "贷款未到", "县发改委", "2026-09-30"],
            [2, "乙园", _, "负荷不足", _, "县供电公司", "2026-10-31"],
        ],
        (1, 2, 1, 4),
    )
    assert fields(reading, "project_name", "subject") == [
        ("甲园", "用地：缺20亩；资金：贷款未到"),
        ("乙园", "用能：负荷不足"),
    ]


def test_a_bare_word_beside_steps_is_one() -> None:
    reading = read(
        [
            ["项目手续办理一览表"],
            ["序号", "项目名称", "立项", "规划", "土地", "环评", "施工许可", "验收"],
            [1, "甲园", "√", "√", "√", "×", "×", "×"],
        ]
    )
    (row,) = reading.rows
    assert [step.step for step in row.steps] == ["立项", "规划", "土地", "环评", "施工许可", "验收"]


# Figures


def test_the_same_months_a_year_before_are_the_years_before() -> None:
    head = ["县区", "2025年1-8月", "2026年1-8月", "增幅（%）"]
    reading = read([["各县区到位资金对比表（亿元）"], head, ["甲县", 10, 12, 20], ["乙县", 8, 9, 12.5]])
    assert figures(reading) == [
        ("funds_arrived", "previous", "ytd", 1_000_000_000),
        ("funds_arrived", "done", "ytd", 1_200_000_000),
        ("funds_arrived", "growth", None, 20),
    ]


def test_a_figure_of_an_earlier_year_is_none_of_this_year() -> None:
    head = ["县区", "2025年到位资金（亿元）", "2026年1-8月到位资金（亿元）"]
    reading = read([head, ["甲县", 20, 12], ["乙县", 18, 9]])
    assert figures(reading) == [("funds_arrived", "done", "ytd", 1_200_000_000)]


def test_quarters_beside_one_another_are_each_their_own() -> None:
    reading = read(
        [
            ["各县区到位资金季度完成情况（单位：亿元）"],
            ["县区", "一季度", _, "二季度", _, "合计", _],
            [_, "目标", "完成", "目标", "完成", "目标", "完成"],
            ["甲县", 5, 4, 6, 7, 11, 11],
            ["乙县", 5, 4, 6, 7, 11, 11],
        ],
        (1, 0, 2, 0),
        (1, 1, 1, 2),
        (1, 3, 1, 4),
        (1, 5, 1, 6),
    )
    assert [(measure, scope) for _one, measure, scope, _value in figures(reading)] == [
        ("target", "quarter"),
        ("done", "quarter"),
        ("target", "quarter"),
        ("done", "quarter"),
        ("target", None),
        ("done", None),
    ]


def test_months_of_the_title_are_those_of_bare_figures() -> None:
    head = ["县区", "签约项目（个）", "到位资金（亿元）"]
    cells = [head, ["甲县", 6, 5], ["乙县", 5, 4]]
    assert {scope for *_rest, scope, _value in figures(read([["2026年1—8月完成情况表"], *cells]))} == {"ytd"}
    assert {scope for *_rest, scope, _value in figures(read([["2026年8月完成情况表"], *cells]))} == {None}


def test_a_target_before_its_figure_and_their_share() -> None:
    head = ["单位", "任务数（万元）", "到位资金（万元）", "完成比例", "新引进项目（个）"]
    cells = [head, ["甲局", 6000, 3000, "50%", 3], ["乙局", 5000, 1000, "20%", 2]]
    assert figures(read([["招商任务"], *cells]))[0] == ("funds_arrived", "target", None, 60_000_000)
    # Without its share the task may be of something else.
    apart = [row[:3] + row[4:] for row in cells]
    assert all(measure != "target" for _one, measure, *_rest in figures(read([["招商任务"], *apart])))


def test_targets_and_figures_by_turns_below_regions() -> None:
    reading = read(
        [
            ["招商引资主要指标完成情况"],
            ["指标", "单位", "分类", "甲县", "乙县"],
            ["到位市外资金", "亿元", "年度目标", 20, 21],
            [_, _, "完成数", 10, 11],
            ["新签约项目", "个", "年度目标", 10, 11],
            [_, _, "完成数", 5, 6],
        ],
        (2, 0, 3, 0),
        (2, 1, 3, 1),
        (4, 0, 5, 0),
        (4, 1, 5, 1),
    )
    said = [(v.region_name, v.measure, v.value) for row in reading.rows for v in row.summary_values]
    assert said[:3] == [
        ("甲县", "target", 2_000_000_000),
        ("乙县", "target", 2_100_000_000),
        ("甲县", "done", 1_000_000_000),
    ]


# The date


@pytest.mark.parametrize(
    ("title", "headers", "stated"),
    [
        ("2026年全县项目调度表", ["1-8月完成投资", "8月完成投资"], dt.date(2026, 8, 31)),
        ("项目调度表", ["截至2026年8月底累计完成投资"], dt.date(2026, 8, 31)),
        ("2026年全县项目调度表", ["2025年1-12月完成投资", "1-8月完成投资"], dt.date(2026, 8, 31)),
        # Columns made ready for months to come, plans, and no year.
        ("2026年全县项目调度表", ["1月完成投资", "2月完成投资", "3月完成投资"], None),
        ("2026年全县项目调度表", ["10月计划投资", "10月底前完成"], None),
        ("全县项目调度表", ["1-8月完成投资"], None),
    ],
)
def test_headers_date_a_ledger_that_nothing_else_dates(title: str, headers: list[str], stated: dt.date | None) -> None:
    found = report_date(rule=None, titles=[title], filing_lines=[title], file_name="台账.xlsx", headers=headers)
    assert (found.date, found.basis) == (stated, "headers" if stated else None)


def test_steps_down_the_rows_and_projects_across() -> None:
    reading = read(
        [
            ["拟开工项目审批手续对照表"],
            ["手续名称", "甲饲料加工项目", "乙电缆生产项目"],
            ["项目备案", "√", "√"],
            ["环评批复", "√", "×"],
            ["施工许可证", "×", _],
        ]
    )
    assert [
        (row.kind, row.fields["problem_kind"], row.fields["project_name"], [(one.step, one.state) for one in row.steps])
        for row in reading.rows
    ] == [
        (
            "problem",
            "approval_step",
            "甲饲料加工项目",
            [("项目备案", "done"), ("环评批复", "done"), ("施工许可证", "not_accepted")],
        ),
        ("problem", "approval_step", "乙电缆生产项目", [("项目备案", "done"), ("环评批复", "not_accepted")]),
    ]


def test_of_each_chain_is_of_all_of_them() -> None:
    head = ["产业链", "6月", "7月", "1-7月", "去年同期"]
    reading = read([["2026年各产业链到位资金情况（单位：亿元）"], head, ["甲链", 1, 2, 9, 8], ["乙链", 1, 1, 7, 7]])
    assert [one[:2] for one in figures(reading)] == [
        ("funds_arrived", "done"),
        ("funds_arrived", "done"),
        ("funds_arrived", "done"),
        ("funds_arrived", "previous"),
    ]
    # What the months come to since January says until when.
    assert reading.report_date == dt.date(2026, 7, 31)


def test_an_indicator_a_row_beside_the_same_months_of_the_year_before() -> None:
    reading = read(
        [
            ["招商引资主要指标"],
            ["指标", "2026年上半年", "2025年上半年", "同比（%）", "年度目标"],
            ["到位资金（亿元）", 30, 25, 20, 60],
            ["新签约项目（个）", 40, 32, 25, 80],
        ]
    )
    assert [one[1] for one in figures(reading)] == ["done", "previous", "growth", "target"]
