"""What a query may name: published tables and columns with their meanings, and DuckDB's own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.home import Home
from warehouse.descriptions import DescribedColumn, DescribedTable, described_tables
from warehouse.query import NothingPublishedError, reading

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Catalog:
    """The publication as it was when this was read. `version` changes with every publication."""

    tables: Mapping[str, DescribedTable]
    keywords: Sequence[str]
    functions: Sequence[str]
    version: tuple[int, int]

    def named_in(self, text: str) -> list[DescribedTable]:
        """The tables that a query names, in the order it does."""
        return [self.tables[word] for word in dict.fromkeys(_WORD.findall(text.lower())) if word in self.tables]

    def labels(self, query: str, columns: Sequence[str]) -> dict[str, str]:
        """Chinese labels of an answer's columns: from the tables that the query names, by the column's name."""
        said: dict[str, str] = {}
        for table in self.named_in(query):
            for column in table.columns:
                if column.meaning.label:
                    said.setdefault(column.name, column.meaning.label)
        return {column: said[column] for column in columns if column in said}

    def aliased(self, text: str) -> dict[str, DescribedTable]:
        """The tables that a query names, by the aliases it gives them and by their own names."""
        found = {table.name: table for table in self.named_in(text)}
        for name, alias in re.findall(r"(?i)\b(?:from|join)\s+(\w+)\s+(?:as\s+)?(\w+)", text):
            if name.lower() in self.tables:
                found.setdefault(alias.lower(), self.tables[name.lower()])
        return found

    def matching(self, pattern: str) -> list[DescribedTable]:
        """Tables whose name or Chinese meaning holds the text; `*` stands for anything."""
        wanted = re.compile(".*".join(re.escape(part) for part in pattern.lower().split("*")))
        return [
            table for table in self.tables.values() if wanted.search(table.name) or wanted.search(table.meaning.chinese)
        ]


def publication_version(home: Home) -> tuple[int, int]:
    """Which publication lies there: a new one is another file."""
    found = home.warehouse.stat()
    return found.st_ino, found.st_mtime_ns


def read_catalog(home: Home) -> Catalog:
    """The catalog of the newest publication.

    Raises:
        warehouse.query.NothingPublishedError: there is no publication yet.
    """
    if not home.warehouse.exists():
        raise NothingPublishedError(home)
    version = publication_version(home)  # before opening: a swap in between is seen at the next look
    with reading(home) as connection:
        keywords = connection.execute("select keyword_name from duckdb_keywords() order by 1").fetchall()
        functions = connection.execute(
            "select distinct function_name from duckdb_functions() where regexp_matches(function_name, '^[a-z]\\w+$')"
            " and function_type in ('scalar', 'aggregate') order by 1"
        ).fetchall()
        return Catalog(
            tables=described_tables(connection),
            keywords=[row[0] for row in keywords],
            functions=[row[0] for row in functions],
            version=version,
        )


def column_words(column: DescribedColumn) -> str:
    """A column's label with its type, as completion and descriptions show it."""
    return f"{column.meaning.label}  {column.data_type.lower()}".strip()
