"""The unit tests beside the models pass, and so do the tests of their grain that no run repeats."""

from __future__ import annotations

import re
import subprocess

from ingest.home import Home


def test_dbts_own_tests_pass(built_world: tuple[Home, subprocess.CompletedProcess[str]]) -> None:
    result = built_world[1]
    assert result.returncode == 0, result.stdout[-4000:]
    passed = re.search(r"PASS=(\d+)", result.stdout)
    assert passed is not None
    assert int(passed.group(1)) >= 60
