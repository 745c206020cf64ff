"""The command line as its callers see it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import typer
from rich.console import Console
from typer.core import TyperGroup
from typer.testing import CliRunner, Result

from ingest.home import Home
from luodi import sql_command
from luodi.cli import app
from warehouse.query import ask

runner = CliRunner()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "publish").mkdir()
    with duckdb.connect(str(tmp_path / "publish" / "warehouse.duckdb")) as connection:
        connection.execute(
            "create table t as select '甲' as name, 123456789012345678.90::decimal(20, 2) as amount_cny,"
            " date '2026-03-01' as signed_on, null::integer as gap, true as is_counted"
        )
    return tmp_path


def luodi(*arguments: str | Path) -> Result:
    return runner.invoke(app, [str(argument) for argument in arguments])


def test_json_keeps_every_digit_and_names_nulls(home: Path) -> None:
    result = luodi("sql", "select * from t", "--json", "--home", home)
    assert result.exit_code == 0
    (record,) = json.loads(result.stdout, parse_float=Decimal)
    assert record == {
        "name": "甲",
        "amount_cny": Decimal("123456789012345678.9"),
        "signed_on": "2026-03-01",
        "gap": None,
        "is_counted": True,
    }


def test_json_of_no_rows_is_an_empty_array(home: Path) -> None:
    assert json.loads(luodi("sql", "select * from t where false", "--json", "--home", home).stdout) == []


def test_csv_has_a_header_and_empty_nulls(home: Path) -> None:
    result = luodi("sql", "select name, gap, signed_on from t", "--csv", "--home", home)
    assert list(csv.reader(io.StringIO(result.stdout))) == [["name", "gap", "signed_on"], ["甲", "", "2026-03-01"]]


def test_a_table_for_people_shows_names_and_numbers(home: Path) -> None:
    shown = luodi("sql", "select * from t", "--home", home).stdout
    assert "甲" in shown
    assert "123,456,789,012,345,678.9" in shown


def test_a_row_too_wide_for_the_terminal_is_shown_as_a_form(home: Path) -> None:
    """Twenty columns folded into eighty characters are letters in a column."""
    answer = ask(Home(home), f"select {', '.join(f'true as column_{number}' for number in range(20))} from t")
    shown = {}
    for width in (80, 1000):
        target = io.StringIO()
        sql_command.show(answer, sql_command.Form.TABLE, Console(file=target, width=width))
        shown[width] = target.getvalue()
    assert ["column_19", "true"] in [line.split() for line in shown[80].splitlines()]
    assert "column_0   column_1" in shown[1000]


def test_rates_are_rounded_for_people_alone(home: Path) -> None:
    query = "select 2 / 3 as start_rate, 2 / 3 as share"
    shown = luodi("sql", query, "--home", home).stdout
    assert "0.6667" in shown
    assert "0.666666666666667" in shown
    assert (
        luodi("sql", query, "--csv", "--home", home).stdout.splitlines()[1] == "0.6666666666666666,0.6666666666666666"
    )


def test_home_may_come_from_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUODI_HOME", str(home))
    assert luodi("sql", "select 1 as one", "--json").exit_code == 0


@pytest.mark.parametrize(
    "query",
    [
        "delete from t",
        "create table u as select 1",
        "copy t to '/tmp/luodi-leak.csv'",
        "select * from read_text('/etc/hosts')",
    ],
)
def test_the_published_copy_is_read_only_and_closed(home: Path, query: str) -> None:
    result = luodi("sql", query, "--home", home)
    assert result.exit_code == 1
    assert "the query failed" in result.stderr


def test_a_wrong_query_is_a_message_not_a_traceback(home: Path) -> None:
    result = luodi("sql", "select nothing from nowhere", "--home", home)
    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("query", ["", "  ", ";", "/* nothing */"])
def test_no_query_is_said_in_one_line(home: Path, query: str) -> None:
    result = luodi("sql", query, "--home", home)
    assert result.exit_code == 2
    assert result.stderr == "没有查询语句 no query given\n"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1234567890.0::double", "1,234,567,890"),
        ("12345678.25::double", "12,345,678.25"),
        ("0.1::double", "0.1"),
        ("-3.0::double", "-3"),
        ("'nan'::double", "nan"),
        ("'inf'::double", "inf"),
    ],
)
def test_a_table_loses_no_digit(home: Path, value: str, shown: str) -> None:
    lines = luodi("sql", f"select {value} as v", "--home", home).stdout.split("\n")
    assert shown in [line.strip() for line in lines]


def test_the_count_below_a_narrow_table_is_one_line(home: Path) -> None:
    assert "1 行 rows\n" in luodi("sql", "select 1 as n", "--home", home).stdout


def test_nothing_published_yet_is_status_2_with_advice(tmp_path: Path) -> None:
    result = luodi("sql", "select 1", "--home", tmp_path)
    assert result.exit_code == 2
    assert "luodi run" in result.stderr


def test_status_before_the_first_run(tmp_path: Path) -> None:
    found = json.loads(luodi("status", "--json", "--home", tmp_path).stdout)
    assert found["last_run"] is None
    assert found["is_published"] is False
    assert found["files"] == {"landed": 0, "accepted": 0, "refused": 0}
    assert found["rows"] == {"accepted": 0, "rejected": 0}
    assert found["open_stalls"]["total"] == 0
    assert luodi("status", "--home", tmp_path).exit_code == 0


def test_an_inbox_that_is_not_there_is_refused_before_anything_starts(tmp_path: Path) -> None:
    result = luodi("run", "--inbox", tmp_path / "none", "--home", tmp_path / "home")
    assert result.exit_code == 2
    assert "none" in result.stderr
    assert not (tmp_path / "home").exists()


def test_a_home_that_is_a_file_or_lies_among_what_is_sent_in_is_refused_in_one_line(tmp_path: Path) -> None:
    inbox, taken = tmp_path / "inbox", tmp_path / "taken"
    (inbox / "ledgers").mkdir(parents=True)
    taken.touch()
    for place in (taken, inbox / "ledgers" / "var"):
        result = luodi("run", "--inbox", inbox, "--home", place)
        assert result.exit_code == 2
        assert place.name in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_a_query_may_begin_with_a_comment(home: Path) -> None:
    result = luodi("sql", "-- 按名称\nselect name from t", "--csv", "--home", home)
    assert result.stdout.splitlines() == ["name", "甲"]


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    assert luodi("run", "--as-of", "2026-02-30", "--home", tmp_path).exit_code == 2


def test_help_comes_fast() -> None:
    """Nothing heavy is imported before it is needed: Airflow, dbt, GX, pandas and DuckDB take seconds."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, luodi.cli; print(*sys.modules)"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"airflow", "dbt", "great_expectations", "pandas", "duckdb", "pyarrow"} & set(loaded)
    started = time.process_time()
    assert luodi("--help").exit_code == 0
    assert time.process_time() - started < 0.5


def _help_pages() -> list[tuple[str, ...]]:
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    pages: list[tuple[str, ...]] = [()]
    for name, command in root.commands.items():
        pages.append((name,))
        pages += [(name, inner) for inner in getattr(command, "commands", {})]
    return pages


@pytest.mark.parametrize("columns", ["80", "100", "120"])
def test_no_help_text_is_cut_short(columns: str) -> None:
    """Rich ends what it cuts with an ellipsis; only names of arguments hold one of their own."""
    shown = {page: runner.invoke(app, [*page, "--help"], env={"COLUMNS": columns}).stdout for page in _help_pages()}
    assert len(shown) > 12
    cut = [line for text in shown.values() for line in text.splitlines() if re.search(r"(?<!FILE)(?<!PATH)…", line)]
    assert cut == []


def test_the_package_can_be_run_where_its_script_is_not_on_the_path() -> None:
    done = subprocess.run([sys.executable, "-m", "luodi", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Usage: luodi [OPTIONS]" in done.stdout


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("select x from t", "没有列 x"),
        ("select * from nix", "没有表 nix"),
        ("selec 1", "语法有误，在“selec”附近"),
        ("delete from t", "数仓只读"),
        ("select name, count(*) from t", "group by"),
        ("select foo(1)", "没有函数 foo"),
        ("select cast(name as int) from t", "不能转换"),
        ("select * from read_csv('/etc/passwd')", "数仓以外的文件"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_in_chinese_too(home: Path, query: str, said: str) -> None:
    result = luodi("sql", query, "--home", home)
    assert result.exit_code == 1
    assert said in result.stderr.splitlines()[0]
    assert "Error" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--nope"), "没有 --nope 这个选项"),
        (("rnu",), "没有 rnu 这个命令，是不是 run"),
        (("--nope",), "没有 --nope 这个选项"),
        (("why",), "缺少 project"),
        (("ledger", "read"), "缺少 FILE…"),
        (("run", "--as-of", "昨天"), "--as-of 应是日期，写成 2026-01-31"),
        (("dispatch", "--on", "20261128"), "--on 应是日期，写成 2026-01-31"),
        (("up", "--port", "八"), "--port 的值不对"),
        (("metrics", "start_rate", "--by"), "--by 后面要有一个值"),
        (("dispatch", "甲"), "多了 甲"),
    ],
)
def test_what_was_typed_wrong_is_said_in_chinese_too(arguments: tuple[str, ...], said: str) -> None:
    result = luodi(*arguments)
    assert result.exit_code == 2
    assert f"用法不对：{said}" in result.stderr


def test_a_command_without_arguments_that_prints_its_help_is_no_mistake() -> None:
    assert "用法不对" not in luodi().stderr


def test_commands_of_the_shell_among_piped_queries(home: Path) -> None:
    piped = runner.invoke(app, ["sql", "--home", str(home)], input="\\?\nselect name\nfrom t;\n\\d t\n")
    assert piped.exit_code == 0
    assert "列出" in piped.stdout or "list the tables" in piped.stdout
    assert "甲" in piped.stdout
    assert "signed_on" in piped.stdout
    typed = luodi("sql", "\\d t", "--home", home)
    assert typed.exit_code == 0
    assert "signed_on" in typed.stdout
    refused = runner.invoke(app, ["sql", "--json", "--home", str(home)], input="\\d\n")
    assert refused.exit_code == 2
    assert "--json" in refused.stderr


def test_metrics_of_a_place_without_a_publication_leave_nothing_there(tmp_path: Path) -> None:
    result = luodi("metrics", "start_rate", "--home", tmp_path)
    assert result.exit_code == 2
    assert "还没有发布数仓" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_a_terminal_of_another_encoding_breaks_no_command(home: Path, encoding: str) -> None:
    query = "select '甲✓' as name"
    command = [sys.executable, "-c", "from luodi.cli import app; app()", "sql", query, "--home", str(home)]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    told = subprocess.run([*command, "--json"], capture_output=True, env=environment, check=True)
    assert json.loads(told.stdout.decode(encoding)) == [{"name": "甲✓"}]
    assert subprocess.run(command, capture_output=True, env=environment, check=False).returncode == 0
