"""What a build cannot write into its file fails the layer: DuckDB would leave the file as the build before did, and say nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from lake_builder import LakeBuilder

pytestmark = pytest.mark.slow

# Files may grow to 64 KiB once the project is parsed: more than an empty database, less than the seeds take.
_BUILD_IN_LITTLE_ROOM = """
import datetime as dt, resource, sys
from pathlib import Path
from ingest.home import Home
from warehouse import dbt_build

home, as_of = Home(Path(sys.argv[1])), dt.date(2026, 11, 5)
dbt_build.parse_here(home, as_of)
resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, resource.RLIM_INFINITY))
try:
    dbt_build.build_here(home, as_of, "seeds")
except dbt_build.BuildFailedError as error:
    sys.exit(str(error))
"""


def test_seeds_that_do_not_fit_on_the_disk_fail_their_layer(tmp_path: Path) -> None:
    lake = LakeBuilder(tmp_path)
    lake.ledger("411723", "2026-10-31", [{"project_name": "甲项目", "total_investment_cny": 5}])
    told = subprocess.run(
        [sys.executable, "-c", _BUILD_IN_LITTLE_ROOM, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert "旧的发布保持不变" in told.stderr
    assert "File too large" in told.stderr
