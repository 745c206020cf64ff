"""`luodi up`: Airflow for real, letters that wait for a person, and gone without a trace when it is told to stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from airflow_api import Api
from compose_stack import free_port
from follow_up_publication import publish_follow_ups

from ingest.home import Home
from luodi import health
from luodi.service import COMPONENTS
from reports.follow_up_data import waiting_drafts
from warehouse import run_record

pytestmark = [pytest.mark.services, pytest.mark.slow]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    home, port = tmp_path / "home", free_port()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    publish_follow_ups(home)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "LUODI"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "luodi.cli", "up", "--home", str(home), "--port", str(port)],
        # Paused, so that nothing but what a test starts is run.
        env={
            **environment,
            "LUODI_INBOX": str(inbox),
            "LUODI_RETRY_SECONDS": "1",
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process, home, port
    finally:
        process.terminate()
        process.wait(60)


def said_until(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if word in line:
            return said
    raise AssertionError(f"{word!r} never came:\n{said}")


def letters_wait_for_a_person_and_go_out_as_agreed(home: Home, port: int) -> None:
    """Turned down, nothing goes out and the draft stays; asked again and agreed to, its very bytes go out."""
    api, dag = Api(home.root, port), "follow_up_letters"
    shown = api.until(f"/api/v2/dags/{dag}", lambda found: found)
    assert (shown["dag_id"], shown["dag_display_name"]) == (dag, "督办函件 follow_up_letters")
    # Last Monday's run, which was missed, starts as soon as it may.
    api.call("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})
    monday = api.waiting_run(dag)
    assert api.answer(dag, monday, "approve_letters", "Reject") == "success"
    assert [path.name for path in waiting_drafts(home)] == ["410928-濮阳县-县商务局-约谈.docx"]
    assert letters_out(home) == {"410928-濮阳县-县商务局-提醒函.docx"}

    asked_again = {"dag_run_id": "again", "logical_date": None, "conf": {"as_of": "2026-07-06"}}
    api.call("POST", f"/api/v2/dags/{dag}/dagRuns", asked_again)
    assert api.waiting_run(dag) == "again"
    (draft,) = waiting_drafts(home)
    agreed_to = draft.read_bytes()
    assert api.answer(dag, "again", "approve_letters", "Approve") == "success"
    assert waiting_drafts(home) == []
    assert (draft.parent.parent / draft.name).read_bytes() == agreed_to
    api.until("/api/v2/version", lambda _: record_outcomes(home) == {monday: "succeeded", "again": "succeeded"})


def letters_out(home: Home) -> set[str]:
    return {path.name for path in (home.reports / "letters").glob("*/*.docx")}


def record_outcomes(home: Home) -> dict[str, str]:
    records = [run_record.read(path) for path in home.runs.glob("*.json")]
    return {record["run_id"]: record.get("outcome", "open") for record in records}


def test_it_tells_where_to_look_serves_and_stops_cleanly(service: tuple[subprocess.Popen[str], Path, int]) -> None:
    process, home, port = service
    said = said_until(process, "日志 logs")
    assert f"http://localhost:{port}" in said
    password = home / "airflow" / "passwords.json"
    assert str(password) in said.replace("\n", "")
    assert "admin" in json.loads(password.read_text())
    for secret in (password, *(home / "airflow" / "secrets").iterdir()):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600, secret
    assert health.is_healthy("api-server", f"http://localhost:{port}")
    children = psutil.Process(process.pid).children(recursive=True)
    assert len({os.getpgid(child.pid) for child in psutil.Process(process.pid).children()}) == 1
    assert len(psutil.Process(process.pid).children()) == len(COMPONENTS)

    refused = subprocess.run(
        [sys.executable, "-m", "luodi.cli", "run", "--home", str(home)], capture_output=True, text=True
    )
    assert refused.returncode == 1
    assert "Airflow is running on this home" in refused.stdout

    letters_wait_for_a_person_and_go_out_as_agreed(Home(home), port)

    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
