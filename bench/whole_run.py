"""The whole `luodi run` on the sample inbox beside the sum of its fixed costs, each alone.

Peer: one `airflow dags test` of an empty DAG, plus one `dbt build` as a command on the same lake, plus one Great
Expectations validation of the project rows. The bar allows half as much again for landing, reading, publishing and
reporting.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from bench.paired import Ratio, compare, run_python
from ingest.home import CHECKOUT, Home

AS_OF = "2026-11-05"
EMPTY_DAG = """
from airflow.sdk import dag, task

@dag(schedule=None)
def empty():
    @task
    def nothing() -> None:
        pass

    nothing()

empty()
"""
ONE_VALIDATION = """
import sys
import great_expectations as gx
import pyarrow.dataset as ds

rows = ds.dataset(sys.argv[1], format="parquet", exclude_invalid_files=True).to_table(
    columns=["row_id", "project_name", "total_investment_cny"]).to_pandas()
context = gx.get_context(mode="ephemeral")
asset = context.data_sources.add_pandas("rows").add_dataframe_asset("rows")
batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": rows})
suite = gx.ExpectationSuite("rows")
suite.add_expectation(gx.expectations.ExpectColumnValuesToNotBeNull(column="project_name"))
suite.add_expectation(gx.expectations.ExpectColumnValuesToBeUnique(column="row_id"))
assert batch.validate(suite).success
"""


def _environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "LUODI_HOME": str(home),
        "AIRFLOW_HOME": str(home / "empty-airflow"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
        "AIRFLOW__CORE__DAGS_FOLDER": str(home / "empty-dags"),
        "GX_ANALYTICS_ENABLED": "false",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def _prepare(home: Path) -> dict[str, str]:
    """One run fills the lake and migrates luodi's Airflow; the empty DAG gets a migrated Airflow of its own."""
    environment = _environment(home)
    run_python(["-m", "luodi.cli", "run", "--home", str(home), "--as-of", AS_OF])
    dags = home / "empty-dags"
    dags.mkdir()
    (dags / "empty.py").write_text(EMPTY_DAG, encoding="utf-8")
    run_python(["-m", "airflow", "db", "migrate"], env=environment)
    run_python(["-m", "airflow", "dags", "reserialize"], env=environment)
    return environment


def _reset(home: Path) -> None:
    """Take away everything but Airflow's migrated database, so that a run does all its work again."""
    paths = Home(home)
    for folder in (paths.landing, paths.lake, paths.build, paths.publish):
        shutil.rmtree(folder, ignore_errors=True)


def measure(console: Console) -> list[Ratio]:
    """`luodi run` ≤ 1.5 × the sum of the parts."""
    with tempfile.TemporaryDirectory() as folder:
        home, parts_home = Path(folder) / "home", Path(folder) / "parts"
        with console.status("准备 preparing"):
            environment = _prepare(parts_home)
            run_python(["-m", "luodi.cli", "run", "--home", str(home), "--as-of", AS_OF])

        def whole() -> None:
            _reset(home)
            run_python(["-m", "luodi.cli", "run", "--home", str(home), "--as-of", AS_OF])

        def parts() -> None:
            run_python(["-m", "airflow", "dags", "test", "empty"], env=environment)
            dbt = Path(sys.executable).with_name("dbt")
            script = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
            project = str(CHECKOUT / "dbt_project")
            build = [str(dbt), "build", "--project-dir", project, "--profiles-dir", project]
            build += ["--target-path", str(parts_home / "build" / "dbt-alone"), "--log-path", str(parts_home / "build")]
            build += ["--vars", f"{{as_of: '{AS_OF}'}}"]
            run_python(["-c", script, *build], env=environment)
            run_python(["-c", ONE_VALIDATION, str(Home(parts_home).lake / "ledger_project_rows")], env=environment)

        return [compare("luodi run ÷ (空 DAG + dbt build + 一次 GX 校验)", whole, parts, bar=1.5)]
