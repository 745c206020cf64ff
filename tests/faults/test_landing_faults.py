"""Kill, full disk, concurrent landers, a file that grows: landing goes on from whatever is left."""

from __future__ import annotations

import errno
import io
import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import landing
from ingest.home import Home
from ingest.landing import LandingError, damaged_objects, land_file, landed

LAND_MANY = """
import sys
from pathlib import Path
from ingest.home import Home
from ingest.landing import land_file
home = Home(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    land_file(home, "ledger", "410928", f"ledger {number}".encode() * 1000, f"{number}.csv", 1)
    print(number, flush=True)
"""


def land_in_child(home: Path, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", LAND_MANY, str(home), str(count)], stdout=subprocess.PIPE, text=True)


def manifest(home: Home) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home.landing / "manifest").rglob("*.json")}


def test_kill_at_any_moment_leaves_a_state_to_go_on_from(tmp_path: Path) -> None:
    whole = Home(tmp_path / "whole")
    assert land_in_child(whole.root, 30).wait() == 0
    killed = Home(tmp_path / "killed")
    for until in (1, 7, 13, 22):
        child = land_in_child(killed.root, 30)
        assert child.stdout is not None
        for _ in range(until):
            child.stdout.readline()
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert damaged_objects(killed) == []
    assert land_in_child(killed.root, 30).wait() == 0
    assert manifest(killed) == manifest(whole)
    assert [entry.landed_order for entry in landed(killed, "ledger", "410928")] == list(range(1, 31))


@pytest.mark.parametrize("stop_before", ["_write_entry", "_keep", "_remember"])
def test_stop_between_any_two_steps_gives_the_same_landing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_before: str
) -> None:
    """The steps one by one, as a kill cannot be timed: the process ends just before each."""
    home = Home(tmp_path / "home")
    land_file(home, "ledger", "410928", b"first", "1.csv", 1)
    child = os.fork()
    if child == 0:
        replace = os.replace

        def die(*_: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        if stop_before == "_remember":
            monkeypatch.setattr(os, "replace", lambda old, new: die() if "claim" in str(new) else replace(old, new))
        else:
            monkeypatch.setattr(landing, stop_before, die)
        land_file(home, "ledger", "410928", b"second", "2.csv", 1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert [entry.name for entry in landed(home, "ledger", "410928")] == ["1.csv"]
    land_file(home, "ledger", "410928", b"third", "3.csv", 1)
    land_file(home, "ledger", "410928", b"second", "2.csv", 1)
    assert [(entry.name, entry.landed_order) for entry in landed(home, "ledger", "410928")] == [
        ("1.csv", 1),
        ("3.csv", 2),
        ("2.csv", 3),
    ]


class _FullDisk(io.FileIO):
    def write(self, _data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_plainly_and_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    land_file(home, "ledger", "410928", b"first", "1.csv", 1)
    with monkeypatch.context() as patch:
        real_open = Path.open
        patch.setattr(
            Path,
            "open",
            lambda self, mode="r", *rest, **named: (
                _FullDisk(self, "xb") if mode == "xb" else real_open(self, mode, *rest, **named)
            ),
        )
        with pytest.raises(LandingError) as caught:
            land_file(home, "ledger", "410928", b"second", "2.csv", 1)
    assert caught.value.code == "disk_full"
    assert "磁盘已满" in str(caught.value)
    assert list((home.landing / "incoming").iterdir()) == []
    assert [entry.name for entry in landed(home, "ledger", "410928")] == ["1.csv"]
    assert land_file(home, "ledger", "410928", b"second", "2.csv", 1).landed_order == 2


def _land_range(root: Path, first: int, last: int) -> None:
    for number in range(first, last):
        land_file(Home(root), "ledger", "410928", f"bytes {number}".encode(), f"{first}-{number}.csv", 1)


def test_concurrent_landers_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_land_range, args=(home.root, first, 25)) for first in (0, 5, 10)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    entries = landed(home, "ledger", "410928")
    assert [entry.landed_order for entry in entries] == list(range(1, 26))
    assert sorted(len(entry.names) for entry in entries) == [1] * 5 + [2] * 5 + [3] * 15


def test_a_file_that_grows_under_the_copy_is_not_landed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, source = Home(tmp_path / "home"), tmp_path / "growing.csv"
    source.write_bytes(b"first half")
    real_fstat, looks = os.fstat, []

    def fstat_and_grow(descriptor: int) -> os.stat_result:
        if looks:
            with source.open("ab") as handle:
                handle.write(b" more")
        looks.append(descriptor)
        return real_fstat(descriptor)

    monkeypatch.setattr(landing.os, "fstat", fstat_and_grow)
    with pytest.raises(LandingError) as caught:
        land_file(home, "ledger", "410928", source, "growing.csv")
    assert caught.value.code == "changed_while_read"
    assert landed(home, "ledger", "410928") == []
