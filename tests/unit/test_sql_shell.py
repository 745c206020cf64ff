"""`luodi sql` without a query: the shell in a terminal, statements from a pipe, completion, labels."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console
from small_publication import publish_small_warehouse
from typer.testing import CliRunner

from ingest.home import Home
from luodi import sql_shell
from luodi.cli import app
from luodi.sql_completion import SqlCompleter
from warehouse.catalog import read_catalog

_COMMENTS = """
comment on table dim_county is '县区：所有用过的代码。Counties, every code that ever stood for one.';
comment on table fct_signings is '签约。Signings.';
comment on column dim_county.county_code is '县区代码。County.';
comment on column dim_county.county_name is '县区名称。Name of the county.';
comment on column fct_signings.total_investment_cny is '总投资（元，含外资），以合同为准。Total investment, yuan.';
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = publish_small_warehouse(tmp_path)
    with duckdb.connect(str(home.warehouse)) as connection:
        connection.execute(_COMMENTS)
    return home


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def session(home: Home, keys: PipeInput, typed: str) -> str:
    """What a person sees who types this, then leaves."""
    keys.send_text(typed + "\x04")
    shown = io.StringIO()
    sql_shell.run(home, Console(file=shown, width=160))
    return shown.getvalue()


def test_it_begins_with_the_tables_and_their_chinese_titles(home: Home, keys: PipeInput) -> None:
    shown = session(home, keys, "")
    assert "dim_county 县区" in shown
    assert "fct_signings 签约" in shown


def test_a_query_of_several_lines_ends_with_a_semicolon_and_shows_chinese_labels(home: Home, keys: PipeInput) -> None:
    shown = session(home, keys, "select county_name, 1 as one\rfrom dim_county where county_code = '410922';\r")
    lines = [line.split() for line in shown.splitlines()]
    assert ["county_name"] in lines
    assert ["县区名称", "one"] in lines
    assert ["清丰县", "1"] in lines


def test_a_semicolon_inside_quotes_does_not_end_a_query(home: Home, keys: PipeInput) -> None:
    assert not sql_shell.is_complete("select 'a;")
    assert not sql_shell.is_complete("select 1 /* later; ")
    assert not sql_shell.is_complete("select 1")
    assert sql_shell.is_complete("select 'a;' ;")
    assert sql_shell.is_complete("selec 1;")  # wrong, and DuckDB is to say so
    assert "a;" in session(home, keys, "select 'a;\r' as v;\r")


def test_an_error_is_one_line_and_the_shell_goes_on(home: Home, keys: PipeInput) -> None:
    shown = session(home, keys, "select nothing from dim_county;\rselect 40 + 2 as sum;\r")
    (error,) = [line for line in shown.splitlines() if '"nothing"' in line]
    assert error.startswith("Binder Error")
    assert "LINE" not in shown
    assert "42" in shown


def test_ctrl_c_drops_what_was_typed_and_ctrl_d_leaves(home: Home, keys: PipeInput) -> None:
    keys.send_text("select 'dropped' as gone\x03")
    lines = [line.strip() for line in session(home, keys, "select 7 as kept;\r").splitlines()]
    assert lines[-5:] == ["kept", "────", "7", "", "1 行 rows"]


def test_tables_are_described_and_found_by_chinese(home: Home, keys: PipeInput) -> None:
    shown = session(home, keys, "\\d fct_signings\r\\d 签\r\\d nowhere\r\\nonsense\r")
    assert "总投资（元，含外资），以合同为准。" in shown
    assert "Total investment, yuan." in shown
    assert "decimal(20,2)" in shown
    assert "no such table: nowhere" in shown
    assert "no such command: \\nonsense" in shown


def test_rows_can_stand_below_each_other_and_labels_be_switched_off(home: Home, keys: PipeInput) -> None:
    query = "select county_name from dim_county where county_code = '410928';\r"
    down, plain = session(home, keys, f"\\x\r{query}"), session(home, keys, f"\\l\r{query}")
    assert ["county_name", "县区名称", "濮阳县"] in [line.split() for line in down.splitlines()]
    assert "县区名称" not in plain.split("labels off")[1]


def test_each_query_sees_the_newest_publication(home: Home, tmp_path: Path) -> None:
    shown = io.StringIO()
    shell = sql_shell.Shell(home, Console(file=shown, width=160))
    newer = tmp_path / "newer.duckdb"
    shutil.copy(home.warehouse, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("create table brand_new as select 'fresh' as state")
    newer.replace(home.warehouse)
    shell.handle("from brand_new;")
    shell.handle("\\d")
    assert "fresh" in shown.getvalue()
    assert "brand_new" in shell.catalog().tables


def test_history_stays_below_home(home: Home, keys: PipeInput) -> None:
    session(home, keys, "select 5 as remembered;\r")
    assert "remembered" in (home.root / sql_shell.HISTORY).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "offered", "withheld"),
    [
        ("select * from dim_c", "dim_county", "county_code"),
        ("select c", "count", "dim_county"),
        ("select 县", "dim_county", "fct_signings"),
        ("sele", "select", "dim_county"),
        ("from dim_county where county_n", "county_name", "county_code"),
        ("select * from fct_signings as s join dim_county as c on s.tot", "total_investment_cny", "county_name"),
        ("from dim_county where 名称", "county_name", "county_code"),
        ("\\d fct_s", "fct_signings", "select"),
    ],
)
def test_completion_offers_what_fits_there(home: Home, typed: str, offered: str, withheld: str) -> None:
    completer = SqlCompleter(lambda: read_catalog(home))
    found = {one.text for one in completer.get_completions(Document(typed), CompleteEvent(completion_requested=True))}
    assert offered in found
    assert withheld not in found


def test_a_label_ends_at_the_first_pause_outside_brackets(home: Home) -> None:
    labels = read_catalog(home).labels("from fct_signings", ["total_investment_cny", "x"])
    assert labels == {"total_investment_cny": "总投资（元，含外资）"}


def piped(home: Home, text: str, *options: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["sql", "--home", str(home.root), *options], input=text)
    return result.exit_code, result.stdout, result.stderr


def test_without_a_terminal_statements_come_from_the_pipe(home: Home) -> None:
    status, shown, _ = piped(home, "select 1 as a; -- and\nselect 2 as b", "--json")
    assert status == 0
    assert [json.loads(line) for line in shown.splitlines()] == [[{"a": 1}], [{"b": 2}]]


def test_a_piped_statement_that_fails_ends_it_after_those_before(home: Home) -> None:
    status, shown, error = piped(home, "select 1 as a; select nothing; select 3 as c", "--csv")
    assert (status, shown) == (1, "a\n1\n")
    assert "the query failed" in error
    assert piped(home, " -- nothing\n") == (2, "", "没有查询语句 no query given\n")


def test_a_long_answer_is_cut_and_says_so(home: Home) -> None:
    shown = io.StringIO()
    shell = sql_shell.Shell(home, Console(file=shown, width=80))
    shell.handle("from range(300);")
    assert "299" in shown.getvalue()
    assert "300 行 rows\n" in shown.getvalue()
    shell.handle("from range(5000);")
    assert "2000 行以上 rows or more，显示前 2000 行" in shown.getvalue()


def test_in_a_terminal_what_is_too_wide_or_too_long_goes_to_the_pager(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pager = tmp_path / "bin" / "less"
    pager.parent.mkdir()
    pager.write_text('#!/bin/sh\ncat > "$(dirname "$0")/paged"\n')
    pager.chmod(0o755)
    monkeypatch.setenv("PATH", f"{pager.parent}:/usr/bin:/bin")
    shown = io.StringIO()
    shell = sql_shell.Shell(home, Console(file=shown, width=80, height=20, force_terminal=True))
    shell.handle("select 7 as short;")
    assert "short" in shown.getvalue()
    assert not (pager.parent / "paged").exists()
    shell.handle(f"select '{'宽' * 60}' as wide;")
    assert "宽" * 60 in (pager.parent / "paged").read_text(encoding="utf-8")
    shell.handle("from range(50);")
    assert "49" in (pager.parent / "paged").read_text(encoding="utf-8")
    assert "宽" not in shown.getvalue()


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """A worker of a test run ignores Ctrl-C, a terminal's process does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_ctrl_c_ends_a_query_that_would_not_end(home: Home) -> None:
    shown = io.StringIO()
    shell = sql_shell.Shell(home, Console(file=shown, width=80))
    presses_ctrl_c = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    presses_ctrl_c.start()
    shell.handle("select count(*) from range(1000000000) as a, range(1000000000) as b;")
    assert "已中断 interrupted" in shown.getvalue()
    shell.handle("select 'goes on' as it;")
    assert "goes on" in shown.getvalue()
