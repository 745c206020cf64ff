"""The run record grows section by section and survives being written by several processes."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.home import Home
from warehouse import run_record


def test_a_record_tells_parameters_sections_failures_and_outcome(tmp_path: Path) -> None:
    home = Home(tmp_path)
    path = run_record.start(home, "run-1", {"as_of": dt.date(2026, 11, 5)})
    run_record.add_section(home, "run-1", "warehouse", {"published": {"dim_project": 3}})
    run_record.add_section(home, "run-1", "warehouse", {"checks": []})
    run_record.add_failure(home, "run-1", {"task": "publish", "reason": "磁盘已满"})
    run_record.finish(home, "run-1", "failed")
    record = run_record.read(path)
    assert record["parameters"] == {"as_of": "2026-11-05"}
    assert record["warehouse"] == {"published": {"dim_project": 3}, "checks": []}
    assert [failure["reason"] for failure in record["failures"]] == ["磁盘已满"]
    assert record["outcome"] == "failed"
    assert record["started_at"] <= record["finished_at"]


def test_an_airflow_run_id_becomes_a_file_name(tmp_path: Path) -> None:
    path = run_record.record_path(Home(tmp_path), "scheduled__2026-11-05T00:00:00+00:00")
    assert path.name == "scheduled__2026-11-05T00_00_00_00_00.json"


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)

    def add(number: int) -> None:
        run_record.add_section(home, "run-1", f"section_{number}", {"number": number})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    record = run_record.read(run_record.record_path(home, "run-1"))
    assert sum(name.startswith("section_") for name in record) == 40


def test_the_latest_record_is_the_one_that_started_last(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert run_record.latest(run_record.all_records(home)) is None
    for name in ("run-b", "run-a"):
        run_record.start(home, name, {})
        run_record.add_section(home, name, "x", {})
    latest = run_record.latest(run_record.all_records(home))
    assert latest is not None
    assert latest["run_id"] in {"run-a", "run-b"}
    assert latest["started_at"] == max(
        run_record.read(run_record.record_path(home, name))["started_at"] for name in ("run-a", "run-b")
    )


def test_the_latest_record_is_told_also_when_the_clock_went_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    times = ["2027-01-01T00:00:00+00:00", "2026-11-28T00:00:00+00:00", "2020-01-01T00:00:00+00:00"]
    for number, time in enumerate(times):
        monkeypatch.setattr(run_record, "_now", lambda time=time: time)
        run_record.start(home, f"run-{number}", {})
        run_record.add_section(home, f"run-{number}", "county_ledgers", {"pulled": [number]})
        (home.runs / ".records.lock").write_text("")  # lost, as where only the records came from a backup
    latest = run_record.latest(run_record.all_records(home))
    assert latest is not None
    assert latest["run_id"] == "run-2"
    assert run_record.latest_sections(run_record.all_records(home))["county_ledgers"]["pulled"] == [2]


def closed(home: Home, run_id: str, dag: str | None, outcome: str) -> None:
    run_record.add_section(home, run_id, "parameters", {"dag": dag} if dag else {"inbox": "in"})
    if outcome == "failed":
        run_record.add_failure(home, run_id, {"task": "build_marts", "reason": run_id})
    run_record.finish(home, run_id, outcome)


def red(home: Home) -> list[str]:
    return [record["run_id"] for record in run_record.red_runs(run_record.all_records(home))]


def test_a_dag_stays_red_until_a_run_of_its_own_or_all_of_them_went_through(tmp_path: Path) -> None:
    home = Home(tmp_path)
    closed(home, "w1", "warehouse", "failed")
    closed(home, "q1", "quality_workbook", "succeeded")  # begun last, and green
    assert red(home) == ["w1"]
    closed(home, "w2", "warehouse", "failed")
    closed(home, "n1", "news_feeds", "failed")
    assert red(home) == ["w2", "n1"]
    closed(home, "w1", "warehouse", "succeeded")  # cleared: it ended last, though w2 was begun after it
    assert red(home) == ["n1"]
    closed(home, "run-1", None, "succeeded")  # luodi run
    assert red(home) == []
    closed(home, "run-2", None, "failed")
    closed(home, "n2", "news_feeds", "succeeded")
    assert red(home) == ["run-2"]
    closed(home, "w3", "warehouse", "succeeded")
    assert red(home) == []
    closed(home, "n3", "news_feeds", "failed")
    assert red(home) == ["n3"]


@pytest.mark.parametrize("content", [b"", b'{"number": 7, "run', b"[]", b"\x00" * 64])
def test_a_damaged_record_hides_no_other_and_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    home = Home(tmp_path)
    run_record.start(home, "run-1", {})
    run_record.record_path(home, "run-2").write_bytes(content)
    (home.runs / ".records.lock").write_text("")
    assert [record["run_id"] for record in run_record.all_records(home)] == ["run-1"]
    run_record.add_section(home, "run-2", "warehouse", {"checks": []})
    assert [record["run_id"] for record in run_record.all_records(home)] == ["run-1", "run-2"]


def pulled(home: Home, run_id: str, **outcomes: str) -> None:
    pulls = [{"kind": "ledger", "source_id": source, "outcome": outcome} for source, outcome in outcomes.items()]
    run_record.add_section(home, run_id, "county_ledgers", {"pulled": pulls})


def test_a_source_that_fails_is_told_with_how_often_in_a_row(tmp_path: Path) -> None:
    home = Home(tmp_path)
    pulled(home, "r1", a="failed", b="failed")
    pulled(home, "r2", a="ok", b="failed")
    run_record.add_section(home, "r3", "warehouse", {})  # pulls nothing
    pulled(home, "r4", a="failed", b="partial")
    records = run_record.all_records(home)
    told = run_record.with_streaks(run_record.incomplete_pulls(run_record.latest_sections(records)), records)
    assert [(one["source_id"], one["times_in_a_row"]) for one in told] == [("a", 1), ("b", 3)]
    assert told[1]["since"] == records[0]["started_at"]
