"""How tables are written on DuckDB: by one statement. A model that does not hold its columns leaves its table as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

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
# Over a table of Suiping with 1 yuan and of Shangcai with 2.
BEFORE = [("411722", 2), ("411723", 1)]
ADDITIONS = {
    "appends": ("append", GOOD),
    "appends_in_another_order": ("append", f"select funds_cny, county_code from ({GOOD})"),
    "appends_too_few": ("append", "select '411723' as county_code"),
    "appends_too_many": ("append", f"select *, 1 as more from ({GOOD})"),
    "replaces": ("delete+insert", "select '411723' as county_code, cast(3 as decimal(20, 2)) as funds_cny"),
    "replaces_with_too_few": ("delete+insert", "select '411723' as county_code"),
    "replaces_nothing": ("delete+insert", f"{GOOD} where false"),
    "made_anew": ("append", GOOD),
    "made_anew_of_another_type": ("append", "select '411723' as county_code, 1 as funds_cny"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, duckdb.DuckDBPyConnection]:
    """What dbt said of a project of these models, over a database where each name was there before; and the database."""
    project = tmp_path_factory.mktemp("small_project")
    (project / "macros").mkdir()
    for macro in (PROJECT / "macros" / "materializations").glob("*.sql"):  # dbt does not follow a linked folder
        (project / "macros" / macro.name).symlink_to(macro)
    (project / "models").mkdir()
    for name, sql in MODELS.items():
        (project / "models" / f"{name}.sql").write_text(sql)
    config = {"materialized": "table", "contract": {"enforced": True}}
    models: list[dict[str, Any]] = [{"name": name, "config": config, "columns": STATED} for name in MODELS]
    for name, (strategy, sql) in ADDITIONS.items():
        (project / "models" / f"{name}.sql").write_text(sql)
        adding = {"materialized": "incremental", "incremental_strategy": strategy, "unique_key": "county_code"}
        adding["on_schema_change"] = "fail"
        anew = {"full_refresh": name.startswith("made_anew")}
        models.append({"name": name, "config": {**config, **adding, **anew}, "columns": STATED})
    (project / "models" / "models.yml").write_text(yaml.safe_dump({"version": 2, "models": models}))
    (project / "dbt_project.yml").write_text("name: small\nversion: '1.0.0'\nprofile: small\n")
    output = {"type": "duckdb", "path": str(project / "small.duckdb")}
    (project / "profiles.yml").write_text(yaml.safe_dump({"small": {"target": "a", "outputs": {"a": output}}}))
    with duckdb.connect(output["path"]) as connection:
        for name in MODELS:
            kind = "view" if name == "was_a_view" else "table"
            connection.execute(f"create {kind} {name} as select 'before' as county_code")
        for name in ADDITIONS:
            connection.execute(f"create table {name} (county_code varchar, funds_cny decimal(20, 2))")
            connection.executemany(f"insert into {name} values (?, ?)", BEFORE)
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


@pytest.mark.parametrize(
    ("model", "rows"),
    [
        ("appends", [*BEFORE, ("411723", 1)]),
        ("appends_in_another_order", [*BEFORE, ("411723", 1)]),
        ("replaces", [("411722", 2), ("411723", 3)]),
        ("replaces_nothing", BEFORE),
        ("made_anew", [("411723", 1)]),
    ],
)
def test_new_rows_are_put_into_the_table(
    built: tuple[str, duckdb.DuckDBPyConnection], model: str, rows: list[tuple[str, int]]
) -> None:
    assert built[1].execute(f"select county_code, funds_cny from {model} order by all").fetchall() == rows


@pytest.mark.parametrize(
    "model", ["appends_too_few", "appends_too_many", "replaces_with_too_few", "made_anew_of_another_type"]
)
def test_rows_of_other_columns_fail_and_change_nothing(
    built: tuple[str, duckdb.DuckDBPyConnection], model: str
) -> None:
    assert f"in model {model} (models/{model}.sql)" in built[0]
    assert built[1].execute(f"select county_code, funds_cny from {model} order by all").fetchall() == BEFORE


def test_what_differs_is_named(built: tuple[str, duckdb.DuckDBPyConnection]) -> None:
    for told in ("data type mismatch", "missing in definition", "missing in contract", "funds_cny, county_code"):
        assert told in built[0], built[0]
