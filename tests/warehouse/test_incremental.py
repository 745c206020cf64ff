"""What goes on from the last build equals what is built anew, whatever came in between."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """A random history built step by step; see `random_histories.py`."""
    folder = tmp_path_factory.mktemp("random_history")
    done = subprocess.run(
        [sys.executable, str(HERE / "random_histories.py"), str(folder), "3"],
        capture_output=True, text=True, check=False, env={**os.environ, "DO_NOT_TRACK": "1"},
    )  # fmt: skip
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.mark.slow
def test_incremental_tables_equal_those_of_a_full_build(history: list[dict[str, Any]]) -> None:
    compared = [entry for entry in history if "compared" in entry]
    assert len(compared) == 3
    assert {entry["compared"]: entry["different"] for entry in compared if entry["different"]} == {}
    assert all(rows > 0 for rows in compared[-1]["rows"].values())


@pytest.mark.slow
def test_only_counties_whose_past_changed_are_computed_anew(history: list[dict[str, Any]]) -> None:
    changed = {entry["incremental"]: entry["counties"] for entry in history if "incremental" in entry}
    calm = changed["a week"]
    assert calm["appended"] > calm["rebuilt"]
    assert changed["back in time"]["appended"] == 0
    assert sum(counties["appended"] for counties in changed.values()) >= 12
    assert sum(counties["rebuilt"] for counties in changed.values()) >= 8
