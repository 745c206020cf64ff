"""The main job on the sample inbox, through the real DAGs: what a person sees, what is published, and again the same,
also after runs that were killed and runs that met."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from example_queries import examples
from job import SAMPLE_INBOX, finish, start, table_hashes
from sample_truth import differences

from ingest.home import Home
from warehouse import publication, query, run_record, status
from warehouse.descriptions import described_tables

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

# Killed when the line of this step appears, so in the step that follows.
KILLED_AFTER = ("拉取并落地", "逐行检查", "构建整理层 build staging", "检查结果表")


@dataclass(frozen=True)
class Ran:
    home: Home
    code: int
    said: str
    hashes: dict[str, str]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    home = tmp_path_factory.mktemp("main") / "home"
    code, said = finish(start(home))
    assert code == 0, said
    return Ran(Home(home), code, said, table_hashes(home))


def record_of(ran: Ran) -> dict[str, Any]:
    record = run_record.latest(run_record.all_records(ran.home))
    assert record is not None
    return record


def test_a_person_sees_steps_stalled_projects_counts_reasons_and_paths(ran: Ran) -> None:
    for step in (
        "拉取并落地",
        "读取台账",
        "抽取正文与数字",
        "逐行检查",
        "构建结果表 build marts",
        "检查结果表",
        "发布",
    ):
        assert f"✓ {step}" in ran.said, ran.said
    assert "卡住的项目 stalled projects" in ran.said
    assert "R01" in ran.said
    assert "拒收 refused" in ran.said
    assert str(ran.home.warehouse) in ran.said
    assert re.search(r"luodi dispatch --home \S+ ", ran.said)
    assert "Traceback" not in ran.said


def test_a_run_that_went_well_leaves_no_traceback_in_its_log(ran: Ran) -> None:
    """Of callbacks and of children that only import ahead too: a person who looks for a fault must not find false ones."""
    (log,) = ran.home.runs.glob("run-*.log")
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_the_example_queries_have_answers_in_the_sample(ran: Ran) -> None:
    rows = {example.heading: len(query.ask(ran.home, example.sql).rows) for example in examples()}
    empty = {example.heading for example in examples() if not rows[example.heading] and not example.may_be_empty}
    assert empty == set()


def test_descriptions_are_published_with_the_tables(ran: Ran) -> None:
    with query.reading(ran.home) as connection:
        tables = described_tables(connection)
    assert [name for name, table in tables.items() if not (table.meaning.chinese and table.meaning.english)] == []
    columns = [(name, column) for name, table in tables.items() for column in table.columns]
    assert [f"{name}.{one.name}" for name, one in columns if not (one.meaning.chinese and one.meaning.english)] == []


def test_every_mart_is_published_and_nothing_else(ran: Ran) -> None:
    tables = query.ask(ran.home, "select table_name from information_schema.tables where table_schema = 'main'").rows
    assert {name for (name,) in tables} == set(publication.published_table_names())
    parquet = {path.stem for path in (ran.home.publish / "parquet").iterdir()}
    assert parquet == set(publication.published_table_names())


def test_nothing_is_written_outside_home(ran: Ran) -> None:
    assert [path.name for path in ran.home.root.parent.iterdir()] == ["home"]


def test_the_record_names_parameters_sources_layers_checks_and_tables(ran: Ran) -> None:
    record = record_of(ran)
    assert record["outcome"] == "succeeded"
    assert record["parameters"]["as_of"] == "2026-11-05"
    counties = {path.name for path in (SAMPLE_INBOX / "ledgers").iterdir() if path.is_dir()}
    assert {source["source_id"] for source in record["county_ledgers"]["pulled"]} >= counties
    assert record["news_feeds"]["read"]
    for layer in ("seeds", "staging", "intermediate", "marts"):
        nodes = record[f"warehouse_{layer}"]["nodes"]
        assert nodes, layer
        assert {node["status"] for node in nodes} <= {"success", "pass", "warn", "no-op"}, layer
    assert record["warehouse"]["checks"]
    assert record["warehouse"]["published"]["dim_project"] > 0


def test_the_publication_equals_the_truth_of_the_invented_world(ran: Ran) -> None:
    assert differences(ran.home) == []


def test_status_adds_up(ran: Ran) -> None:
    found = status.status(ran.home)
    assert found.files["landed"] == found.files["accepted"] + found.files["refused"]
    assert found.files["refused"] >= 1
    assert found.rows["accepted"] > 100
    assert found.open_stalls["total"] == found.open_stalls["yellow"] + found.open_stalls["red"] > 0


@pytest.mark.parametrize(("on_date", "kind"), [("2026-09-28", "建设"), ("2026-10-28", "签约")])
def test_the_monthly_dag_writes_the_pack_of_a_given_date(
    ran: Ran, airflow_session: Home, dags_folder: Path, on_date: str, kind: str
) -> None:
    """Odd months: the construction meeting; even months: the signing ceremony."""
    from airflow.dag_processing.dagbag import DagBag

    dag = DagBag(dag_folder=dags_folder).dags["monthly_dispatch"]
    run = dag.test(run_conf={"home": str(ran.home.root), "on_date": on_date, "run_id": f"pack-{on_date}"})
    assert run.state == "success"
    written = [path for path in ran.home.reports.rglob("*") if path.is_file() and on_date[:7] in str(path)]
    assert {path.suffix for path in written} == {".xlsx", ".html"}
    page = next(path for path in written if path.suffix == ".html").read_text(encoding="utf-8")
    assert kind in page


def test_the_quality_dag_writes_the_workbook(ran: Ran, airflow_session: Home, dags_folder: Path) -> None:
    from airflow.dag_processing.dagbag import DagBag

    dag = DagBag(dag_folder=dags_folder).dags["quality_workbook"]
    run = dag.test(run_conf={"home": str(ran.home.root), "as_of": "2026-11-09", "run_id": "quality"})
    assert run.state == "success"
    assert [path.suffix for path in (ran.home.reports / "quality" / "2026-11-09").iterdir()] == [".xlsx"]


def test_a_second_run_changes_no_table_and_can_be_watched(ran: Ran) -> None:
    """While it goes on, the published copy can be queried and the status asked."""
    run = start(ran.home.root)
    assert run.stdout is not None
    seen = run.stdout.readline()
    for command in (["sql", "select count(*) as n from dim_project", "--json"], ["status", "--json"]):
        asked = subprocess.run(
            [sys.executable, "-m", "luodi.cli", *command, "--home", str(ran.home.root)], capture_output=True, text=True
        )
        assert asked.returncode == 0, asked.stderr
        assert json.loads(asked.stdout)
    assert run.poll() is None, "the run was over before it could be watched"
    code, said = finish(run)
    assert code == 0, seen + said
    assert table_hashes(ran.home.root) == ran.hashes


def test_a_failed_check_publishes_nothing_and_says_so(ran: Ran) -> None:
    """A file in the lake that claims one row more than its rows, unnoticed by its mark: rows no longer add up."""
    before = ran.home.warehouse.stat().st_mtime_ns
    partition = next(
        path
        for path in sorted((ran.home.lake / "ledger_files").glob("period=2*/*.parquet"))
        if not path.name.startswith("_")
    )
    (mark,) = (ran.home.lake / "_read" / "ledger").glob(f"*/{partition.stem.rpartition('-')[2]}.json")
    honest, honestly_marked = partition.read_bytes(), mark.read_bytes()
    table = pq.ParquetFile(partition).read()
    claimed = pc.add(table["rows_seen"], pa.scalar(1, pa.int32()))
    position = table.schema.get_field_index("rows_seen")
    pq.write_table(table.set_column(position, table.schema.field("rows_seen"), claimed), partition)
    marked = json.loads(honestly_marked)
    marked["partitions"][str(partition.relative_to(ran.home.lake))] = partition.stat().st_size
    mark.write_text(json.dumps(marked), encoding="utf-8")
    try:
        code, said = finish(start(ran.home.root))
    finally:
        partition.write_bytes(honest)
        mark.write_bytes(honestly_marked)
    assert code == 1
    assert "运行失败 the run failed" in said
    assert "the previous publication stays" in said
    assert record_of(ran)["outcome"] == "failed"
    assert ran.home.warehouse.stat().st_mtime_ns == before
    assert table_hashes(ran.home.root) == ran.hashes


def kill_after(run: subprocess.Popen[str], step: str) -> None:
    assert run.stdout is not None
    seen = ""
    for line in run.stdout:
        seen += line
        if step in line:
            run.kill()
            run.communicate()
            return
    raise AssertionError(f"{step} never came:\n{seen}")


def test_killed_runs_and_two_runs_at_once_end_in_the_tables_of_a_quiet_run(ran: Ran, tmp_path: Path) -> None:
    home = tmp_path / "killed"
    for step in KILLED_AFTER:
        kill_after(start(home), step)
    first, second = start(home), start(home)
    ended = [finish(first), finish(second)]
    assert [code for code, _ in ended] == [0, 0], ended
    assert sum("waiting for its end" in said for _, said in ended) == 1
    assert table_hashes(home) == ran.hashes
