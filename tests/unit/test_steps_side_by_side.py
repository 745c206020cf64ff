"""Permit steps of a project side by side in its row, and what trips, receptions and promises say beside the plain fields."""

from __future__ import annotations

import datetime as dt
import io
import json

import openpyxl
import pytest

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger
from ingest.ledgers.ledger_output import json_lines
from ingest.ledgers.ledger_types import LedgerRow


def read(*rows: list[object], merges: tuple[str, ...] = ()) -> LedgerReading:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for area in merges:
        sheet.merge_cells(area)
    file = io.BytesIO()
    book.save(file)
    return read_ledger(file.getvalue(), "台账.xlsx", LedgerSource("410922"))


def first(reading: LedgerReading) -> LedgerRow:
    return next(iter(reading.rows))


def test_below_each_step_stand_who_answers_the_limit_and_the_day() -> None:
    reading = read(
        ["重点项目前期手续办理表"],
        ["项目名称", "环评批复", None, None, "施工许可", None, None],
        [None, "责任单位", "计划完成时间", "实际完成时间", "责任单位", "计划完成时间", "实际完成时间"],
        ["甲项目", "环保局", "2025-03-01", "2025-02-20", "住建局", "2025-06-01", None],
        merges=("B2:D2", "E2:G2", "A2:A3"),
    )
    row = first(reading)
    assert (row.kind, row.fields["problem_kind"]) == ("problem", "approval_step")
    assert [(s.step, s.owner_unit, s.due_on, s.closed_on) for s in row.steps] == [
        ("环评批复", "环保局", dt.date(2025, 3, 1), dt.date(2025, 2, 20)),
        ("施工许可", "住建局", dt.date(2025, 6, 1), None),
    ]
    printed = json.loads(next(json_lines(reading, "台账.xlsx")))
    assert printed["fields"]["steps"][0]["closed_on"] == "2025-02-20"


def test_a_list_of_projects_keeps_its_kind_and_tells_its_steps() -> None:
    row = first(
        read(
            ["重点项目建设情况"],
            ["项目名称", "投资方", "总投资（亿元）", "建设内容", "项目备案", "能评", "施工许可证"],
            ["甲项目", "甲公司", 2, "建厂房", "√", "不涉及", "预计2025年12月1日办结"],
        )
    )
    assert (row.kind, row.fields["total_investment_cny"]) == ("project", 200_000_000)
    assert [(s.step, s.status, s.due_on) for s in row.steps] == [
        ("项目备案", "已办理", None),
        ("能评", "无需办理", None),
        ("施工许可证", "预计2025年12月1日办结", dt.date(2025, 12, 1)),
    ]


def test_of_progress_and_state_the_words_of_a_state_are_the_state() -> None:
    row = first(
        read(
            ["企业问题台账"],
            ["企业名称", "存在问题", "问题类型", "责任单位", "办理情况", "办结状态", "未办结原因"],
            ["甲公司", "用电不足", "用电", "供电公司", "已踏勘现场，正在编制方案", "办理中", "等上级批复"],
        )
    )
    assert (row.fields["status"], row.fields["progress_note"]) == ("办理中", "已踏勘现场，正在编制方案")
    assert (row.fields["problem_type"], row.fields["open_reason"]) == ("用电", "等上级批复")


def test_a_promise_has_its_policy_and_what_was_paid_of_it() -> None:
    row = first(
        read(
            ["惠企政策兑现台账"],
            ["企业名称", "惠企政策", "兑现事项", "应兑现金额（万元）", "已兑现金额（万元）", "兑现时限", "兑现状态"],
            ["甲公司", "招商十条", "设备补贴", 50, 20, "2025-12-31", "部分兑现"],
        )
    )
    assert row.fields["problem_kind"] == "policy_promise"
    assert (row.fields["policy_name"], row.fields["subject"]) == ("招商十条", "设备补贴")
    assert (row.fields["amount_cny"], row.fields["paid_cny"]) == (500_000, 200_000)


def test_a_reception_has_its_day_and_host() -> None:
    row = first(
        read(
            ["客商来访接待台账"],
            ["来访时间", "来访企业", "来访人员", "接待领导", "考察内容", "接洽结果"],
            ["2025-03-04", "甲公司", "张某", "李某", "考察厂房", "有意向"],
        )
    )
    assert row.kind == "outreach"
    assert "start_on" not in row.fields
    assert row.fields["received_on"] == dt.date(2025, 3, 4)
    assert [row.fields[name] for name in ("contact_name", "host_name", "topic", "result_note")] == [
        "张某",
        "李某",
        "考察厂房",
        "有意向",
    ]


def test_an_event_is_outreach_with_what_was_signed_there() -> None:
    row = first(
        read(
            ["招商推介活动一览表"],
            ["活动名称", "举办时间", "举办地点", "出席领导", "签约项目（个）", "签约金额（亿元）", "承办单位"],
            ["食品产业推介会", "2025-03-04", "深圳", "李某", 3, 12.5, "县商务局"],
        )
    )
    assert (row.kind, row.fields["topic"], row.fields["start_on"]) == (
        "outreach",
        "食品产业推介会",
        dt.date(2025, 3, 4),
    )
    assert (row.fields["signed_count"], row.fields["signed_amount_cny"]) == (3, 1_250_000_000)


@pytest.mark.parametrize(("cell", "measure"), [("14.5%", "growth"), (3, "change")])
def test_a_comparison_is_growth_only_where_its_cells_say_so(cell: object, measure: str) -> None:
    row = first(
        read(
            ["各县区到位资金完成情况"],
            ["县区", "全年目标（亿元）", "1-9月完成（亿元）", "完成率", "同比增减"],
            ["甲县", 20, 10, "51%", cell],
        )
    )
    assert [value.measure for value in row.summary_values] == ["target", "done", "rate", measure]
    assert row.summary_values[2].recomputed_value == 50


def test_due_and_done_below_a_step_and_how_exactly_their_days_are_known() -> None:
    reading = read(
        ["重大项目四证办理进度"],
        ["项目名称", "土地证", None, "施工许可证", None],
        [None, "应办结", "已办结", "应办结", "已办结"],
        ["甲项目", "2026年3月底", "2026.2.26", "2026年第四季度", None],
        merges=("B2:C2", "D2:E2", "A2:A3"),
    )
    told = [(s.step, s.due_on, s.due_on_precision, s.closed_on, s.closed_on_precision) for s in first(reading).steps]
    assert told == [
        ("土地证", dt.date(2026, 3, 1), "month", dt.date(2026, 2, 26), "day"),
        ("施工许可证", dt.date(2026, 1, 1), "year", None, None),
    ]
