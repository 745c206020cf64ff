"""Every ledger of the sample inbox gives back what its county wrote: compared with the invented world, project by project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.ledgers.ledger import read_ledger
from ingest.ledgers.ledger_lake import ledger_tables
from ingest.ledgers.ledger_source import LedgerSource
from ingest.ledgers.ledger_types import LedgerReading

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LEDGERS = sorted((SAMPLES / "inbox" / "ledgers").glob("*/*"))
SHOWS_CUMULATIVE = {"410922", "410923", "410928", "411103", "411722", "611023"}
SHOWS_YEAR = {"410923", "411103", "411723"}
SHOWS_MONTH = {"410928", "411723"}


@pytest.fixture(scope="module")
def projects() -> Iterator[list[Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SAMPLES)
        from generator.counties import all_projects

        yield all_projects()


def _read(path: Path) -> LedgerReading:
    return read_ledger(path.read_bytes(), path.name, LedgerSource(path.parent.name))


def _project_ledgers() -> list[Path]:
    """The readable project ledgers; of September's two of 郾城区 the correction."""
    replaced = LEDGERS[0].parents[1] / "411103" / "郾城区重点项目2026年9月.xls"
    others = ("目标进度汇总", "外出招商", "企业诉求", "20260831.xlsx")
    return [path for path in LEDGERS if path != replaced and not any(word in path.name for word in others)]


def _known(project: Any, month: int) -> dict[str, Any]:
    """The fields that every form states, and what each must be."""
    return {
        "investor_name": project.investor,
        "responsible_unit": project.unit,
        "total_investment_cny": project.total * 10000,
        "signed_on": project.signed,
        "started_on": project.known(project.started, month),
        "completed_on": project.known(project.completed, month),
        "production_on": project.known(project.produced, month),
    }


def _funds(project: Any, month: int) -> dict[str, Any]:
    code, stated = project.county_code, {}
    if code in SHOWS_CUMULATIVE:
        stated["funds_arrived_cumulative_cny"] = project.cumulative(month) * 10000
    if code in SHOWS_YEAR:
        stated["funds_arrived_ytd_cny"] = project.year_to_date(month) * 10000
    if code in SHOWS_MONTH:
        stated["funds_arrived_month_cny"] = project.arrivals[month] * 10000
    return stated


@pytest.mark.parametrize("path", _project_ledgers(), ids=lambda path: path.name)
def test_projects_come_back_as_the_county_meant_them(path: Path, projects: list[Any]) -> None:
    reading = _read(path)
    assert reading.status == "read"
    assert reading.report_date is not None
    month = reading.report_date.month - 5
    assert reading.report_date == (dt.date(2026, month + 6, 1) - dt.timedelta(days=1))
    rows = {row.fields["project_name"]: row for row in reading.rows if row.status == "accepted"}
    listed = {
        project.name_in(month): project
        for project in projects
        if project.county_code == path.parent.name and project.listed_in(month) and project.stage_in(month) != "talks"
    }
    assert {name for name, row in rows.items() if row.fields["stage"] not in ("lead", "talks")} == set(listed)
    for name, project in listed.items():
        found = rows[name].fields
        expected = _known(project, month) | _funds(project, month)
        assert {key: found.get(key) for key in expected} == expected, name


def test_rows_nobody_can_read_are_rejected_and_nothing_is_lost() -> None:
    seen: list[tuple[str, str]] = []
    for path in LEDGERS:
        reading = _read(path)
        assert reading.rows_seen == reading.rows_accepted + reading.rows_rejected + reading.rows_furniture
        seen += [(path.parent.name, " ".join(row.raw.values())) for row in reading.rows if row.status == "rejected"]
    for county, text in (
        ("410928", "三个多亿"),
        ("410922", "2026-13-05"),
        ("411722", "2.2"),
        ("611023", "待定后填"),
    ):
        assert any(code == county and text in raw for code, raw in seen), text


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.name)
def test_every_reading_fits_the_lake(path: Path) -> None:
    tables = ledger_tables(_read(path), county_code=path.parent.name, file_name=path.name, parser_version="1")
    assert len(tables["ledger_files"]) == 1


@pytest.mark.parametrize(
    ("name", "kind", "rows"),
    [
        ("411103/郾城区外出招商情况上报表2026年10月.xlsx", "outreach", 6),
        ("410928/濮阳县2026年10月目标进度汇总表.xlsx", "summary", 4),
        ("611023/商南县企业诉求办理台账.csv", "problem", 6),
    ],
)
def test_other_ledgers_are_told_from_project_ledgers(name: str, kind: str, rows: int) -> None:
    reading = _read(SAMPLES / "inbox" / "ledgers" / name)
    assert {row.kind for row in reading.rows} == {kind}
    assert reading.rows_accepted == rows
