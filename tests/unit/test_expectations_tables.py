"""Checks before publication: a sound warehouse passes, each broken promise is named, stalled projects are reported."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from expectations.check import CheckResult
from expectations.published_tables import check_marts

SOUND = """
create table dim_county as select '410928' as county_code;
create table dim_project as select 'p1' as project_id, '410928' as county_code, '甲' as project_name
union all select 'p2', '410928', '乙';
create table fct_signings as select 'p1' as project_id;
create table fct_fund_arrivals as select 'p1' as project_id, date '2026-10-01' as report_month, kind, amount_cny
from (values ('arrival', 5.00), ('correction', -2.00)) as v (kind, amount_cny);
create table fct_project_milestones as select 'p1' as project_id, 'signed' as milestone;
create table fct_project_snapshots as select 'p1' as project_id, date '2026-10-01' as report_month;
create table fct_project_lights as select * from (values
('p1', '410928', 'R01', 'red'), ('p2', '410928', 'R01', 'green'), ('p1', '410928', 'R05', 'exempt'),
('p2', '410928', 'R05', 'yellow')) as v (project_id, county_code, rule_id, light);
create table stalled_projects as select project_id, rule_id, '签约后未开工' as rule_name, 'not started' as rule_name_en
from fct_project_lights where light in ('red', 'yellow');
create table ledger_files as select 's1' as file_sha256, '410928' as county_code, 'read' as status, 10 as rows_seen,
6 as rows_accepted, 1 as rows_rejected, 3 as rows_furniture
union all select 's2', '410928', 'refused', null, null, null, null;
create table fct_published_figures as select 'a1' as article_id, 'signed_projects' as indicator, '签约3个' as evidence;
"""


def built(root: Path, *changes: str) -> CheckResult:
    path = root / "build" / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(SOUND)
        for change in changes:
            connection.execute(change)
    return check_marts(path)


def failed(result: CheckResult) -> set[str]:
    return {f"{check.suite}.{check.name}" for check in result.checks if check.severity == "fail" and not check.success}


def test_a_sound_warehouse_passes_and_its_stalled_projects_are_reported(tmp_path: Path) -> None:
    result = built(tmp_path)
    assert failed(result) == set()
    progress = {check.name: check for check in result.checks if check.suite == "progress"}
    assert progress["R01"].failed_rows == [{"county_code": "410928", "project_id": "p1", "project_name": "甲"}]
    assert progress["R05"].failed_rows == [{"county_code": "410928", "project_id": "p2", "project_name": "乙"}]
    assert {check.severity for check in progress.values()} == {"warn"}
    assert result.page == tmp_path / "reports" / "checks" / "published_tables.html"
    assert "progress.R01" in result.page.read_text(encoding="utf-8")
    assert "签约后未开工：亮黄灯或红灯的项目" in result.page.read_text(encoding="utf-8")
    assert all(
        record["fixed_by"] for record in json.loads(result.page.with_suffix(".json").read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ("insert into dim_project values ('p1', '410928', '甲')", "dim_project.one_row_a_grain"),
        ("insert into fct_signings values (null)", "fct_signings.project_id_present"),
        (
            "update dim_project set county_code = '41092' where project_id = 'p2'",
            "county_codes.county_code_has_six_digits",
        ),
        ("update dim_project set county_code = null where project_id = 'p2'", "county_codes.county_code_present"),
        ("update ledger_files set rows_seen = 11", "ledger_files.seen_is_accepted_rejected_and_furniture"),
        ("update ledger_files set rows_rejected = null", "ledger_files.counts_present"),
        (
            "insert into stalled_projects (project_id, rule_id) values ('p2', 'R01')",
            "stalled_and_lights.every_stalled_project_is_lit",
        ),
        ("delete from stalled_projects where rule_id = 'R05'", "stalled_and_lights.every_lit_project_is_listed"),
        ("update fct_project_lights set light = 'blue' where light = 'green'", "lights.light_known"),
        ("update fct_published_figures set evidence = null", "fct_published_figures.evidence_present"),
        ("update fct_fund_arrivals set kind = 'gift' where kind = 'arrival'", "fund_arrival_signs.kind_known"),
        ("drop table fct_project_snapshots", "fct_project_snapshots.can_be_checked"),
        ("alter table ledger_files drop column rows_seen", "ledger_files.can_be_checked"),
    ],
)
def test_each_broken_promise_is_named(tmp_path: Path, change: str, check: str) -> None:
    assert failed(built(tmp_path, change)) == {check}


def test_a_warehouse_of_a_home_without_any_ledger_passes(tmp_path: Path) -> None:
    tables = [line.split()[2] for line in SOUND.splitlines() if line.startswith("create table")]
    assert failed(built(tmp_path, *[f"delete from {table}" for table in tables])) == set()
