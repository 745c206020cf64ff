"""Follow-up workbooks go out and come back: renamed, saved again, sorted, partly filled, misused. Nothing is lost."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.follow_up.follow_up_reader import FollowUpReading, read_follow_up
from reports.follow_up_workbooks import county_workbook

ISSUED = dt.date(2026, 7, 6)


def item(number: int, **changed: Any) -> dict[str, Any]:
    return {
        "follow_up_id": f"F{number:016x}",
        "project_id": f"P{number:016x}",
        "rule_id": "R01",
        "county_code": "410928",
        "county_name": "濮阳县",
        "project_name": f"第{number}项目",
        "light": "red",
        "level": "supervision",
        "status": "open",
        "opened_on": dt.date(2026, 5, 31),
        "due_on": dt.date(2026, 6, 10),
        "is_overdue": True,
        "rule_name": "签约后未开工",
        "reason": "签约 2025-01-01 至今未开工 signed and not started",
        "action": "=查明原因",
        "responsible_unit": f"县商务局{number % 2}",
        "responsible_leader": "副县长王**",
        "evidence": "台账.xlsx / 台账 / 第4行",
        "history": "2026-05-31 立项",
        **changed,
    }


ITEMS = [item(number) for number in range(1, 6)]


def filled(change: Callable[[Any, dict[str, int]], None], items: list[dict[str, Any]] = ITEMS) -> bytes:
    """The issued workbook as a person leaves it: `change` gets the task list and the column of each header."""
    book = openpyxl.load_workbook(io.BytesIO(county_workbook(items, ISSUED)))
    page = book["任务清单"]
    columns = {str(cell.value): cell.column for cell in page[3]}
    change(page, columns)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(change: Callable[[Any, dict[str, int]], None]) -> FollowUpReading:
    reading = read_follow_up(filled(change))
    assert reading.refusal is None
    return reading


def fill(page: Any, columns: dict[str, int], row: int, **cells: Any) -> None:
    for header, value in cells.items():
        page.cell(row, columns[header]).value = value


def test_an_untouched_workbook_says_nothing() -> None:
    reading = read_follow_up(county_workbook(ITEMS, ISSUED))
    assert (reading.replies, reading.rejected, reading.rows_seen) == ([], [], 15)


def test_what_is_printed_ends_with_the_reply_area_and_leaves_the_keys_out() -> None:
    for page in openpyxl.load_workbook(io.BytesIO(county_workbook(ITEMS, ISSUED))):
        last = page[page.print_area.split("!")[-1].split(":")[1].replace("$", "")]
        headers = [cell.value for cell in page[3]]
        assert last.row == 3 + len(ITEMS)
        assert headers[last.column :] == ["项目编号", "规则编号", "县区代码", "派发日期"]


def test_a_full_reply_is_one_event_with_all_it_says() -> None:
    def change(page: Any, columns: dict[str, int]) -> None:
        fill(page, columns, 5, 办理状态="办理中", 滞后原因="用地未批", 整改措施="月底前报批", 责任人="李**")
        fill(
            page, columns, 5, 新的办结时限=dt.date(2026, 9, 30), 佐证材料="国土函〔2026〕8号", 回复日期="2026年7月10日"
        )

    (reply,) = read(change).replies
    assert (reply.follow_up_id, reply.project_id, reply.rule_id) == (f"F{2:016x}", f"P{2:016x}", "R01")
    assert (reply.status, reply.event, reply.cause, reply.measure) == (
        "in_progress",
        "extended",
        "用地未批",
        "月底前报批",
    )
    assert (reply.new_due_on, reply.happened_on, reply.happened_on_basis) == (
        dt.date(2026, 9, 30),
        dt.date(2026, 7, 10),
        "stated",
    )
    assert reply.evidence_reference == "国土函〔2026〕8号"
    assert set(reply.raw) == {
        "办理状态",
        "滞后原因",
        "整改措施",
        "责任人",
        "新的办结时限",
        "佐证材料",
        "回复日期",
    }


def test_without_a_reply_date_the_day_of_issue_counts() -> None:
    (reply,) = read(lambda page, columns: fill(page, columns, 4, 办理状态="已办结。")).replies
    assert (reply.happened_on, reply.happened_on_basis, reply.event) == (ISSUED, "issued", "closed")


def test_rows_sorted_and_cut_still_answer_their_own_items() -> None:
    def change(page: Any, columns: dict[str, int]) -> None:
        for row in range(4, 9):
            fill(page, columns, row, 滞后原因=f"原因{row - 3}")
        rows = [[cell.value for cell in page[row]] for row in range(4, 9)]
        for row, values in enumerate(reversed(rows), start=4):
            for column, value in enumerate(values, start=1):
                page.cell(row, column).value = value
        page.delete_rows(6)
        page.delete_cols(columns["台账出处"])

    said = {reply.follow_up_id: reply.cause for reply in read(change).replies}
    assert said == {f"F{number:016x}": f"原因{number}" for number in (1, 2, 4, 5)}


def test_what_cannot_be_used_is_told_with_its_cell_and_the_rest_is_kept() -> None:
    def change(page: Any, columns: dict[str, int]) -> None:
        fill(page, columns, 4, 办理状态="差不多了", 滞后原因="资金", 新的办结时限="尽快")
        page.cell(5, max(columns.values()) + 2).value = "领导已批示"
        page.cell(20, 2).value = "以上情况属实"
        fill(page, columns, 6, 事项编号="丢了", 项目编号=None, 办理状态="已办结")

    reading = read(change)
    (reply,) = reading.replies
    assert (reply.cause, reply.status, reply.new_due_on) == ("资金", None, None)
    told = {(cell.row_number, cell.raw): cell.reason_code for cell in reading.rejected}
    assert told[4, "差不多了"] == "unknown_state"
    assert told[4, "尽快"] == "bad_date"
    assert told[5, "领导已批示"] == "unknown_column"
    assert told[20, "以上情况属实"] == "no_item"
    assert told[6, "已办结"] == "no_item"


def test_every_list_can_be_answered_in_and_the_item_is_the_same() -> None:
    def change(page: Any, columns: dict[str, int]) -> None:
        fill(page, columns, 4, 办理状态="办理中", 回复日期="2026-07-08")
        for name, row, cells in (
            ("责任清单", 4, {"责任人": "钱**"}),
            ("交办单", 4, {"签收人": "孙**", "签收日期": dt.date(2026, 7, 7)}),
            ("交办单", 5, {"办理状态": "无法办理（投资方已注销）", "滞后原因": "投资方注销", "回复日期": "7月9日"}),
        ):
            other = page.parent[name]
            fill(other, {str(cell.value): cell.column for cell in other[3]}, row, **cells)

    reading = read(change)
    said = {(reply.sheet, reply.event): reply for reply in reading.replies}
    assert set(said) == {
        ("任务清单", "answered"),
        ("责任清单", "answered"),
        ("交办单", "received"),
        ("交办单", "impossible"),
    }
    received, impossible = said["交办单", "received"], said["交办单", "impossible"]
    assert (received.received_by, received.happened_on) == ("孙**", dt.date(2026, 7, 7))
    assert (impossible.status, impossible.cause) == ("impossible", "投资方注销")
    assert impossible.happened_on == dt.date(2026, 7, 9)
    assert reading.rejected == []
    assert {reply.follow_up_id for reply in reading.replies} <= {one["follow_up_id"] for one in ITEMS}


def test_impossible_needs_a_cause_on_one_of_the_lists() -> None:
    reading = read(lambda page, columns: fill(page, columns, 4, 办理状态="无法办理"))
    assert [(cell.row_number, cell.column_name, cell.reason_code) for cell in reading.rejected] == [
        (4, "办理状态", "no_reason")
    ]
    assert reading.replies[0].event == "impossible"


def test_what_is_typed_outside_the_lists_is_told() -> None:
    def change(page: Any, columns: dict[str, int]) -> None:
        page.cell(2, columns["佐证材料"]).value = "请领导审阅"
        page.cell(4, columns["整改措施"]).value = "=不算的公式"
        page.parent.create_sheet("补充说明")["B2"] = "以上情况属实"

    told = [(cell.sheet, cell.row_number, cell.raw, cell.reason_code) for cell in read(change).rejected]
    assert told == [
        ("任务清单", 2, "请领导审阅", "not_in_a_list"),
        ("任务清单", 4, "=…", "error_value"),
        ("补充说明", 2, "以上情况属实", "not_in_a_list"),
    ]


def test_a_damaged_item_number_is_made_again_from_project_rule_and_day() -> None:
    import hashlib

    def change(page: Any, columns: dict[str, int]) -> None:
        fill(page, columns, 4, 事项编号=None, 办理状态="办理中")

    made = "F" + hashlib.sha256(f"P{1:016x}|R01|2026-05-31".encode()).hexdigest()[:16]
    assert [reply.follow_up_id for reply in read(change).replies] == [made]


def test_a_date_that_cannot_be_true_is_told_and_the_day_of_issue_counts() -> None:
    reading = read(lambda page, columns: fill(page, columns, 4, 办理状态="办理中", 回复日期=dt.date(2062, 7, 1)))
    assert [(cell.reason_code, cell.column_name) for cell in reading.rejected] == [("bad_date", "回复日期")]
    assert reading.replies[0].happened_on == ISSUED


def test_a_limit_that_had_passed_when_the_item_was_issued_extends_nothing() -> None:
    reading = read(lambda page, columns: fill(page, columns, 4, 办理状态="办理中", 新的办结时限=dt.date(2020, 1, 1)))
    assert [(cell.reason_code, cell.column_name) for cell in reading.rejected] == [("bad_date", "新的办结时限")]
    assert (reading.replies[0].new_due_on, reading.replies[0].event) == (None, "answered")


def test_the_same_reply_in_two_files_is_one_event() -> None:
    first = read(lambda page, columns: fill(page, columns, 4, 办理状态="已办结", 回复日期="2026-07-08"))

    def change(page: Any, columns: dict[str, int]) -> None:
        page.insert_rows(1)
        fill(page, columns, 5, 办理状态="已办结", 回复日期=dt.date(2026, 7, 8))

    second = read(change)
    assert first.replies[0].event_id == second.replies[0].event_id


@pytest.mark.parametrize("data", [b"", b"\x00" * 40, "项目,状态\n甲,乙\n".encode()])
def test_another_file_is_refused_with_a_reason(data: bytes) -> None:
    refusal = read_follow_up(data).refusal
    assert refusal is not None
    assert refusal.message


CELLS = st.one_of(
    st.none(), st.text("已办结理中=+@ \n甲乙1-/2026年月日🙂", max_size=12), st.integers(-5, 60000), st.floats(0, 9)
)
HEADERS = ("办理状态", "滞后原因", "整改措施", "责任人", "新的办结时限", "佐证材料", "回复日期")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(4, 8), st.sampled_from(HEADERS), CELLS), max_size=8))
def test_every_filled_cell_ends_in_an_event_or_is_told(cells: list[tuple[int, str, Any]]) -> None:
    typed = {(row, header): value for row, header, value in cells}

    def change(page: Any, columns: dict[str, int]) -> None:
        for (row, header), value in typed.items():
            cell = page.cell(row, columns[header])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"

    reading = read(change)
    used = {(reply.row_number, header) for reply in reading.replies for header in reply.raw}
    told = {(cell.row_number, cell.column_name) for cell in reading.rejected}
    for place, value in typed.items():
        if value is not None and str(value).strip():
            assert place in used | told


@pytest.mark.parametrize("state", [None, "差不多了"])
def test_a_date_beside_nothing_or_beside_a_state_nobody_can_read_is_no_answer(state: str | None) -> None:
    reading = read(lambda page, columns: fill(page, columns, 4, 回复日期="2026-06-20", 办理状态=state))
    assert reading.replies == []
    told = {cell.column_name: cell.reason_code for cell in reading.rejected}
    assert told == {"回复日期": "only_a_date", **({"办理状态": "unknown_state"} if state else {})}


def test_a_cause_without_a_state_is_kept_and_asked_about() -> None:
    reading = read(lambda page, columns: fill(page, columns, 4, 滞后原因="用地未落实"))
    assert [reply.cause for reply in reading.replies] == ["用地未落实"]
    assert [(cell.row_number, cell.column_name, cell.raw, cell.reason_code) for cell in reading.rejected] == [
        (4, "滞后原因", "用地未落实", "no_state")
    ]
    later = read(lambda page, columns: fill(page, columns, 4, 滞后原因="用地未落实", 新的办结时限="2026-09-30"))
    assert later.rejected == []
    stated = read(lambda page, columns: fill(page, columns, 4, 滞后原因="用地未落实", 办理状态="办理中"))
    assert stated.rejected == []
