"""The news wordings: data files, strictly read, compiled for linear-time matching.

`news_terms.csv` gives every kind of word the grammar knows; `news_origins.csv` where capital comes from;
`news_units.csv` the units; `news_labels.csv` how kinds and indicators are called in Chinese. A pattern is google-re2: whatever a user
writes, matching stays linear in the length of the text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import re2

from ingest.wording_file import open_wording

WORDING = Path(__file__).parents[2] / "wording"


class WordingError(ValueError):
    """A wording file breaks its rules; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A known word at its place in the normalised text."""

    start: int
    end: int
    kind: str
    meaning: str
    text: str


def read_rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a wording file with their line numbers.

    Raises:
        WordingError: columns are unknown or missing, or a row has too many or too few cells.
    """
    with open_wording(WORDING / name) as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != columns:
            raise WordingError(f"{name} 列名不符 columns must be {', '.join(columns)}: {reader.fieldnames}")
        for record in reader:
            if None in record or None in record.values():
                raise WordingError(
                    f"{name} 第{reader.line_num}行列数不符 wrong number of cells, line {reader.line_num}"
                )
            yield reader.line_num, record


def compile_pattern(pattern: str, where: str) -> Any:
    """Compile one google-re2 pattern.

    Raises:
        WordingError: the pattern does not compile, or matches the empty text.
    """
    try:
        compiled = re2.compile(pattern, _quiet())
    except re2.error as problem:
        raise WordingError(f"{where} 正则有误 pattern does not compile: {pattern}: {problem}") from problem
    if compiled.fullmatch("") is not None:
        raise WordingError(f"{where} 正则可匹配空文 pattern matches nothing: {pattern}")
    return compiled


def _quiet(longest: bool = False) -> Any:
    options = re2.Options()
    options.longest_match = longest
    options.never_capture = False
    options.log_errors = False
    options.max_mem = 64 << 20
    return options


_REMEMBERED = 8192


class Lexicon:
    """All words of one file in one pattern: leftmost, longest, each with its kind and meaning.

    The pattern has no groups, so that google-re2 stays on its fast automaton; which entry a word belongs to is asked
    once a word and remembered. Where two entries match the same word, the earlier in the file wins.
    """

    def __init__(self, entries: Iterable[tuple[str, str, str, str]]) -> None:
        """`entries` are (kind, meaning, pattern, where it stands)."""
        self._entries: list[tuple[str, str, Any]] = []
        patterns: list[str] = []
        for kind, meaning, pattern, where in entries:
            plain = pattern.replace("(?:", "(").replace("(", "(?:")
            self._entries.append((kind, meaning, compile_pattern(plain, where)))
            patterns.append(plain)
        self._pattern = re2.compile("|".join(patterns), _quiet(longest=True))
        self._known: dict[str, tuple[str, str]] = {}

    def marks(self, text: str) -> list[Mark]:
        """The known words of a text, in order, not overlapping."""
        marks: list[Mark] = []
        for found in self._pattern.finditer(text):
            start, end = found.span()
            word = text[start:end]
            kind, meaning = self._known.get(word) or self._classify(word)
            marks.append(Mark(start, end, kind, meaning, word))
        return marks

    def _classify(self, word: str) -> tuple[str, str]:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        for kind, meaning, pattern in self._entries:
            if pattern.fullmatch(word) is not None:
                self._known[word] = (kind, meaning)
                return kind, meaning
        raise AssertionError(f"no entry matches {word}")


@cache
def read_units() -> dict[str, tuple[str, Decimal]]:
    """Unit as printed → (family, factor)."""
    units: dict[str, tuple[str, Decimal]] = {}
    for line, row in read_rows("news_units.csv", ("unit", "family", "value", "note")):
        if row["unit"] in units:
            raise WordingError(f"news_units.csv 第{line}行单位重复 unit stands twice: {row['unit']}")
        units[row["unit"]] = (row["family"], Decimal(row["value"]))
    return units


@cache
def unit_label(family: str) -> str:
    """How a unit of facts is written for people: the first word of `news_units.csv` for it."""
    return next(unit for unit, (own, _) in read_units().items() if own == family)


@cache
def labels() -> dict[str, str]:
    """Kinds, indicators and events in Chinese, from `news_labels.csv`.

    Raises:
        WordingError: a name stands twice, or a label is empty.
    """
    found: dict[str, str] = {}
    for line, row in read_rows("news_labels.csv", ("name", "label_zh", "note")):
        if row["name"] in found or not row["label_zh"].strip():
            raise WordingError(f"news_labels.csv 第{line}行重复或为空 name stands twice or is empty: {row['name']}")
        found[row["name"]] = row["label_zh"]
    return found


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of plain words from `news_words.csv`, longest first.

    Raises:
        WordingError: no such list, or a list stands twice.
    """
    lists: dict[str, tuple[str, ...]] = {}
    for line, row in read_rows("news_words.csv", ("name", "words", "note")):
        if row["name"] in lists or not row["words"].strip():
            raise WordingError(f"news_words.csv 第{line}行重复或为空 list stands twice or is empty: {row['name']}")
        found = {word.replace("\u3000", " ") for word in row["words"].split(" ") if word}
        lists[row["name"]] = tuple(sorted(found, key=lambda word: (-len(word), word)))
    if name not in lists:
        raise WordingError(f"news_words.csv 缺少词表 word list is missing: {name}")
    return lists[name]


def any_of(name: str) -> str:
    """A pattern for any word of a list: literal words only, so it stays linear."""
    return "(?:" + "|".join(re.escape(word) for word in words(name)) + ")"
