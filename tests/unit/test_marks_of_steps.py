"""What ticks and circles below permit steps mean is what the table says of them; plans and ends stand below the step alone."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from ingest.kinds.mark_legend import legend
from ingest.ledgers.ledger import LedgerSource, read_ledger
from ingest.ledgers.ledger_types import LedgerRow

HEADER = ["项目名称", "用地规划许可", "工程规划许可", "施工许可"]
MARKED = ["丙纺织项目", "√", "○", "×"]


def rows(*cells: list[object]) -> list[LedgerRow]:
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return list(read_ledger(file.getvalue(), "台账.xlsx", LedgerSource("410922")).rows)


@pytest.mark.parametrize(
    "cells",
    [
        [["手续办理情况（√为已办，○为在办，×为未办）"], HEADER, MARKED],
        [["手续办理情况"], ["√已办 ○正在办理 ×未办"], HEADER, MARKED],
        [["手续办理情况"], HEADER, MARKED, ["注：打√表示已办结，“○”表示在办，“×”表示未办。"]],
    ],
)
def test_a_mark_means_what_the_table_says(cells: list[list[object]]) -> None:
    (row,) = rows(*cells)
    assert [(step.step, step.state) for step in row.steps] == [
        ("用地规划许可", "done"), ("工程规划许可", "open"), ("施工许可", "not_accepted"),
    ]  # fmt: skip


def test_a_circle_beside_crosses_stays_unread_where_nothing_explains_it() -> None:
    (row,) = rows(["手续办理情况"], HEADER, MARKED)
    assert [(step.status, step.state) for step in row.steps] == [
        ("已办理", "done"), ("○", None), ("未办理", "not_accepted"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("已办√，在办○，未办×", {"√": "已办", "○": "在办", "×": "未办"}),
        ("手续（√已办○在办×未办）", {"√": "已办", "○": "在办", "×": "未办"}),
        ("“/”为不涉及", {"/": "不涉及"}),
        ("★为省重点，已办/在办，用地√", {}),
    ],
)
def test_only_marks_that_are_given_a_state_are_explained(line: str, marks: dict[str, str]) -> None:
    assert legend([line]) == marks


def test_plan_and_actual_below_a_step_are_its_limit_and_its_end() -> None:
    (row,) = rows(
        ["项目审批进度跟踪"],
        ["项目", "备案", "", "环评", ""],
        ["", "计划", "实际", "计划", "实际"],
        ["甲食品项目", "2026-01-10", "2026-01-08", "2026-03-01", ""],
    )
    assert (row.kind, [(step.step, step.due_on, step.closed_on) for step in row.steps]) == (
        "problem",
        [("备案", dt.date(2026, 1, 10), dt.date(2026, 1, 8)), ("环评", dt.date(2026, 3, 1), None)],
    )


def test_calls_on_companies_are_no_projects_though_they_tell_what_was_talked_of() -> None:
    called = rows(
        ["驻长三角招商分局走访登记"],
        ["日期", "走访企业（商协会）", "地址", "会见人", "洽谈内容", "拟投资项目", "拟投资额（亿元）"],
        ["2026-06-08", "某新能源公司", "常州武进", "总经理", "储能电池包", "储能项目", 3.5],
        ["2026-06-10", "某五金商会", "永康", "秘书长", "产业转移", "", ""],
    )
    assert [(row.kind, row.status, row.fields["visited_company"]) for row in called] == [
        ("outreach", "accepted", "某新能源公司"), ("outreach", "accepted", "某五金商会"),
    ]  # fmt: skip


def test_a_present_state_beside_progress_is_the_stage_also_where_it_says_what_is_not_reached() -> None:
    found = rows(
        ["重点招商项目推进台账"],
        ["项目名称", "总投资（亿元）", "项目现状", "形象进度"],
        ["某智能终端项目", 3, "在建", "主体封顶"],
        ["某中药饮片项目", 2, "拟建", "办理环评"],
    )
    assert [(row.fields.get("stage"), row.fields.get("stage_raw")) for row in found] == [
        ("started", "在建"), (None, "拟建"),
    ]  # fmt: skip
