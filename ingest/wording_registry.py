"""Strict loading of `wording/*.csv`: what counties write is data, one decision a row.

Every file has fixed columns; an unknown or missing column, an empty required cell, a value outside its list and two
rows that say the same wording with another meaning are refused with file and line. Files are small and read once a
process.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.fields import STAGES, WORDING


class WordingError(ValueError):
    """A wording file that must not be used: the message names file and line, in Chinese and English."""

    def __init__(self, file: str, line: int, chinese: str, english: str) -> None:
        super().__init__(f"{file} 第{line}行：{chinese}; line {line}: {english}")
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One data row of a wording file, with where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def refuse(self, chinese: str, english: str) -> WordingError:
        """The error to raise about this row."""
        return WordingError(self.file, self.line, chinese, english)

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The cell, which must be one of `allowed`."""
        value = self.cells[column]
        if value not in allowed:
            listed = " ".join(sorted(allowed))
            raise self.refuse(
                f"{column} 的值「{value}」不认识，应为：{listed}", f"unknown {column} {value!r}, one of {listed}"
            )
        return value


def read_rows(path: Path, columns: tuple[str, ...], optional: frozenset[str] = frozenset()) -> Iterator[Row]:
    """Rows of one wording file.

    Args:
        path: the CSV file, UTF-8, with a header line.
        columns: exactly the columns it must have, in any order.
        optional: those of them whose cells may be empty.

    Raises:
        WordingError: columns differ, a row is ragged, a required cell is empty or has outer spaces.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, strict=True)
        if set(reader.fieldnames or ()) != set(columns):
            raise WordingError(path.name, 1, f"列应为 {','.join(columns)}", f"columns must be {','.join(columns)}")
        for record in reader:
            row = Row(path.name, reader.line_num, record)
            if None in record or None in record.values():
                raise row.refuse("列数不对", "ragged row")
            for column in columns:
                if not record[column] and column not in optional:
                    raise row.refuse(f"{column} 为空", f"{column} is empty")
                if record[column] != record[column].strip():
                    raise row.refuse(f"{column} 首尾有空格", f"{column} has outer spaces")
            yield row


def _unique(rows: Iterator[Row], key: tuple[str, ...]) -> Iterator[Row]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        wording = tuple(row[column] for column in key)
        if wording in seen:
            raise row.refuse(
                f"「{'/'.join(wording)}」与第{seen[wording]}行重复",
                f"{wording!r} already stands on line {seen[wording]}",
            )
        seen[wording] = row.line
        yield row


UNIT_KINDS = ("magnitude", "currency", "measure")
AMOUNT_ROLES = ("approximate", "band", "filler", "neutral", "negative", "unsupported")
DATE_ROLES = ("planned", "neutral", "approximate")
STAGE_ROLES = ("reached", "before", "negation", "filler", "workflow", "unclear")


@dataclass(frozen=True, slots=True)
class UnitWord:
    """A word of a unit: a magnitude (万), a currency (美元) or a measure (亩)."""

    word: str
    kind: str
    code: str
    factor: str


@cache
def unit_words() -> tuple[UnitWord, ...]:
    """`units.csv`."""
    rows = _unique(read_rows(WORDING / "units.csv", ("word", "kind", "code", "factor"), frozenset({"code"})), ("word",))
    return tuple(UnitWord(r["word"], r.one_of("kind", UNIT_KINDS), r["code"], r["factor"]) for r in rows)


@cache
def placeholders() -> frozenset[str]:
    """`placeholders.csv`: cell texts that say "nothing"."""
    rows = _unique(read_rows(WORDING / "placeholders.csv", ("wording", "note"), frozenset({"note"})), ("wording",))
    return frozenset(row["wording"] for row in rows)


def _roles(file: str, roles: tuple[str, ...]) -> dict[str, str]:
    rows = _unique(read_rows(WORDING / file, ("word", "role")), ("word",))
    return {row["word"]: row.one_of("role", roles) for row in rows}


@cache
def amount_words() -> dict[str, str]:
    """`amount_words.csv`: words beside an amount, and what they do to it."""
    return _roles("amount_words.csv", AMOUNT_ROLES)


@cache
def date_words() -> dict[str, str]:
    """`date_words.csv`: words beside a date."""
    return _roles("date_words.csv", DATE_ROLES)


@dataclass(frozen=True, slots=True)
class StageWord:
    """A word of a stage text; `county_code` is empty where it holds everywhere.

    Roles: `reached` says that `stage` is reached, `before` that it is not; `negation` turns the next word round;
    `filler` says nothing; `workflow` is a state of an approval workflow; `unclear` can mean several stages.
    """

    word: str
    role: str
    stage: str
    county_code: str


@cache
def stage_words() -> tuple[StageWord, ...]:
    """`stages.csv`."""
    columns = ("word", "role", "stage", "county_code", "note")
    rows = _unique(
        read_rows(WORDING / "stages.csv", columns, frozenset({"stage", "county_code", "note"})), ("word", "county_code")
    )
    found = []
    for row in rows:
        role = row.one_of("role", STAGE_ROLES)
        if (role in ("reached", "before")) != (row["stage"] in STAGES):
            raise row.refuse(
                "reached、before 须有阶段，其余不得有", "a stage stands with reached or before, only there"
            )
        found.append(StageWord(row["word"], role, row["stage"], row["county_code"]))
    return tuple(found)


@cache
def reason_texts() -> dict[str, tuple[str, str]]:
    """`reasons.csv`: code → (Chinese, English)."""
    rows = _unique(read_rows(WORDING / "reasons.csv", ("code", "zh", "en")), ("code",))
    return {row["code"]: (row["zh"], row["en"]) for row in rows}
