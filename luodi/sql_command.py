"""`luodi sql`: one query, the statements that come in through a pipe, or the shell."""

from __future__ import annotations

import re
import sys
from enum import Enum

from rich.console import Console
from rich.measure import Measurement

from ingest.home import Home
from warehouse import query as reader

_UNFOLDED = 100_000  # characters: wider than any answer
_READABLE = 12  # characters a column needs at least; below that a folded table is letters in a column
_SHELL_COMMAND = re.compile(r"^([ \t]*\\[^\n]*)$", re.MULTILINE)
_FORMS = 20  # rows shown as forms, each of them as long as the table is wide


class Form(Enum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class ShellCommandError(ValueError):
    """A command of the shell (`\\d`) among queries whose answers a program reads."""


def run(home: Home, query: str | None, form: Form, console: Console) -> None:
    """Answer the query; without one, what a pipe brings, statement by statement; else open the shell.

    Lines that begin with a backslash (`\\d`, `\\?`) are the shell's commands here too.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
        warehouse.query.NoQueryError: neither the argument nor the pipe holds a statement.
        warehouse.query.QueryFailedError: DuckDB refuses a statement; those before it have been answered.
        ShellCommandError: JSON or CSV is asked for, and a command of the shell.
    """
    if query is not None and not query.lstrip().startswith("\\"):
        show(reader.ask(home, query), form, console)
    elif query is None and sys.stdin.isatty():
        from luodi import sql_shell

        sql_shell.run(home, console)
    else:
        _run_lines(home, query if query is not None else sys.stdin.read(), form, console)


def _run_lines(home: Home, text: str, form: Form, console: Console) -> None:
    pieces = [piece.strip() for piece in _SHELL_COMMAND.split(text)]
    if any(piece.startswith("\\") for piece in pieces) and form is not Form.TABLE:
        raise ShellCommandError(
            "\\ 开头的命令不能与 --json、--csv 合用 commands of the shell have no --json and no --csv"
        )
    asked = False
    for piece in pieces:
        if piece.startswith("\\"):
            from luodi import sql_shell

            asked = True
            if not sql_shell.Shell(home, console).handle(piece):
                return
            continue
        for statement in reader.statements_of(piece):
            asked = True
            show(reader.ask(home, statement), form, console)
    if not asked:
        raise reader.NoQueryError


def show(answer: reader.Answer, form: Form, console: Console) -> None:
    """Print an answer in the form asked for."""
    match form:
        case Form.JSON:
            print(reader.as_json(answer))
        case Form.CSV:
            print(reader.as_csv(answer), end="")
        case Form.TABLE:
            _show_table(answer, console)


def _show_table(answer: reader.Answer, console: Console) -> None:
    """A table; where the terminal leaves its columns too few characters to be read, a form a row."""
    from luodi.answer_table import answer_table, count_line, record_tables

    table = answer_table(answer)
    unfolded = console.options.update(max_width=_UNFOLDED)
    is_whole = Measurement.get(console, unfolded, table).maximum <= console.width
    if is_whole or console.width >= _READABLE * len(answer.columns):
        console.print(table)
        console.print(count_line(answer))
        return
    for form in record_tables(answer, shown=_FORMS):
        console.print(form)
    console.print(count_line(answer, _FORMS))
