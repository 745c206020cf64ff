"""Publication: only marts leave, masked, in a fixed order, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from ingest.home import Home
from luodi.cli import app
from warehouse import publication, query
from warehouse.descriptions import ModelText, described_tables

BUILD = """
create schema staging;
create table staging.stg_rows as select 1 as secret;
create table main.dim_project as
select * from (values
    ('p2', '乙项目', '李四', '电话13812340001，联系李四', 20.50::decimal(20, 2)),
    ('p1', '甲项目', '王建国', null, 10.00::decimal(20, 2))
) as t (project_id, project_name, responsible_leader, progress_note, total_investment_cny);
create view main.rejected_rows as
select 'r1' as row_id, '{"联系人":"王小明","联系电话":"13912345678","项目名称":"丙项目"}' as raw;
"""
TABLES = ["dim_project", "rejected_rows"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.build.mkdir()
    build(home, BUILD)
    return home


def build(home: Home, sql: str) -> None:
    with duckdb.connect(str(publication.build_database(home))) as connection:
        connection.execute(sql)


def parquet_hashes(home: Home) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (home.publish / "parquet").glob("*.parquet")
    }


def test_only_the_named_tables_are_published_in_schema_main(home: Home) -> None:
    assert publication.publish(home, TABLES) == {"dim_project": 2, "rejected_rows": 1}
    tables = query.ask(home, "select table_name from information_schema.tables where table_schema = 'main'")
    assert {name for (name,) in tables.rows} == set(TABLES)
    assert {path.name for path in home.publish.iterdir()} == {"warehouse.duckdb", "parquet"}


def test_rows_come_in_a_fixed_order_with_types(home: Home) -> None:
    publication.publish(home, TABLES)
    answer = query.ask(home, "select project_id, total_investment_cny from dim_project")
    assert [row[0] for row in answer.rows] == ["p1", "p2"]
    kind = query.ask(home, "select data_type from duckdb_columns() where column_name = 'total_investment_cny'")
    assert kind.rows == [("DECIMAL(20,2)",)]


def test_descriptions_become_comments_which_say_what_is_there_in_both_languages(home: Home) -> None:
    columns = {
        "project_id": "项目编号，首报起不变。Project, stable from its first report.",
        "no_such_column": "无。None.",
    }
    publication.publish(home, TABLES, {"dim_project": ModelText("项目（截至运行日）。Projects, it's so.", columns)})
    with query.reading(home) as connection:
        table = described_tables(connection)["dim_project"]
    assert (table.meaning.label, table.meaning.english, table.rows) == ("项目（截至运行日）", "Projects, it's so.", 2)
    first, second, *_ = table.columns
    assert (first.name, first.meaning.label) == ("project_id", "项目编号")
    assert first.meaning.english == "Project, stable from its first report."
    assert (second.name, second.meaning.label) == ("project_name", "")


def test_personal_data_is_masked_wherever_it_stands(home: Home) -> None:
    publication.publish(home, TABLES)
    assert query.ask(home, "select responsible_leader from dim_project order by 1").rows == [("李**",), ("王**",)]
    (note,) = query.ask(home, "select progress_note from dim_project where project_id = 'p2'").rows[0]
    assert "138****0001" in note
    (raw,) = query.ask(home, "select raw from rejected_rows").rows[0]
    assert "王小明" not in raw
    assert "13912345678" not in raw
    assert json.loads(raw)["项目名称"] == "丙项目"


def test_publishing_again_gives_the_same_bytes_of_every_parquet_file(home: Home) -> None:
    publication.publish(home, TABLES)
    first = parquet_hashes(home)
    publication.publish(home, TABLES)
    assert parquet_hashes(home) == first
    assert set(first) == {"dim_project.parquet", "rejected_rows.parquet"}


def test_a_table_that_is_no_longer_published_leaves_with_its_parquet_file(home: Home) -> None:
    publication.publish(home, TABLES)
    publication.publish(home, ["dim_project"])
    assert set(parquet_hashes(home)) == {"dim_project.parquet"}


def test_a_missing_table_leaves_the_previous_publication_untouched(home: Home) -> None:
    publication.publish(home, TABLES)
    before = home.warehouse.read_bytes(), parquet_hashes(home)
    with pytest.raises(publication.NothingToPublishError, match="no_such_table"):
        publication.publish(home, [*TABLES, "no_such_table"])
    assert (home.warehouse.read_bytes(), parquet_hashes(home)) == before
    assert not list(home.publish.glob(".new-*"))


def test_what_a_killed_run_left_behind_is_swept(home: Home) -> None:
    left = home.publish / ".new-1" / "parquet"
    left.mkdir(parents=True)
    (left.parent / "warehouse.duckdb").write_bytes(b"half")
    publication.publish(home, TABLES)
    assert not left.parent.exists()


def test_an_open_reader_keeps_its_version_and_a_new_one_sees_the_new(home: Home) -> None:
    publication.publish(home, TABLES)
    with query.reading(home) as old:
        assert old.execute("select count(*) from dim_project").fetchall() == [(2,)]
        build(home, "delete from dim_project where project_id = 'p1'")
        # In one process DuckDB shares a file that is open, so the new reader is another process in real life.
        publisher = threading.Thread(target=publication.publish, args=(home, TABLES))
        publisher.start()
        publisher.join()
        assert old.execute("select count(*) from dim_project").fetchall() == [(2,)]
    assert query.ask(home, "select count(*) from dim_project").rows == [(1,)]


def test_published_names_are_the_models_of_marts_and_quality(tmp_path: Path) -> None:
    for name in ("staging/stg_a", "marts/projects/dim_b", "quality/odd_c"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{name}.sql").write_text("select 1")
    assert publication.published_table_names(tmp_path) == ["dim_b", "odd_c"]


OPENED_FOR_WRITING = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("update dim_project set project_name = '改了'" if sys.argv[2] == "writes" else "select 1")
print("open", flush=True)
sys.stdin.read()
os._exit(9)
"""


@contextmanager
def opened_for_writing(home: Home, what: str) -> Iterator[None]:
    """Another program, as `duckdb warehouse.duckdb` is without -readonly, that is killed in the end."""
    command = [sys.executable, "-c", OPENED_FOR_WRITING, str(home.warehouse), what]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield
        process.kill()


def names(home: Home) -> list[str]:
    return [name for (name,) in query.ask(home, "select project_name from dim_project order by all").rows]


def test_a_publication_that_another_program_holds_is_told_by_any_command(home: Home) -> None:
    publication.publish(home, TABLES)
    with opened_for_writing(home, "reads"):
        for arguments in (["sql", "from dim_project"], ["status"], ["quality"]):
            result = CliRunner().invoke(app, [*arguments, "--home", str(home.root)])
            assert result.exit_code == 2
            assert "以可写方式打开（进程 " in result.stderr
    assert names(home) == ["乙项目", "甲项目"]


@pytest.mark.parametrize("content", [b"", b"not a database" * 400, None])
def test_a_publication_that_is_damaged_or_may_not_be_read_is_one_sentence_and_comes_again(
    home: Home, content: bytes | None
) -> None:
    publication.publish(home, TABLES)
    whole = home.warehouse.read_bytes()
    home.warehouse.write_bytes(whole[:5000] if content is None else content)
    for arguments in (["sql", "from dim_project"], ["status"], ["quality"], ["why", "甲"], ["dispatch"]):
        result = CliRunner().invoke(app, [*arguments, "--home", str(home.root)])
        assert result.exit_code == 2, arguments
        assert "发布的数仓打不开" in result.stderr
        assert "Traceback" not in result.output
    publication.publish(home, TABLES)
    assert names(home) == ["乙项目", "甲项目"]


def test_what_another_program_wrote_is_never_shown_and_is_gone_with_the_next_publication(home: Home) -> None:
    publication.publish(home, TABLES)
    with opened_for_writing(home, "writes"):
        publication.publish(home, TABLES)
        assert names(home) == ["乙项目", "甲项目"]
    with opened_for_writing(home, "writes"):
        pass
    with pytest.raises(query.PublicationHeldError, match="再运行一次 luodi run"):
        names(home)
    publication.publish(home, TABLES)
    assert names(home) == ["乙项目", "甲项目"]
