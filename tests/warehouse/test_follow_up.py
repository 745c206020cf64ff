"""Spells, changes, items and replies over an invented county's months; the past is the same from any later day, and no
order of arrival changes anything."""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from built_worlds import build
from lake_builder import LakeBuilder, day

from ingest.follow_up.follow_up_lake import read_replies
from ingest.home import Home
from ingest.intake import list_sources, pull_source
from reports.follow_up_data import QUERIES
from reports.follow_up_workbooks import county_workbook
from warehouse.publication import build_database

pytestmark = pytest.mark.slow

COUNTY, OTHER = "410928", "410922"
AS_OF = "2026-07-05"
MILLION = 1_000_000
COMPARED = ("fct_project_lights", "stalled_projects", "fct_light_spells", "light_changes", "fct_follow_ups", "dim_project",
            "fct_fund_arrivals", "quality_follow_up_contradictions", "duplicate_candidates", "project_decisions",
            "rejected_replies")  # fmt: skip
# Projects of the neighbour that look like one, by what becomes of them.
ALIKE = {
    name: (f"{name}小麦面粉加工项目", f"{name}小麦面粉深加工项目")
    for name in ("合并", "分开", "反悔", "争执", "属于", "撤报")
}


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
        alike = [
            signed(
                name,
                f"2025-03-{day_of_month:02}",
                investor_name=f"{names[0]}公司",
                project_code="2501-410922-04-01-000001" if name == ALIKE["合并"][0] else None,
            )
            for names in ALIKE.values()
            for day_of_month, name in enumerate(names, start=1)
        ]
        return lambda lake: lake.ledger(OTHER, end, [signed("邻县项目", "2025-03-01"), *alike])

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
        reply(found["申请延期"], "2026-07-13", 9, cause="日期写错"),
        reply({"follow_up_id": "Fffffffffffffffff", "project_id": "P0", "rule_id": "R01"}, "2026-05-12", 5, cause="旧事项"),
    ]  # fmt: skip


Answer = tuple[str, str, str]  # 判定, 判定人, 判定日期


def decided(pairs: list[dict[str, Any]], answers: dict[str, Answer]) -> bytes:
    """The neighbour's workbook as it was issued, filled in by a person: an answer for each pair named in `answers`."""
    book = openpyxl.load_workbook(io.BytesIO(county_workbook([], dt.date(2026, 6, 8), pairs)))
    page = book["待判定"]
    columns = {str(cell.value): cell.column for cell in page[3]}
    for row in range(4, page.max_row + 1):
        name = str(page.cell(row, columns["甲项目名称"]).value)
        for header, text in zip(("判定", "判定人", "判定日期"), answers.get(name[:2], ()), strict=False):
            page.cell(row, columns[header]).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def returned(connection: duckdb.DuckDBPyConnection) -> list[bytes]:
    """Two workbooks that come back: the second takes one decision back on a later day, and contradicts another on its day."""
    answer = connection.execute((QUERIES / "candidates.sql").read_text(encoding="utf-8"))
    names = [column[0] for column in answer.description or []]
    pairs = [pair for row in answer.fetchall() if (pair := dict(zip(names, row, strict=True)))["county_code"] == OTHER]
    assert len(pairs) == len(ALIKE)
    gone = [
        {**pair, "project_name_b": "撤报的项目"} if pair["project_name_a"][:2] == "撤报" else pair for pair in pairs
    ]
    deeper = next(pair["project_name_a"] for pair in pairs if pair["project_name_a"][:2] == "属于") == ALIKE["属于"][1]
    first = {
        "合并": ("同一", "甲某", "2026-06-10"),
        "分开": ("不同", "甲某", "2026-06-10"),
        "反悔": ("同一", "甲某", "2026-06-10"),
        "争执": ("同一", "甲某", "2026-06-10"),
        "属于": ("甲属于乙" if deeper else "乙属于甲", "甲某", "2026-06-10"),
        "撤报": ("同一", "甲某", "2026-06-10"),
    }
    second = {"反悔": ("不同", "乙某", "2026-06-12"), "争执": ("不同", "乙某", "2026-06-10"), "合并": first["合并"]}
    return [decided(gone, first), decided(pairs, second)]


def land_returned(root: Path, workbooks: list[bytes]) -> None:
    """By the way every reply comes: the inbox, landing, the reader."""
    inbox = root / "inbox" / "follow_up"
    inbox.mkdir(parents=True)
    for number, content in enumerate(workbooks):
        path = inbox / f"第{number}份.xlsx"
        path.write_bytes(content)
        os.utime(path, (1_780_000_000, 1_780_000_000))
        for source in list_sources(Home(root), root / "inbox", "follow_up"):
            pull_source(Home(root), source, dt.date(2026, 7, 1))
            outcome = read_replies(Home(root), source)
            assert (outcome["files_read"], outcome["cells_rejected"], outcome["refused"]) == (1, 0, [])


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, duckdb.DuckDBPyConnection]]:
    """`forward` and `backward`: the same files landed in two orders; `earlier`: the first, seen from 29 April."""
    forward, backward = tmp_path_factory.mktemp("forward"), tmp_path_factory.mktemp("backward")
    for land in landings():
        land(LakeBuilder(forward))
    first = build(Home(forward), AS_OF, tested=False)
    events, workbooks = replies(items(first)), returned(first)
    first.close()
    for land in reversed(landings()):
        land(LakeBuilder(backward))
    for root, ordered in ((forward, events), (backward, events[::-1])):
        for event in ordered:
            LakeBuilder(root).table("follow_up_events", "inbox", [event], "2026-06")
        land_returned(root, workbooks if root is forward else workbooks[::-1])
    build(Home(forward), "2026-04-29", tested=False).close()
    open_worlds = {"earlier": _set_aside(Home(forward))}
    open_worlds["forward"] = build(Home(forward), AS_OF)
    open_worlds["backward"] = build(Home(backward), AS_OF, tested=False)
    yield open_worlds
    for connection in open_worlds.values():
        connection.close()


def _set_aside(home: Home) -> duckdb.DuckDBPyConnection:
    """What was built, under another name: the next build of this home begins without it."""
    built = build_database(home)
    for path in (built, built.with_name(f"{built.name}.wal")):
        if path.exists():
            path.rename(path.with_name(path.name.replace(built.stem, "earlier")))
    return duckdb.connect(str(built.with_name("earlier.duckdb")), read_only=True)


Worlds = dict[str, duckdb.DuckDBPyConnection]


def test_no_order_of_arrival_changes_a_light_or_an_item(worlds: Worlds) -> None:
    for table in COMPARED:
        query = f"select * from {table} order by all"
        assert worlds["forward"].execute(query).fetchall() == worlds["backward"].execute(query).fetchall(), table


def test_the_past_is_the_same_from_any_later_day(worlds: Worlds) -> None:
    columns = "project_id, rule_id, light, observed_value, reason"
    # A decision made since then holds for all months: it changes what is one project.
    undecided = "project_id in (select project_id from dim_project where project_name not like '%小麦%')"
    then = worlds["earlier"].execute(f"select {columns} from intermediate.int_lights where {undecided} order by all")
    seen = worlds["forward"].execute(
        f"select {columns} from intermediate.int_light_history where as_of_on = '2026-04-29' and {undecided} order by all"
    )
    rows = then.fetchall()
    assert rows == seen.fetchall()
    assert len(rows) > 20


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


def alike(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, bool]]:
    """What the two projects are in the end: their present names, and whether they count."""
    return connection.execute(
        "select project_name, is_counted from dim_project where project_name like ? order by 1", [f"{name}小麦%"]
    ).fetchall()


def test_what_people_decide_in_a_workbook_joins_and_keeps_apart(worlds: Worlds) -> None:
    world = worlds["forward"]
    both = {name: [(one, True) for one in sorted(names)] for name, names in ALIKE.items()}
    assert [len(alike(world, name)) for name in ALIKE] == [1, 2, 2, 2, 2, 2]
    assert [alike(world, name) for name in ("分开", "反悔", "争执", "撤报")] == [
        both[name] for name in ("分开", "反悔", "争执", "撤报")
    ]
    assert alike(world, "属于") == sorted([(ALIKE["属于"][0], True), (ALIKE["属于"][1], False)])
    verdicts = world.execute("select name_key_a[:2], verdict from duplicate_candidates order by 1").fetchall()
    assert verdicts == sorted(
        [
            ("分开", "different"),
            ("反悔", "different"),
            ("争执", "undecided"),
            ("属于", "part_of"),
            ("撤报", "undecided"),
        ]
    )


def test_every_decision_says_who_when_and_where_and_whether_it_stands(worlds: Worlds) -> None:
    rows = worlds["forward"].execute(
        "select project_name_a[:2], decision, responsible_person, decided_on, status, sheet from project_decisions"
        " where decided_in = 'reply' order by 1, 2"
    ).fetchall()  # fmt: skip
    early, late = dt.date(2026, 6, 10), dt.date(2026, 6, 12)
    assert rows == sorted(
        (*row, "待判定")
        for row in (
            ("合并", "same", "甲某", early, "standing"),
            ("分开", "different", "甲某", early, "standing"),
            ("反悔", "same", "甲某", early, "overruled"),
            ("反悔", "different", "乙某", late, "standing"),
            ("争执", "same", "甲某", early, "contradicted"),
            ("争执", "different", "乙某", early, "contradicted"),
            ("属于", "part_of", "甲某", early, "standing"),
            ("撤报", "same", "甲某", early, "unknown_project"),
        )
    )
    told = worlds["forward"].execute(
        "select column_name, raw, reason_code from rejected_replies where sheet = '待判定' order by all"
    ).fetchall()  # fmt: skip
    assert told == [
        ("判定", "不同", "contradicted"),
        ("判定", "同一", "contradicted"),
        ("判定", "同一", "unknown_project"),
    ]


def test_a_decision_is_not_known_before_its_day(worlds: Worlds) -> None:
    assert worlds["earlier"].execute(
        "select count(*) from project_decisions where decided_in = 'reply'"
    ).fetchall() == [(0,)]
    assert len(alike(worlds["earlier"], "合并")) == 2


def test_a_reply_dated_after_the_business_date_is_not_used_and_told(worlds: Worlds) -> None:
    told = "select file_sha256[-1], column_name, raw from rejected_replies where reason_code = 'after_business_date'"
    assert worlds["forward"].execute(told).fetchall() == [("9", "回复日期", "2026-07-13")]
    assert worlds["earlier"].execute(told).fetchall() == []
    assert items(worlds["forward"])["申请延期"]["cause"] == "用地"


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
