"""From the build database to the published copy that everybody reads.

Only marts and quality tables are published, personal data masked, rows in a fixed order. A reader never sees half a
publication: everything is written under temporary names first, then renamed; the DuckDB file comes last. Whoever
has the old file open keeps the old version.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.home import Home
from warehouse.descriptions import ModelText, model_texts
from warehouse.masking import masked, register
from warehouse.project import MODELS

if TYPE_CHECKING:
    import duckdb

BUILD_DATABASE = "warehouse.duckdb"


@dataclass(frozen=True, slots=True)
class _BuiltTable:
    """Where a table of the build lies; `columns` are names with their types, in order."""

    schema: str
    name: str
    columns: list[tuple[str, str]]


class NothingToPublishError(RuntimeError):
    """The build database lacks a table that is to be published."""


class PublicationFailedError(RuntimeError):
    """The files could not be written: disk full, not writable, or the build database is damaged."""

    def __init__(self, reason: Exception) -> None:
        super().__init__(
            f"发布没有成功，旧的发布保持不变；腾出空间或修好权限后重跑即可。"
            f"The publication could not be written, the previous one stays; mend it and run again. ({reason})"
        )


def build_database(home: Home) -> Path:
    """The file that dbt builds; nobody else writes it."""
    return home.build / BUILD_DATABASE


def business_date(home: Home) -> dt.date | None:
    """The business date of what is published; None where nothing is, or where it cannot be told."""
    import duckdb

    path = home.publish / "parquet" / "dim_date.parquet"
    if not path.exists():
        return None
    try:
        with duckdb.connect() as connection:
            found = connection.execute(
                "select date_day from read_parquet(?) where is_business_date", [str(path).replace("[", "[[]")]
            ).fetchone()
    except duckdb.Error:
        return None
    return found[0] if found else None


def published_table_names(models: Path = MODELS) -> list[str]:
    """A table is published where its model lies under `marts/` or `quality/`."""
    found = [path.stem for layer in ("marts", "quality") for path in (models / layer).rglob("*.sql")]
    return sorted(found)


def publish(
    home: Home, tables: Sequence[str] | None = None, texts: Mapping[str, ModelText] | None = None
) -> dict[str, int]:
    """Publish the built tables (all of them, unless named); returns the rows of each.

    `texts` become the comments of tables and columns; by default they are the descriptions of the models.

    Raises:
        NothingToPublishError: a table has not been built; nothing was changed.
        PublicationFailedError: the disk is full, or files cannot be written; the published DuckDB file was not touched.
    """
    import duckdb

    try:
        names = published_table_names() if tables is None else sorted(tables)
        return _publish(home, names, model_texts() if texts is None else texts)
    except (OSError, duckdb.Error) as error:
        raise PublicationFailedError(error) from error


def _publish(home: Home, names: Sequence[str], texts: Mapping[str, ModelText]) -> dict[str, int]:
    parquet = home.publish / "parquet"
    staged = home.publish / f".new-{os.getpid()}"
    _sweep(home.publish)
    (staged / "parquet").mkdir(parents=True)
    try:
        counts = _write(build_database(home), staged, names, texts)
        parquet.mkdir(exist_ok=True)
        for name in names:
            (staged / "parquet" / f"{name}.parquet").replace(parquet / f"{name}.parquet")
        home.foreign_changes.unlink(missing_ok=True)  # else DuckDB would apply them to the new file, and fail
        (staged / BUILD_DATABASE).replace(home.warehouse)
        for stale in set(parquet.glob("*.parquet")) - {parquet / f"{name}.parquet" for name in names}:
            stale.unlink()
        _sync_directory(parquet)
        _sync_directory(home.publish)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return counts


def _write(built: Path, staged: Path, names: Sequence[str], texts: Mapping[str, ModelText]) -> dict[str, int]:
    import duckdb

    if not built.exists():
        raise NothingToPublishError(f"还没有构建数仓 nothing has been built: {built}")
    with duckdb.connect(str(staged / BUILD_DATABASE)) as connection:
        connection.execute(f"attach '{_escaped(built)}' as built (read_only)")
        register(connection)
        tables = _built_tables(connection)
        missing = [name for name in names if name not in tables]
        if missing:
            raise NothingToPublishError(f"构建结果缺少表 tables missing from the build: {', '.join(missing)}")
        counts = {name: _copy(connection, tables[name]) for name in names}
        for name in names:
            target = _escaped(staged / "parquet" / f"{name}.parquet")
            connection.execute(f"copy (select * from main.\"{name}\") to '{target}' (format parquet, compression zstd)")  # noqa: S608
        connection.execute("detach built")
        _comment(connection, {name: texts[name] for name in names if name in texts})
        connection.execute("checkpoint")
    for path in [staged / BUILD_DATABASE, *(staged / "parquet").iterdir()]:
        _sync_file(path)
    return counts


def _built_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, _BuiltTable]:
    tables: dict[str, _BuiltTable] = {}
    for schema, name, column, data_type in connection.execute(
        "select schema_name, table_name, column_name, data_type from duckdb_columns()"
        " where database_name = 'built' order by table_name, column_index"
    ).fetchall():
        tables.setdefault(name, _BuiltTable(schema, name, [])).columns.append((column, data_type))
    return tables


def _copy(connection: duckdb.DuckDBPyConnection, table: _BuiltTable) -> int:
    """Copy one table; rows in a fixed order, so that equal tables are equal files."""
    selected = ", ".join(
        f'{masked(column)} as "{column}"' if data_type == "VARCHAR" else f'"{column}"'
        for column, data_type in table.columns
    )
    copied = connection.execute(
        f'create table main."{table.name}" as select {selected} from built."{table.schema}"."{table.name}" order by all'  # noqa: S608
    ).fetchone()
    return int(copied[0]) if copied else 0


def _comment(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, ModelText]) -> None:
    """Say what tables and columns mean, in one transaction: a commit each would cost a second."""
    there = set(
        connection.execute("select table_name, column_name from duckdb_columns() where schema_name = 'main'").fetchall()
    )
    statements = [
        f'comment on column main."{table}"."{column}" is \'{_escaped(description)}\''
        for table, text in texts.items()
        for column, description in text.columns.items()
        if description and (table, column) in there
    ]
    statements += [
        f"comment on table main.\"{table}\" is '{_escaped(text.description)}'"
        for table, text in texts.items()
        if text.description
    ]
    connection.execute("; ".join(["begin", *statements, "commit"]))


def _escaped(text: str | Path) -> str:
    return str(text).replace("'", "''")


def _sweep(publish_directory: Path) -> None:
    """Remove what a killed run left behind; only one run publishes at a time."""
    for left in publish_directory.glob(".new-*"):
        shutil.rmtree(left, ignore_errors=True)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
