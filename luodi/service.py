"""Airflow for real on this machine: API server first, then scheduler, DAG processor and triggerer, in one process group.

The children inherit the run lock, so it stays held as long as any of them lives, even if this process is killed.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.markup import escape

from ingest.home import Home
from luodi import airflow_home, health, run_lock

# In the order of starting. The scheduler needs the API server, because tasks report to it.
COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
START_SECONDS = 120
STOP_SECONDS = 30


class _StopRequestedError(Exception):
    """SIGTERM or Ctrl-C."""


def serve(home: Home, port: int, console: Console) -> int:
    """Run Airflow until SIGTERM, Ctrl-C or the death of a component; returns the exit status."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _request_stop)
    try:
        with run_lock.exclusive(home, run_lock.SERVICE, lambda holder: _tell_waiting(console, holder)) as lock:
            return _serve_locked(home, port, console, lock)
    except run_lock.ServiceIsRunningError as error:
        console.print(f"[red]{escape(str(error))}[/red]")
        return 1
    except _StopRequestedError:
        return 0


def _serve_locked(home: Home, port: int, console: Console, lock: int) -> int:
    console.print("准备 Airflow 数据库…… preparing Airflow's database")
    airflow_home.apply(home)
    os.environ.update(_service_settings(home, port))
    group = _Group(home, lock)
    try:
        group.run_to_end("migrate", "luodi.airflow_home")
        group.start(COMPONENTS[0])
        _await_health(port, group)
        for name in COMPONENTS[1:]:
            group.start(name)
        _tell_ready(home, port, console)
        ended = group.wait_for_any()
        console.print(f"[red]{ended} 意外结束 ended unexpectedly[/red]; {escape(str(group.log_of(ended)))}")
        return 1
    except _NotHealthyError as error:
        console.print(f"[red]{escape(str(error))}[/red]")
        return 1
    except _StopRequestedError:
        console.print("正在停止…… stopping")
        return 0
    finally:
        group.stop()


def _request_stop(_number: int, _frame: FrameType | None) -> None:
    raise _StopRequestedError


class _NotHealthyError(RuntimeError):
    """The database could not be migrated, or the API server did not come up."""


class _Group:
    """The components as children in one process group, each with a log file of its own."""

    def __init__(self, home: Home, lock: int) -> None:
        self._logs = home.airflow / "logs" / "services"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._lock = lock
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def log_of(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def run_to_end(self, name: str, module: str) -> None:
        with self.log_of(name).open("ab") as log:
            done = subprocess.run([sys.executable, "-m", module], stdout=log, stderr=log, check=False)  # noqa: S603
        if done.returncode:
            raise _NotHealthyError(f"{name} 失败 failed: {self.log_of(name)}")

    def start(self, name: str) -> None:
        leader = next(iter(self._processes.values()), None)
        with self.log_of(name).open("ab") as log:
            self._processes[name] = subprocess.Popen(  # noqa: S603 (our own interpreter and arguments)
                [sys.executable, "-m", "airflow", name],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=leader.pid if leader else 0,
                pass_fds=[self._lock],
            )

    def ended(self) -> str | None:
        return next((name for name, process in self._processes.items() if process.poll() is not None), None)

    def wait_for_any(self) -> str:
        """Wait until a component ends; returns its name."""
        while (ended := self.ended()) is None:
            time.sleep(1)
        return ended

    def stop(self) -> None:
        """End the whole group: politely, and after half a minute for good."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                break
        self._signal(signal.SIGKILL)
        for process in self._processes.values():
            process.wait()

    def _signal(self, number: int) -> None:
        leader = next(iter(self._processes.values()), None)
        if leader is not None:
            try:
                os.killpg(leader.pid, number)
            except ProcessLookupError:
                return


def _service_settings(home: Home, port: int) -> Mapping[str, str]:
    url = f"http://localhost:{port}"
    return {
        "AIRFLOW__API__HOST": os.environ.get("AIRFLOW__API__HOST", "127.0.0.1"),
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        # Two services on one machine (two homes) must not meet on these ports either.
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(port + 1),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(port + 2),
        **_secrets(home),
    }


def _secrets(home: Home) -> dict[str, str]:
    """Keys that all components share, made once and kept readable by the owner only."""
    names = ("AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET")
    found = {}
    for name in names:
        path = home.airflow / "secrets" / name.lower()
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.exists():
            temporary = path.with_suffix(".tmp")
            temporary.touch(mode=0o600)
            temporary.write_text(secrets.token_urlsafe(48), encoding="ascii")
            temporary.replace(path)
        found[name] = path.read_text(encoding="ascii")
    return found


def _await_health(port: int, group: _Group) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if (ended := group.ended()) is not None:
            raise _NotHealthyError(f"{ended} 启动失败 failed to start: {group.log_of(ended)}")
        if health.is_healthy(COMPONENTS[0], f"http://localhost:{port}"):
            return
        time.sleep(0.5)
    raise _NotHealthyError(f"API 服务器 {START_SECONDS} 秒内没有就绪 not ready in time: {group.log_of('api-server')}")


def _tell_ready(home: Home, port: int, console: Console) -> None:
    password = home.airflow / "passwords.json"
    if password.exists():
        password.chmod(0o600)
    console.print(f"[bold]Airflow  http://localhost:{port}[/bold]  (Ctrl-C 停止 stops it)")
    console.print(f"用户 user  admin\n密码 password  见 in {escape(str(password))}")
    console.print(f"日志 logs  {escape(str(home.airflow / 'logs' / 'services'))}")


def _tell_waiting(console: Console, holder: run_lock.Holder) -> None:
    console.print(f"有一个运行正在进行（进程 {holder.pid}），等它结束…… a run is going on; waiting for its end")
