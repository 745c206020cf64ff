"""One run at a time below one home."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ingest.home import Home
from luodi import run_lock

HOLD = textwrap.dedent(
    """
    import sys, pathlib
    from ingest.home import Home
    from luodi import run_lock
    with run_lock.exclusive(Home(pathlib.Path(sys.argv[1])), sys.argv[2], print):
        print("held", flush=True)
        sys.stdin.read()
    """
)


def holding(home: Path, purpose: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home), purpose], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_who_may_only_read_the_home_can_ask_who_works_on_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Home) -> None:
        raise PermissionError

    with holding(tmp_path, run_lock.RUN) as first:
        monkeypatch.setattr(run_lock, "_open", refuse)
        found = run_lock.holder(Home(tmp_path))
        assert found is not None
        assert found.pid == first.pid
        assert first.stdin is not None
        first.stdin.close()
    assert run_lock.holder(Home(tmp_path)) is None


def test_a_second_run_waits_for_the_first_and_says_for_whom(tmp_path: Path) -> None:
    waited: list[run_lock.Holder] = []
    with holding(tmp_path, run_lock.RUN) as first:

        def let_go(holder: run_lock.Holder) -> None:
            waited.append(holder)
            first.kill()

        with run_lock.exclusive(Home(tmp_path), run_lock.RUN, let_go):
            (holder,) = waited
            assert holder.pid == first.pid
            since = dt.datetime.fromisoformat(holder.since)
            assert since.utcoffset() == dt.timedelta(hours=8)


def test_a_run_leaves_where_a_service_holds_the_home(tmp_path: Path) -> None:
    with holding(tmp_path, run_lock.SERVICE) as service:
        with (
            pytest.raises(run_lock.ServiceIsRunningError, match=str(service.pid)),
            run_lock.exclusive(Home(tmp_path), run_lock.RUN, lambda holder: None),
        ):
            pass
        service.kill()


def test_the_holder_is_known_while_it_holds(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert run_lock.holder(home) is None
    with run_lock.exclusive(home, run_lock.RUN, lambda holder: None):
        held = run_lock.holder(home)
        assert held is not None
        assert held.purpose == run_lock.RUN
    assert run_lock.holder(home) is None
