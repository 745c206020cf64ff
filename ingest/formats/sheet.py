"""What any table file becomes before its meaning is read: sheets of addressed cells.

`ingest.formats.workbook` makes these from bytes; `ingest.headers.interpretation` and `ingest.ledgers.ledger` read them. Rows and columns are
0-based here; people (and `row_number`) see `row + 1`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


class MonthShown(dt.date):
    """A first day of which the cell shows year and month only: 2026年3月 typed into Excel is kept as 1 March."""


class YearShown(dt.date):
    """A first day of a year of which the cell shows the year only."""


CELL_TWICE = "cell_twice"
"""The code of a row in which one cell is written twice."""
LOST_TEXT = "#文字缺失"
"""Stands in `Sheet.errors` for a cell that points to a text the file does not hold."""

CellValue = str | int | float | bool | Decimal | dt.date | dt.datetime | dt.time | dt.timedelta | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, corners included; only its top-left cell holds a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """One sheet, table or delimited file.

    `rows` is dense from cell A1: every row a list of values, trailing empties may be cut. Empty text is `None`.
    `errors` holds cells whose cached value is an error (`#DIV/0!`) and `uncached` formula cells without a cached
    value, by (row, column): both are told apart from empty cells. `bad_rows` are rows that could not be decoded or
    split (CSV, HTML) or hold one cell twice (xlsx), by row, as (code, raw text): `undecodable unclosed_quote
    misplaced_quote ragged cell_twice`; the row itself is empty in `rows`, its neighbours are kept. `percents` are cells
    shown as a percentage; their value stays the fraction.
    `above` are lines of text that stand above a table outside its rows (HTML headings and captions).
    `further_lines` tells of rows how many rows below were laid beside them (records of two lines).
    Where it `counts_from_1904`, dates are days since 1904, also in cells that show the bare number.
    `may_hold_blanks` says whether a text may be of white space only.

    Whole numbers come as int below 10^15; a number from there on stays a float: its last digits are lost already.
    """

    name: str
    rows: list[list[CellValue]]
    hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: frozenset[tuple[int, int]] = frozenset()
    bad_rows: dict[int, tuple[str, str]] = field(default_factory=dict)
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    percents: frozenset[tuple[int, int]] = frozenset()
    above: list[str] = field(default_factory=list)
    counts_from_1904: bool = False
    further_lines: dict[int, int] = field(default_factory=dict)
    may_hold_blanks: bool = True


@dataclass(slots=True)
class Workbook:
    """A file that could be read: its format by content, its sheets in order, remarks (a macro that was not run…)."""

    format: str
    sheets: list[Sheet]
    encoding: str | None = None
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file was refused whole.

    `code` is one of `empty truncated encrypted not_a_table too_large no_project_column duplicate`; the message
    says it in Chinese, then in English, and what to do next.
    """

    code: str
    message: str
