"""Spells, changes, items and replies over an invented county's months; the past is the same from any later day, and no
order of arrival changes anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import build
from lake_builder import LakeBuilder, day

from ingest.home import Home

pytestmark = pytest.mark.slow

COUNTY, OTHER = "410928", "410922"
AS_OF = "2026-07-05"
MILLION = 1_000_000
COMPARED = ("fct_project_lights", "stalled_projects", "fct_light_spells", "light_changes", "fct_follow_ups", "dim_project",
            "fct_fund_arrivals", "quality_follow_up_contradictions")  # fmt: skip


def signed(name: str, signed_on: str, **more: Any) -> dict[str, Any]:
    return {
        "project_name": name,
        "investor_name": f"{name}投资公司",
        "stage": "signed",
        "signed_on": signed_on,
        "total_investment_cny": 100 * MILLION,
        **more,
    }


def month_rows(month: int) -> list[dict[str, Any]]:
    """What the county reports at the end of each month of 2026."""
    rows = [
        signed("答复属实", "2025-12-01", progress_note=f"第{month}月" if month < 5 else None),
        signed("答复不实", "2025-12-01"),
        signed("申请延期", "2025-12-01"),
        signed("无人答复", "2025-12-01"),
        signed("重复亮灯", "2025-12-01", planned_start_on={1: "2026-01-10", 2: "2026-01-10", 3: "2026-06-10"}.get(month, "2026-04-10")),
    ]  # fmt: skip
    if month >= 6:
        rows[0] |= {"stage": "started", "started_on": "2026-06-20", "funds_arrived_cumulative_cny": 50 * MILLION}
    return rows


ENDS = ("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30")
Landing = Callable[[LakeBuilder], object]


def landings() -> list[Landing]:
    def county(month: int, end: str) -> Landing:
        return lambda lake: lake.ledger(COUNTY, end, month_rows(month))

    def other(end: str) -> Landing:
        return lambda lake: lake.ledger(OTHER, end, [signed("邻县项目", "2025-03-01")])

    corrected = [{**row, "total_investment_cny": 90 * MILLION} for row in month_rows(3)]
    return [
        *[county(month, end) for month, end in enumerate(ENDS, start=1)],
        *[other(end) for end in ENDS[2:]],
        lambda lake: lake.ledger(COUNTY, ENDS[2], corrected, revision_rank=1, name="更正.xlsx"),
    ]


def reply(item: dict[str, Any], happened_on: str, number: int, **said: Any) -> dict[str, Any]:
    return {
        "event_id": f"E{number:024d}",
        "follow_up_id": item["follow_up_id"],
        "project_id": item["project_id"],
        "rule_id": item["rule_id"],
        "county_code": COUNTY,
        "file_sha256": f"{number:064d}",
        "sheet": "任务清单",
        "row_number": 4,
        "event": "answered",
        "happened_on": day(happened_on),
        "happened_on_basis": "stated",
        "issued_on": day("2026-05-04"),
        **said,
    }


def items(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    """The R01 items by project name."""
    answer = connection.execute(
        "select f.*, p.project_name from fct_follow_ups as f join dim_project as p using (project_id) where rule_id = 'R01'"
    )
    names = [column[0] for column in answer.description or []]
    found = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {row["project_name"]: row for row in found}


def replies(found: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        reply(found["答复属实"], "2026-06-22", 1, event="closed", status="done", evidence_reference="开工令"),
        reply(found["答复不实"], "2026-05-12", 2, event="closed", status="done"),
        reply(found["申请延期"], "2026-05-11", 3, event="extended", status="in_progress", cause="用地", new_due_on=day("2026-09-30")),
        reply(found["申请延期"], "2026-05-13", 4, measure="报批"),
        reply(found["重复亮灯"], "2026-05-12", 6, cause="用地", person="甲某"),
        reply(found["重复亮灯"], "2026-05-12", 7, sheet="责任清单", row_number=6, cause="资金", person="乙某"),
        reply(found["重复亮灯"], "2026-05-12", 8, sheet="交办单", event="received", received_on=day("2026-05-12")),
        reply({"follow_up_id": "Fffffffffffffffff", "project_id": "P0", "rule_id": "R01"}, "2026-05-12", 5, cause="旧事项"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, duckdb.DuckDBPyConnection]]:
    """`forward` and `backward`: the same files landed in two orders; `earlier`: the first, seen from 10 May."""
    forward, backward = tmp_path_factory.mktemp("forward"), tmp_path_factory.mktemp("backward")
    for land in landings():
        land(LakeBuilder(forward))
    first = build(Home(forward), AS_OF)
    events = replies(items(first))
    first.close()
    for land in reversed(landings()):
        land(LakeBuilder(backward))
    for root, ordered in ((forward, events), (backward, events[::-1])):
        for event in ordered:
            LakeBuilder(root).table("follow_up_events", "inbox", [event], "2026-06")
    open_worlds = {"forward": build(Home(forward), AS_OF), "backward": build(Home(backward), AS_OF)}
    earlier = _copy(forward, tmp_path_factory.mktemp("earlier"))
    open_worlds["earlier"] = build(Home(earlier), "2026-04-29")
    yield open_worlds
    for connection in open_worlds.values():
        connection.close()


def _copy(source: Path, target: Path) -> Path:
    import shutil

    shutil.copytree(source / "lake", target / "lake")
    return target


Worlds = dict[str, duckdb.DuckDBPyConnection]


def test_no_order_of_arrival_changes_a_light_or_an_item(worlds: Worlds) -> None:
    for table in COMPARED:
        query = f"select * from {table} order by all"
        assert worlds["forward"].execute(query).fetchall() == worlds["backward"].execute(query).fetchall(), table


def test_the_past_is_the_same_from_any_later_day(worlds: Worlds) -> None:
    columns = "project_id, rule_id, light, observed_value, reason"
    then = worlds["earlier"].execute(f"select {columns} from intermediate.int_lights order by all").fetchall()
    seen = (
        worlds["forward"]
        .execute(f"select {columns} from intermediate.int_light_history where as_of_on = '2026-04-29' order by all")
        .fetchall()
    )
    assert then == seen
    assert len(then) > 20


def test_a_spell_begins_on_the_day_the_threshold_was_crossed(worlds: Worlds) -> None:
    (row,) = (
        worlds["forward"]
        .execute(
            "select began_on, red_on, ended_on, is_open from fct_light_spells join dim_project using (project_id)"
            " where project_name = '无人答复' and rule_id = 'R01'"
        )
        .fetchall()
    )
    assert row == (dt.date(2026, 3, 1), None, None, True)


def test_a_relapse_is_a_second_spell_and_escalates(worlds: Worlds) -> None:
    rows = (
        worlds["forward"]
        .execute(
            "select spell_number, opened_on, closed_on, level from fct_follow_ups join dim_project using (project_id)"
            " where project_name = '重复亮灯' and rule_id = 'R02' order by spell_number"
        )
        .fetchall()
    )
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (1, dt.date(2026, 2, 10), dt.date(2026, 3, 31)),
        (2, dt.date(2026, 5, 10), None),
    ]
    assert rows[1][3] == "supervision"


def test_replies_close_extend_and_are_contradicted(worlds: Worlds) -> None:
    found = items(worlds["forward"])
    true, false, late, silent = (found[name] for name in ("答复属实", "答复不实", "申请延期", "无人答复"))
    assert (true["status"], true["closed_on"], true["closed_reason"]) == ("closed", dt.date(2026, 6, 22), "answered")
    assert (false["status"], false["closed_on"], false["reopened_on"]) == ("reopened", None, dt.date(2026, 5, 31))
    assert false["repeats"] == 1
    assert (late["status"], late["due_on"], late["due_basis"]) == ("in_progress", dt.date(2026, 9, 30), "extended")
    assert (late["cause"], late["measure"], late["replies"]) == ("用地", "报批", 2)
    assert (silent["status"], silent["is_overdue"]) == ("open", True)
    assert worlds["forward"].execute(
        "select project_name, claimed_on, contradicted_on from quality_follow_up_contradictions"
        " where finding = 'closed_but_unchanged'"
    ).fetchall() == [("答复不实", dt.date(2026, 5, 12), dt.date(2026, 5, 31))]


def test_lists_that_say_different_things_of_one_day_are_shown_and_signing_answers_nothing(worlds: Worlds) -> None:
    assert worlds["forward"].execute(
        "select project_name, claimed_on, answers from quality_follow_up_contradictions where finding = 'answers_differ'"
    ).fetchall() == [
        (
            "重复亮灯",
            dt.date(2026, 5, 12),
            "滞后原因：任务清单 第4行 用地；责任清单 第6行 资金。责任人：任务清单 第4行 另一人；责任清单 第6行 另一人",
        )
    ]
    item = items(worlds["forward"])["重复亮灯"]
    assert (item["replies"], item["received_on"], item["status"]) == (2, dt.date(2026, 5, 12), "open")


def test_an_answer_to_an_item_that_is_no_longer_found_is_kept(worlds: Worlds) -> None:
    assert worlds["forward"].execute(
        "select status, closed_reason, cause from fct_follow_ups where follow_up_id = 'Fffffffffffffffff'"
    ).fetchall() == [("closed", "no_longer_found", "旧事项")]


def test_due_dates_count_working_days_of_the_official_calendar(worlds: Worlds) -> None:
    """Yellow since Sunday 1 March 2026: ten working days end on Friday the 13th; sixty days on it is a supervision."""
    earlier = items(worlds["earlier"])["无人答复"]
    assert (earlier["level"], earlier["due_on"], earlier["due_basis"]) == ("reminder", dt.date(2026, 3, 13), "official")
    later = items(worlds["forward"])["无人答复"]
    # 30 April, and then: 1–5 May are holidays, Saturday the 9th is worked.
    assert (later["level"], later["level_since_on"], later["due_on"]) == (
        "supervision",
        dt.date(2026, 4, 30),
        dt.date(2026, 5, 13),
    )


def test_the_working_day_seed_is_the_librarys_calendar(worlds: Worlds) -> None:
    import chinese_calendar

    for date_day, is_working_day, basis in (
        worlds["forward"]
        .execute(
            "select date_day, is_working_day, calendar_basis from intermediate.int_working_days where date_day >= '2015-01-01'"
        )
        .fetchall()
    ):
        try:
            expected, known = chinese_calendar.is_workday(date_day), "official"
        except NotImplementedError:
            expected, known = date_day.weekday() < 5, "weekdays"
        assert (is_working_day, basis) == (expected, known), date_day


def test_changes_are_against_the_end_of_the_month_before_the_latest_ledger(worlds: Worlds) -> None:
    rows = (
        worlds["forward"]
        .execute(
            "select project_name, rule_id, change, compared_with_on from light_changes join dim_project using (project_id)"
            " where project_name = '答复属实' and rule_id = 'R01'"
        )
        .fetchall()
    )
    assert rows == [("答复属实", "R01", "gone", dt.date(2026, 5, 31))]
