"""A run whose seeds hold a mistake stops before it pulls anything, and names file and line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ingest.home import CHECKOUT

SEED = "score_weights.csv"


def test_weights_that_do_not_sum_stop_a_run_before_anything_is_pulled(tmp_path: Path) -> None:
    home, inbox, seeds = tmp_path / "var", tmp_path / "inbox", tmp_path / "project" / "seeds"
    shutil.copytree(CHECKOUT / "dbt_project" / "seeds", seeds)
    lines = (seeds / SEED).read_text(encoding="utf-8").splitlines(keepends=True)
    (seeds / SEED).write_text("".join([lines[0], *lines[2:]]), encoding="utf-8")
    (inbox / "ledgers" / "410928").mkdir(parents=True)
    (inbox / "ledgers" / "410928" / "台账2026年6月.csv").write_text(
        "项目名称,总投资（万元）\n东城产业园,100\n", encoding="utf-8"
    )

    environment = {**os.environ, "LUODI_HOME": str(home), "LUODI_DBT_PROJECT": str(seeds.parent), "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "luodi.cli", "run", "--inbox", str(inbox)],
        env=environment, capture_output=True, text=True, check=False, timeout=120, cwd=CHECKOUT,
    )  # fmt: skip

    assert done.returncode == 1
    assert SEED in done.stdout
    assert "应为 1 weights must sum to 1" in done.stdout
    assert not (home / "landing").exists()
