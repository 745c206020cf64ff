"""The list 待判定 goes out and comes back: what people decide about two projects is an event, or told with its reason."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from test_follow_up_reader import ISSUED, ITEMS, fill

from ingest.follow_up.follow_up_reader import FollowUpReading, read_follow_up
from reports.follow_up_workbooks import county_workbook


def side(end: str, **changed: Any) -> dict[str, Any]:
    shown = {
        "county_code": "410928",
        "county_name": "濮阳县",
        "project_name": "麦香面粉加工项目",
        "project_code": "2401-410928-04-01-000001",
        "investor_name": "麦香食品（河南）有限公司",
        "signed_on": dt.date(2025, 3, 1),
        "total_investment_cny": 250_000_000,
        "evidence": "台账.xlsx / 台账 / 第4行",
        **changed,
    }
    return {f"{name}_{end}": value for name, value in shown.items()}


def pair(number: int) -> dict[str, Any]:
    return {
        "county_code": "410928",
        "county_name": "濮阳县",
        "score": 0.7891,
        "reasons": "similar_name_same_county similar_name_same_investor",
        **side("a"),
        **side("b", county_code="410922", county_name="清丰县", project_code=None, project_name=f"麦香面粉深加工{number}项目"),
    }  # fmt: skip


PAIRS = [pair(number) for number in range(1, 8)]
FULL = {"判定人": "李**", "判定日期": "2026-07-10"}
Change = Callable[[Any, dict[str, int]], None]


def filled(change: Change) -> bytes:
    """The issued workbook as a person leaves it: `change` gets the list 待判定 and the column of each header."""
    book = openpyxl.load_workbook(io.BytesIO(county_workbook(ITEMS, ISSUED, PAIRS)))
    page = book["待判定"]
    change(page, {str(cell.value): cell.column for cell in page[3]})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(change: Change) -> FollowUpReading:
    reading = read_follow_up(filled(change))
    assert reading.refusal is None
    return reading


def test_an_untouched_list_says_nothing_and_a_county_may_have_only_that() -> None:
    reading = read_follow_up(county_workbook([], ISSUED, PAIRS))
    assert (reading.refusal, reading.decisions, reading.rejected, reading.rows_seen) == (None, [], [], len(PAIRS))


def test_what_is_printed_tells_the_two_apart_and_leaves_the_keys_out() -> None:
    page = openpyxl.load_workbook(io.BytesIO(county_workbook([], ISSUED, PAIRS)))["待判定"]
    shown = {str(cell.value): value.value for cell, value in zip(page[3], page[4], strict=True)}
    assert (shown["得分"], shown["疑似理由"]) == ("0.79", "同一县区，名称相近；投资方相同，名称相近")
    assert (shown["甲总投资"], shown["乙县区"]) == ("2.50亿元", "清丰县")
    last = page[page.print_area.split("!")[-1].split(":")[1].replace("$", "")]
    assert [cell.value for cell in page[3]][last.column :] == ["甲县区代码", "乙县区代码", "派发日期"]
    (offered,) = [rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert "同一,更名,不同,甲拆分为乙,甲并入乙,甲属于乙,乙拆分为甲,乙并入甲,乙属于甲" in offered


def test_a_decision_is_one_event_with_both_projects_as_shown() -> None:
    reading = read(lambda page, columns: fill(page, columns, 4, 判定="同一。", 说明="同一地块", **FULL))
    (decision,) = reading.decisions
    assert (decision.decision, decision.author, decision.reason) == ("same", "李**", "同一地块")
    assert (decision.decided_on, decision.issued_on) == (dt.date(2026, 7, 10), ISSUED)
    assert (decision.county_code_a, decision.project_name_a) == ("410928", "麦香面粉加工项目")
    assert (decision.project_code_a, decision.investor_name_a) == (
        "2401-410928-04-01-000001",
        "麦香食品（河南）有限公司",
    )
    assert (decision.county_code_b, decision.project_name_b, decision.project_code_b) == (
        "410922",
        "麦香面粉深加工1项目",
        None,
    )
    assert decision.raw == {"判定": "同一。", "说明": "同一地块", **FULL}
    assert (reading.rejected, reading.replies, reading.issued_on) == ([], [], ISSUED)


@pytest.mark.parametrize(
    ("typed", "decision", "subject"),
    [
        ("更名", "renamed", "麦香面粉加工项目"),
        ("不同", "different", "麦香面粉加工项目"),
        ("甲拆分为乙", "split_into", "麦香面粉加工项目"),
        (" 甲 并入 乙 ", "merged_into", "麦香面粉加工项目"),
        ("乙属于甲", "part_of", "麦香面粉深加工1项目"),
    ],
)
def test_the_subject_of_a_decision_stands_on_the_left(typed: str, decision: str, subject: str) -> None:
    (found,) = read(lambda page, columns: fill(page, columns, 4, 判定=typed, **FULL)).decisions
    assert (found.decision, found.project_name_a) == (decision, subject)
    assert {found.county_code_a, found.county_code_b} == {"410928", "410922"}


def test_rows_sorted_and_saved_again_are_the_same_events() -> None:
    def decide(page: Any, columns: dict[str, int]) -> None:
        fill(page, columns, 4, 判定="同一", 判定人="李**", 判定日期=dt.date(2026, 7, 10))

    def turn_round(page: Any, columns: dict[str, int]) -> None:
        decide(page, columns)
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
        for number, values in enumerate(reversed(rows), start=4):
            for place, value in enumerate(values, start=1):
                page.cell(number, place).value = value

    (first,), (second,) = read(decide).decisions, read(turn_round).decisions
    assert (first.event_id, first.row_number, second.row_number) == (second.event_id, 4, 3 + len(PAIRS))


def test_what_cannot_be_used_decides_nothing_and_is_told() -> None:
    def change(page: Any, columns: dict[str, int]) -> None:
        fill(page, columns, 4, 判定="属于", **FULL)
        fill(page, columns, 5, 判定="同一", 判定日期="2026-07-10")
        fill(page, columns, 6, 判定="同一", 判定人="李**", 判定日期="2026年7月")
        fill(page, columns, 7, 判定="同一", 甲项目名称="麦香面粉项目", **FULL)
        fill(page, columns, 8, 判定="同一", 判定人="李**")
        fill(page, columns, 9, 说明="待核实")
        fill(page, columns, 10, 判定="=A1", **FULL)
        page.cell(11, columns["甲项目名称"]).value = "以上情况属实"
        page.cell(10, page.max_column + 1).value = "领导已批示"

    reading = read(change)
    assert reading.decisions == []
    assert [(cell.row_number, cell.column_name, cell.raw, cell.reason_code) for cell in reading.rejected] == [
        (4, "判定", "属于", "unknown_decision"),
        (5, "判定", "同一", "no_decider"),
        (6, "判定日期", "2026年7月", "bad_date"),
        (7, "判定", "同一", "edited_key"),
        (7, "判定人", "李**", "edited_key"),
        (7, "判定日期", "2026-07-10", "edited_key"),
        (8, "判定", "同一", "no_decision_date"),
        (9, "说明", "待核实", "no_decision"),
        (10, "判定", "=…", "error_value"),
        (10, "第25列", "领导已批示", "unknown_column"),
        (11, "甲项目名称", "以上情况属实", "edited_key"),
    ]
    assert all(cell.message and cell.sheet == "待判定" for cell in reading.rejected)


def test_a_day_far_ahead_is_told() -> None:
    reading = read(lambda page, columns: fill(page, columns, 4, 判定="同一", 判定人="李**", 判定日期="2062-07-10"))
    assert (reading.decisions, [cell.reason_code for cell in reading.rejected]) == ([], ["bad_date"])
