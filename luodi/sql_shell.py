"""`luodi sql` without a query, in a terminal: a shell on the published warehouse.

Every query opens the newest publication and closes it again, so a run may swap it at any time.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import duckdb
from prompt_toolkit import PromptSession
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import HTML
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer
from rich import box
from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table

from ingest.home import Home
from luodi.answer_table import NO_LABELS, SHOWN, answer_table, count_line, record_tables
from luodi.sql_completion import SqlCompleter
from warehouse.catalog import Catalog, publication_version, read_catalog
from warehouse.descriptions import DescribedTable
from warehouse.query import Answer, NothingPublishedError, QueryFailedError, ask_interruptibly, statements_of
from warehouse.query_errors import in_chinese

HISTORY = "sql_history"
# More than anybody pages through, and no more than is drawn in a second or two; `--csv` gives all.
MOST_ROWS = 2000
MOST_CELLS = 12_000
_UNFOLDED = 100_000  # characters: wider than any answer
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_HELP = """\
  \\d          有哪些表 list the tables
  \\d 名称     一张表的各列，或名称、中文里有这几个字的表 the columns of a table, or tables whose name or Chinese holds it
  \\x          横排、竖排切换 rows across or down
  \\l          中文列名显示、隐藏 Chinese labels on or off
  \\q          退出（或 Ctrl-D）quit
查询可写多行，以 ; 结束。Tab 补全，也可键入中文找列名；↑ 找历史；Ctrl-C 放弃本条或中断查询。
A query may take several lines and ends with ; — Tab completes, Chinese finds columns, Ctrl-C drops or interrupts."""


def run(home: Home, console: Console) -> int:
    """The shell, until Ctrl-D or `\\q`.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    shell = Shell(home, console)
    session: PromptSession[str] = PromptSession(
        history=_history(home),
        lexer=PygmentsLexer(SqlLexer),
        completer=SqlCompleter(shell.catalog),
        complete_while_typing=True,
        multiline=True,
        key_bindings=_keys(),
        prompt_continuation=lambda width, number, wrapped: "… ".rjust(width),
        bottom_toolbar=HTML(
            "以 <b>;</b> 结束并回车执行 end with ; and Enter　　<b>\\?</b> 帮助 help　　<b>Ctrl-D</b> 退出 quit"
        ),
    )
    shell.greet()
    while True:
        try:
            typed = session.prompt("luodi> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0
        if not shell.handle(typed):
            return 0


class Shell:
    """What the shell knows between two prompts: how answers are shown, and the last catalog."""

    def __init__(self, home: Home, console: Console) -> None:
        self._home = home
        self._console = console
        self._catalog = read_catalog(home)
        self._down = False
        self._labelled = True

    def catalog(self) -> Catalog:
        """The catalog of the newest publication, read anew only where another one lies there."""
        try:
            if publication_version(self._home) != self._catalog.version:
                self._catalog = read_catalog(self._home)
        except (OSError, NothingPublishedError):
            pass  # completion goes on with what it knew; a query says what is wrong
        return self._catalog

    def greet(self) -> None:
        """What one can ask, before the first prompt."""
        self._console.print(
            f"[bold]luodi 落地[/bold]  {escape(str(self._home.warehouse))}（只读 read-only）", soft_wrap=True
        )
        self._console.print(_in_columns(list(self.catalog().tables.values())))
        self._console.print("\\? 帮助 help，\\d 表名 看各列 describes a table")

    def handle(self, typed: str) -> bool:
        """Do what was typed; false where it says to leave."""
        text = typed.strip()
        if text.lower().rstrip(";") in ("\\q", "exit", "quit"):
            return False
        if text.startswith("\\") or text.lower() == "help":
            self._command(text)
        elif text:
            self._query(text)
        return True

    def _command(self, text: str) -> None:
        word, _, rest = text.rstrip(";").partition(" ")
        match word:
            case "\\d" if rest.strip():
                self._describe(rest.strip())
            case "\\d":
                self._show(table_list(list(self.catalog().tables.values())))
            case "\\x":
                self._down = not self._down
                self._console.print("竖排 rows down" if self._down else "横排 rows across")
            case "\\l":
                self._labelled = not self._labelled
                self._console.print("显示中文列名 labels on" if self._labelled else "隐藏中文列名 labels off")
            case "\\?" | "help":
                self._console.print(_HELP, markup=False, highlight=False)
            case _:
                self._fail(f"没有这个命令 no such command: {word}；\\? 看帮助 for help")

    def _describe(self, name: str) -> None:
        catalog = self.catalog()
        table = catalog.tables.get(name.lower().strip('"'))
        if table is not None:
            self._show(description(table))
            return
        found = catalog.matching(name)
        if found:
            self._show(table_list(found))
        else:
            self._fail(f"没有这张表 no such table: {name}；\\d 列出全部 lists all")

    def _query(self, text: str) -> None:
        try:
            for statement in statements_of(text):
                answer = ask_interruptibly(self._home, statement, MOST_ROWS)
                labels = self.catalog().labels(statement, answer.columns) if self._labelled else NO_LABELS
                self._show(_shown(answer, labels, down=self._down))
        except KeyboardInterrupt:
            self._fail("已中断 interrupted")
        except QueryFailedError as error:
            self._fail(f"{in_chinese(str(error))}\n{one_line(str(error))}")
        except NothingPublishedError as error:
            self._fail(one_line(str(error)))

    def _fail(self, message: str) -> None:
        self._console.print(message, style="red", markup=False, highlight=False, soft_wrap=True)

    def _show(self, renderable: RenderableType) -> None:
        show_paged(self._console, renderable)


def one_line(message: str) -> str:
    """DuckDB's message without the excerpt of the query below it, which the person has just typed."""
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("LINE ", "^"))]
    return " ".join(kept)


def is_complete(text: str) -> bool:
    """Whether Enter runs what was typed: a command, nothing at all, or a query that ends with `;` outside quotes."""
    stripped = text.strip()
    if not stripped or stripped.startswith("\\") or stripped.lower() in ("exit", "quit", "help"):
        return True
    if not stripped.endswith(";"):
        return False
    try:
        duckdb.extract_statements(stripped)
    except duckdb.Error as error:
        return "unterminated" not in str(error)  # inside quotes or a comment the text goes on
    return True


def table_list(tables: list[DescribedTable]) -> Table:
    """Tables with their Chinese titles."""
    listed = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    listed.add_column("表 table", no_wrap=True)
    listed.add_column("中文 Chinese", no_wrap=True)
    listed.add_column("English", no_wrap=True, overflow="ellipsis", style="dim")
    listed.add_column("行 rows", justify="right")
    for table in tables:
        listed.add_row(
            table.name, escape(table.meaning.label), escape(table.meaning.english.rstrip(".")), f"{table.rows:,}"
        )
    return listed


def _in_columns(tables: list[DescribedTable]) -> Columns:
    """Names and Chinese titles side by side, so that the greeting does not scroll away."""
    return Columns([f"{table.name} [dim]{escape(table.meaning.label)}[/dim]" for table in tables], column_first=True)


def description(table: DescribedTable) -> Group:
    """A table's meaning, then its columns."""
    columns = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("列 column", "类型 type", "中文 Chinese", "English"):
        columns.add_column(heading, no_wrap=heading.endswith(("column", "type")), overflow="fold")
    for column in table.columns:
        columns.add_row(
            column.name, column.data_type.lower(), escape(column.meaning.chinese), escape(column.meaning.english)
        )
    title = f"[bold]{table.name}[/bold]  {escape(table.meaning.chinese)}{escape(table.meaning.english)}  {table.rows:,} 行 rows"
    return Group(title, columns)


def show_paged(console: Console, renderable: RenderableType) -> None:
    """Print it; where it is longer or wider than the terminal, page it (arrows scroll, also sideways; q leaves)."""
    less = shutil.which("less")
    if not console.is_terminal or less is None:
        console.print(renderable)
        return
    unfolded = Console(width=_UNFOLDED, force_terminal=True, file=console.file)
    with unfolded.capture() as captured:
        unfolded.print(renderable)
    text = captured.get()
    lines = _STYLE.sub("", text).splitlines()
    if len(lines) < console.height and max(map(cell_len, lines), default=0) <= console.width:
        console.file.write(text)
        console.file.flush()
        return
    environment = {**os.environ, "LESSCHARSET": "utf-8"}
    try:
        subprocess.run([less, "-SRXFK"], input=text.encode(), check=False, env=environment)  # noqa: S603
    except KeyboardInterrupt:
        console.print()


def _shown(answer: Answer, labels: Mapping[str, str], *, down: bool) -> Group:
    shown = max(SHOWN, MOST_CELLS // max(len(answer.columns), 1))
    if down:
        return Group(*record_tables(answer, labels, shown), count_line(answer, shown))
    return Group(answer_table(answer, labels, shown), count_line(answer, shown))


def _history(home: Home) -> History:
    """Below HOME; where that cannot be written, only of this session."""
    path = home.root / HISTORY
    try:
        path.touch()
    except OSError:
        print(f"历史记不下来 history cannot be kept: {path}", file=sys.stderr)
        return InMemoryHistory()
    return FileHistory(str(path))


def _keys() -> KeyBindings:
    bindings = KeyBindings()

    @Condition
    def is_ready() -> bool:
        from prompt_toolkit.application import get_app

        return is_complete(get_app().current_buffer.text)

    @bindings.add("enter", filter=is_ready)
    def _(event: Any) -> None:
        event.current_buffer.validate_and_handle()

    return bindings
