"""Runs that are killed, and runs that meet: in the end the tables are the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from job import finish, start, table_hashes

pytestmark = [pytest.mark.airflow, pytest.mark.slow]

# Killed when the line of this step appears, so in the step that follows.
KILLED_AFTER = ("拉取并落地", "逐行检查", "构建整理层 build staging", "检查结果表")


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


def test_killed_runs_and_two_runs_at_once_end_in_the_tables_of_a_quiet_run(tmp_path: Path) -> None:
    quiet = tmp_path / "quiet"
    code, said = finish(start(quiet))
    assert code == 0, said

    home = tmp_path / "killed"
    for step in KILLED_AFTER:
        kill_after(start(home), step)
    first, second = start(home), start(home)
    ended = [finish(first), finish(second)]
    assert [code for code, _ in ended] == [0, 0], ended
    assert sum("waiting for its end" in said for _, said in ended) == 1
    assert table_hashes(home) == table_hashes(quiet)
