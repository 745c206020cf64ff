"""Completion in the SQL shell: tables, columns, DuckDB's words; Chinese finds the names it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from warehouse.catalog import Catalog, column_words
from warehouse.descriptions import DescribedColumn, DescribedTable

_TYPED = re.compile(r"(?:(?P<table>\w+)\.)?(?P<word>\w*)$")
_AFTER_TABLE_WORD = re.compile(r"(?i)\b(?:from|join|describe|summarize)\s+\w*$")


class SqlCompleter(Completer):
    """Asks for the catalog each time: a publication may have been swapped in since."""

    def __init__(self, catalog: Callable[[], Catalog]) -> None:
        self._catalog = catalog

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Names that begin with the word before the cursor or, in Chinese, whose label holds it."""
        before = document.text_before_cursor
        typed = _TYPED.search(before)
        if typed is None:
            return
        word = typed["word"]
        catalog = self._catalog()
        if before.lstrip().startswith("\\"):
            yield from _tables(catalog.tables.values(), word)
            return
        if typed["table"]:
            table = catalog.aliased(document.text).get(typed["table"].lower())
            yield from _columns(table.columns if table else (), word)
            return
        if not word and not complete_event.completion_requested and not _AFTER_TABLE_WORD.search(before):
            return
        if _AFTER_TABLE_WORD.search(before):
            yield from _tables(catalog.tables.values(), word)
            return
        named = catalog.named_in(document.text)
        columns = {column.name: column for table in reversed(named) for column in table.columns}
        yield from _columns(columns.values(), word)
        yield from _tables(catalog.tables.values(), word)
        yield from _words(catalog.keywords, word, "SQL")
        yield from _words(catalog.functions, word, "函数 function")


def _tables(tables: Iterable[DescribedTable], word: str) -> Iterator[Completion]:
    for table in tables:
        if _fits(table.name, table.meaning.label, word):
            yield Completion(table.name, -len(word), display_meta=f"表 table  {table.meaning.label}")


def _columns(columns: Iterable[DescribedColumn], word: str) -> Iterator[Completion]:
    for column in columns:
        if _fits(column.name, column.meaning.label, word):
            yield Completion(column.name, -len(word), display_meta=column_words(column))


def _words(words: Iterable[str], word: str, kind: str) -> Iterator[Completion]:
    if word:
        yield from (Completion(name, -len(word), display_meta=kind) for name in words if name.startswith(word.lower()))


def _fits(name: str, label: str, word: str) -> bool:
    return name.startswith(word.lower()) or (not word.isascii() and word in label)
