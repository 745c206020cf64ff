"""One county's YAML is wrong: its pull is red and names file, line and key; the other counties land and are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.home import Home
from warehouse import run_record

pytestmark = [pytest.mark.airflow, pytest.mark.slow]


def test_only_the_source_with_the_mistake_is_red(
    tmp_path: Path, airflow_session: Home, dags_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from airflow.dag_processing.dagbag import DagBag

    sources, inbox, home = tmp_path / "sources", tmp_path / "inbox", tmp_path / "home"
    (sources / "counties").mkdir(parents=True)
    (sources / "counties" / "410922.yml").write_text("code: 410922\nledgr: x\n", encoding="utf-8")
    for county in ("410922", "410928"):
        folder = inbox / "ledgers" / county
        folder.mkdir(parents=True)
        (folder / "台账20260331.csv").write_text("项目名称,总投资（万元）\n甲厂项目,300\n", encoding="utf-8")
    monkeypatch.setenv("LUODI_SOURCES", str(sources))
    given = {"home": str(home), "inbox": str(inbox), "as_of": "2026-04-02", "run_id": "bad-source"}
    run = DagBag(dag_folder=dags_folder).dags["county_ledgers"].test(run_conf=given)
    assert run.state == "failed"
    record = run_record.read(run_record.record_path(Home(home), "bad-source"))
    (failure,) = record["failures"]
    assert failure["task"] == "pull"
    assert "410922.yml 第2行 ledgr" in failure["reason"]
    assert [read["rows_accepted"] for read in record["county_ledgers"]["read"]] == [0, 1]
