"""A table is written by one statement, and a model that does not hold its contract leaves the table as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

from warehouse.project import PROJECT

pytestmark = pytest.mark.slow

STATED = [{"name": "county_code", "data_type": "varchar"}, {"name": "funds_cny", "data_type": "decimal(20, 2)"}]
GOOD = "select '411723' as county_code, cast(1 as decimal(20, 2)) as funds_cny"
MODELS = {
    "holds": GOOD,
    "another_type": "select '411723' as county_code, 1 as funds_cny",
    "a_column_too_few": "select '411723' as county_code",
    "a_column_too_many": f"select *, 1 as more from ({GOOD})",
    "another_order": f"select funds_cny, county_code from ({GOOD})",
    "was_a_view": GOOD,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, duckdb.DuckDBPyConnection]:
    """What dbt said of a project of these models, over a database where each name was there before; and the database."""
    project = tmp_path_factory.mktemp("small_project")
    (project / "macros").mkdir()
    (project / "macros" / "table.sql").symlink_to(PROJECT / "macros" / "materializations" / "table.sql")
    (project / "models").mkdir()
    for name, sql in MODELS.items():
        (project / "models" / f"{name}.sql").write_text(sql)
    config = {"materialized": "table", "contract": {"enforced": True}}
    models = [{"name": name, "config": config, "columns": STATED} for name in MODELS]
    (project / "models" / "models.yml").write_text(yaml.safe_dump({"version": 2, "models": models}))
    (project / "dbt_project.yml").write_text("name: small\nversion: '1.0.0'\nprofile: small\n")
    output = {"type": "duckdb", "path": str(project / "small.duckdb")}
    (project / "profiles.yml").write_text(yaml.safe_dump({"small": {"target": "a", "outputs": {"a": output}}}))
    with duckdb.connect(output["path"]) as connection:
        for name in MODELS:
            kind = "view" if name == "was_a_view" else "table"
            connection.execute(f"create {kind} {name} as select 'before' as county_code")
    ran = subprocess.run(
        [Path(sys.executable).with_name("dbt"), "run", "--project-dir", project, "--profiles-dir", project],
        capture_output=True,
        text=True,
        env={"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "HOME": str(project)},
    )
    return ran.stdout, duckdb.connect(output["path"], read_only=True)


@pytest.mark.parametrize("model", ["holds", "was_a_view"])
def test_a_model_that_holds_its_contract_replaces_what_was_there(
    built: tuple[str, duckdb.DuckDBPyConnection], model: str
) -> None:
    assert built[1].execute(f"select county_code, funds_cny from {model}").fetchall() == [("411723", 1)]


@pytest.mark.parametrize("model", ["another_type", "a_column_too_few", "a_column_too_many", "another_order"])
def test_a_model_that_does_not_fails_and_changes_nothing(
    built: tuple[str, duckdb.DuckDBPyConnection], model: str
) -> None:
    assert f"in model {model} (models/{model}.sql)" in built[0]
    assert built[1].execute(f"select * from {model}").fetchall() == [("before",)]


def test_what_differs_is_named(built: tuple[str, duckdb.DuckDBPyConnection]) -> None:
    for told in ("data type mismatch", "missing in definition", "missing in contract", "funds_cny, county_code"):
        assert told in built[0], built[0]
