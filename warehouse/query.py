"""Reading the published warehouse: read-only, and also while a run is going on."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ingest.home import Home

if TYPE_CHECKING:
    import duckdb


class NothingPublishedError(RuntimeError):
    """There is no published warehouse yet."""

    def __init__(self, home: Home) -> None:
        super().__init__(
            f"还没有发布数仓：{home.warehouse}。请先在这个运行目录运行 luodi run。"
            f" Nothing is published yet; run `luodi run` on this home first."
        )


class PublicationUnreadableError(RuntimeError):
    """The published file may not be read, or is damaged. Chinese, then English."""


class PublicationHeldError(PublicationUnreadableError):
    """Another program has the published file open for writing, or wrote into it."""


class QueryFailedError(RuntimeError):
    """The query is wrong; the message is DuckDB's."""


class NoQueryError(ValueError):
    """The text holds no statement: it is empty, or comments only."""

    def __init__(self) -> None:
        super().__init__("没有查询语句 no query given")


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows, in the order of the query. `is_cut`: there are more rows than were asked for."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    is_cut: bool = False

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@contextmanager
def reading(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the published copy that can neither write nor reach files outside it.

    Raises:
        NothingPublishedError: there is no publication yet.
        PublicationUnreadableError: another program writes into it, or did; or nobody can read it.
    """
    if not home.warehouse.exists():
        raise NothingPublishedError(home)
    with _opened(home) as connection:
        connection.execute("set TimeZone = 'Asia/Shanghai'; set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


def _opened(home: Home) -> duckdb.DuckDBPyConnection:
    import duckdb

    if home.foreign_changes.exists():  # of this publication or, after a swap, of another: neither can be believed
        raise PublicationHeldError(
            f"别的程序以可写方式打开过发布的数仓，留下了 {home.foreign_changes}：请关闭那个程序（以后以只读方式打开：duckdb -readonly、"
            "read_only=True），再运行一次 luodi run 即恢复。 Another program opened the published warehouse for writing and left changes "
            "beside it: close that program (and open it read-only henceforth), then run luodi run once more."
        )
    try:
        return duckdb.connect(str(home.warehouse), read_only=True)
    except duckdb.Error as error:
        if not isinstance(error, duckdb.IOException) or "lock" not in str(error):
            raise PublicationUnreadableError(
                f"发布的数仓打不开 {home.warehouse}：请检查权限；文件坏了的，再运行一次 luodi run 会重新写出（已落地的不会丢）。 "
                "The published warehouse cannot be opened: see to its permissions; where the file is damaged, luodi run writes it "
                f"anew (nothing that landed is lost). ({' '.join(str(error).split())})"
            ) from error
        holder = re.search(r"\(PID (\d+)\)", str(error))
        raise PublicationHeldError(
            f"发布的数仓正被别的程序以可写方式打开（进程 {holder[1] if holder else '?'}）：请关闭它，或改以只读方式打开（duckdb -readonly、"
            "read_only=True）。 Another program has the published warehouse open for writing: close it, or open it read-only."
        ) from error


def ask(home: Home, query: str) -> Answer:
    """The answer to one SQL query on the published warehouse.

    Raises:
        NothingPublishedError: there is no publication yet.
        NoQueryError: the text holds no statement.
        QueryFailedError: DuckDB refuses the query.
    """
    with reading(home) as connection:
        return _answer(connection, query, None)


def ask_interruptibly(home: Home, query: str, most: int) -> Answer:
    """The same, at most `most` rows, from a terminal: Ctrl-C ends the query, however long DuckDB would work.

    Raises:
        KeyboardInterrupt: Ctrl-C; the query is over. Else as `ask`.
    """
    with reading(home) as connection, ThreadPoolExecutor(max_workers=1) as worker:
        # DuckDB looks at signals only now and then where it runs in the main thread.
        answer = worker.submit(_answer, connection, query, most)
        try:
            return answer.result()
        except KeyboardInterrupt:
            connection.interrupt()
            raise


def _answer(connection: duckdb.DuckDBPyConnection, query: str, most: int | None) -> Answer:
    import duckdb

    try:
        if not connection.extract_statements(query):
            raise NoQueryError
        result = connection.execute(query)
        columns = [column[0] for column in result.description or []]
        rows = result.fetchall() if most is None else result.fetchmany(most + 1)
    except duckdb.Error as error:
        raise QueryFailedError(str(error)) from error
    return Answer(_distinct(columns), rows[:most], is_cut=most is not None and len(rows) > most)


def statements_of(text: str) -> list[str]:
    """The statements of a text, without what only comments on them.

    Raises:
        QueryFailedError: DuckDB cannot tell where one ends.
    """
    import duckdb

    try:
        return [statement.query.strip() for statement in duckdb.extract_statements(text)]
    except duckdb.Error as error:
        raise QueryFailedError(str(error)) from error


def _distinct(columns: Sequence[str]) -> list[str]:
    """Two columns of one name would fall together in a record: the later gets a number."""
    seen: dict[str, int] = {}
    names = []
    for column in columns:
        seen[column] = seen.get(column, 0) + 1
        names.append(column if seen[column] == 1 else f"{column}_{seen[column]}")
    return names


def as_json(answer: Answer) -> str:
    """A JSON array of objects. Decimals keep every digit; dates are ISO text."""
    lines = ",\n".join(to_json(record) for record in answer.records())
    return f"[{lines}]"


def as_csv(answer: Answer) -> str:
    """CSV with a header; null is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_plain(value) for value in row] for row in answer.rows)
    return out.getvalue()


def to_json(value: Any) -> str:
    """One value as JSON; the standard encoder would turn a decimal into a float and lose digits."""
    match value:
        case Decimal() if not value.is_finite():
            return "null"
        case Decimal():
            return _decimal(value)
        case float() if value != value or value in (float("inf"), float("-inf")):
            return "null"
        case dict():
            return "{" + ", ".join(f"{json.dumps(str(k))}: {to_json(v)}" for k, v in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(to_json(item) for item in value) + "]"
        case None | bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return json.dumps(_plain(value), ensure_ascii=False)


def _decimal(value: Decimal) -> str:
    """Without trailing zeros: 1200.00 is 1200."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return _decimal(value)
        case dt.date() | dt.time():
            return value.isoformat()
        case list() | dict() | tuple():
            return to_json(value)
        case bytes():
            return value.hex()
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)
