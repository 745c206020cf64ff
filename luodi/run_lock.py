"""One run at a time below one home: a lock file that the system frees when its holder dies."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import TextIOWrapper

from ingest.home import Home
from luodi.settings import BUSINESS_ZONE

RUN = "run"
SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: `purpose` is `run` or `service`; `since` is Beijing time."""

    purpose: str
    pid: int
    host: str
    since: str


class ServiceIsRunningError(RuntimeError):
    """Airflow runs on this home and does the work itself."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(
            f"这个运行目录上的 Airflow 服务正在运行（进程 {holder.pid}@{holder.host}，自 {holder.since}）；"
            "请在它的页面上触发 DAG，或用 --home 指定另一个目录。"
            "Airflow is running on this home: trigger the DAGs there, or pass another --home."
        )


@contextmanager
def exclusive(home: Home, purpose: str, on_wait: Callable[[Holder], None]) -> Iterator[int]:
    """Hold the lock; where another run holds it, tell `on_wait` and wait for its end.

    Yields the descriptor of the lock: a child that inherits it keeps the lock while it lives.

    Raises:
        ServiceIsRunningError: a service holds the lock, which would not end by itself.
    """
    home.root.mkdir(parents=True, exist_ok=True)
    with _open(home) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _read(handle)
            if holder.purpose == SERVICE:
                raise ServiceIsRunningError(holder) from None
            on_wait(holder)
            fcntl.flock(handle, fcntl.LOCK_EX)
        _write(handle, purpose)
        yield handle.fileno()


def holder(home: Home) -> Holder | None:
    """Who holds the lock now, if anybody."""
    if not (home.root / ".lock").exists():
        return None
    with _open_to_ask(home) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return _read(handle)
    return None


def _open(home: Home) -> TextIOWrapper:
    return (home.root / ".lock").open("a+", encoding="utf-8")


def _open_to_ask(home: Home) -> TextIOWrapper:
    """Who may only read the home can still ask who works on it."""
    try:
        return _open(home)
    except OSError:
        return (home.root / ".lock").open(encoding="utf-8")


def _write(handle: TextIOWrapper, purpose: str) -> None:
    # Told to people, as it stands: on the clock of the county.
    now = dt.datetime.now(BUSINESS_ZONE).isoformat(" ", "seconds")
    handle.seek(0)
    handle.truncate()
    json.dump(asdict(Holder(purpose, os.getpid(), socket.gethostname(), now)), handle)
    handle.flush()


def _read(handle: TextIOWrapper) -> Holder:
    handle.seek(0)
    try:
        return Holder(**json.load(handle))
    except (ValueError, TypeError):  # taken just now, not yet written
        return Holder(RUN, 0, "?", "?")
