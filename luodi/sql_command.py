"""`luodi sql`: one query, the statements that come in through a pipe, or the shell."""

from __future__ import annotations

import sys
from enum import Enum

from rich.console import Console

from ingest.home import Home
from warehouse import query as reader


class Form(Enum):
    """How an answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def run(home: Home, query: str | None, form: Form, console: Console) -> None:
    """Answer the query; without one, what a pipe brings, statement by statement; else open the shell.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
        warehouse.query.NoQueryError: neither the argument nor the pipe holds a statement.
        warehouse.query.QueryFailedError: DuckDB refuses a statement; those before it have been answered.
    """
    if query is not None:
        show(reader.ask(home, query), form, console)
    elif sys.stdin.isatty():
        from luodi import sql_shell

        sql_shell.run(home, console)
    else:
        statements = reader.statements_of(sys.stdin.read())
        if not statements:
            raise reader.NoQueryError
        for statement in statements:
            show(reader.ask(home, statement), form, console)


def show(answer: reader.Answer, form: Form, console: Console) -> None:
    """Print an answer in the form asked for."""
    match form:
        case Form.JSON:
            print(reader.as_json(answer))
        case Form.CSV:
            print(reader.as_csv(answer), end="")
        case Form.TABLE:
            from luodi.answer_table import answer_table, count_line

            console.print(answer_table(answer))
            console.print(count_line(answer))
