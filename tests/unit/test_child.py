"""Calls in a child process: results, exceptions, output, death, and dying with the parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from warehouse import child


def test_a_call_returns_what_the_function_returns_in_another_process() -> None:
    assert child.call("unit", "os:getpid") != os.getpid()


def test_an_exception_comes_back_as_itself() -> None:
    with pytest.raises(ZeroDivisionError):
        child.call("unit", "operator:truediv", 1, 0)


def test_what_a_library_prints_does_not_stand_between_the_answers(capfd: pytest.CaptureFixture[str]) -> None:
    assert child.call("unit", "builtins:print", "noise") is None
    assert "noise" in capfd.readouterr().err


def test_what_a_child_leaves_behind_is_removed_without_a_word_to_the_person() -> None:
    kept = "import builtins, multiprocessing; builtins.kept = multiprocessing.get_context('spawn').Lock()"
    calls = f'from warehouse import child; child.call("unit", "builtins:exec", {kept!r})'
    # Whoever removes it holds the same stderr, and so is waited for.
    told = subprocess.run([sys.executable, "-c", calls], capture_output=True, text=True, check=True)
    assert told.stderr == ""


def test_a_killed_child_is_told_by_name() -> None:
    with pytest.raises(child.ChildDiedError, match="os:_exit"):
        child.call("unit", "os:_exit", 9)


def test_a_warm_child_answers_several_calls_and_then_ends() -> None:
    child.warm_up("unit", "builtins:len", "abc")
    try:
        first = child.call("unit", "os:getpid")
        assert child.call("unit", "os:getpid") == first
    finally:
        child.close("unit")
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_warm_child_that_was_killed_is_told_once_and_the_next_call_has_a_new_one() -> None:
    child.warm_up("unit", "builtins:len", "abc")
    try:
        os.kill(child.call("unit", "os:getpid"), signal.SIGKILL)
        with pytest.raises(child.ChildDiedError, match="再运行一次"):
            child.call("unit", "os:getpid")
        assert child.call("unit", "os:getpid") != os.getpid()
    finally:
        child.close("unit")


def test_a_child_ends_with_a_parent_that_was_killed() -> None:
    script = textwrap.dedent(
        """
        from warehouse import child
        worker = child.ChildProcess()
        print(worker.call("os:getpid"), flush=True)
        worker.send("time:sleep", 600)
        worker._answer("time:sleep")
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        # The read end stays open in the child until it is gone: end of file is its death.
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    subprocess.run(["tail", f"--pid={worker}", "-f", "/dev/null"], timeout=10, check=True)
