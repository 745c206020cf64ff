"""`luodi up`: Airflow for real, and gone without a trace when it is told to stop."""

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
from compose_stack import free_port

from luodi import health
from luodi.service import COMPONENTS

pytestmark = [pytest.mark.services, pytest.mark.slow]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path, int]]:
    home, port = tmp_path / "home", free_port()
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "LUODI"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "luodi.cli", "up", "--home", str(home), "--port", str(port)],
        env={**environment, "LUODI_INBOX": str(inbox)},
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

    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
