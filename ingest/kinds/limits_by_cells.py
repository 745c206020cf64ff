"""What the cells of a list of items say about its limits.

承诺时限 of 5, 3个工作日, 即办 states how long an office has, not until when: it holds no date and stays in `extra`, and the
column of due dates that it outdid (应办结时间) is the limit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import segment
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn

_LIMIT = re.compile("(?:时限|期限)(?:要求)?$")
# Three digits at most: no year, no serial of a date. A length says no month or year of the calendar (3月, 2026年).
_LENGTH = re.compile(
    r"(?:\d{1,3}(?:\.0)?(?:(?:个)?(?:工作日|自然日)|天|日内|个月|小时)?(?:以?内)?|即办(?:件)?|当[天日](?:办结)?|即时(?:办结)?)"
)
_DIGIT = re.compile(r"\d")
_WHY = "列里是办理天数，不是日期，放入 extra holds how long, not until when: kept in extra"


def lengths_as_no_dates(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """The meanings without due dates that are lengths."""
    settled = list(meanings)
    for position, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        if meaning.field != "due_on" or not _LIMIT.search(segment(meaning.path[-1]).core):
            continue
        if not _holds_lengths(grid, table, column):
            continue
        settled[position] = replace(
            meaning, field=None, value_type="text", match_method="none", match_score=0.0, why=_WHY
        )
        outdone = _outdone(meanings, context)
        if len(outdone) == 1:
            settled[outdone[0][0]] = outdone[0][1]
        break
    return settled


def _outdone(meanings: Sequence[ColumnMeaning], context: HeaderContext) -> list[tuple[int, ColumnMeaning]]:
    """The open columns that alone would be the due date."""
    alone = [(at, interpret_column(one.path, context=context)) for at, one in enumerate(meanings) if one.field is None]
    return [(at, one) for at, one in alone if one.field == "due_on"]


def _holds_lengths(grid: Grid, table: Table, column: TableColumn) -> bool:
    """Whether a column's cells are lengths, placeholders and repeated headers only."""
    found = False
    for text in column_texts(grid, table, column):
        if not _LENGTH.fullmatch(text):
            return False
        found = found or bool(_DIGIT.search(text))
    return found
