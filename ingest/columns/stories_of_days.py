"""Stories told day by day or week by week in columns of their own: 每周进展 > 5月15日 | 5月22日 | 5月29日, 第1周 | 第2周.

The latest column that tells anything is how the project stands; the earlier ones stay in `extra`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.columns.column_texts import column_texts
from ingest.headers.header_column import interpret_column
from ingest.headers.interpretation import left_open
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.values.printed import compact

_DAY = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?")
_WEEK = re.compile("第(十?[一二三四五六七八九十]|[0-9]{1,2})周")
_HAN = "零一二三四五六七八九十"
_FIELD = "progress_note"
_FEWEST = 2


def stories_of_days(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """The meanings with the latest of such columns as the story, where no other column tells it."""
    settled = list(meanings)
    for group, positions in groupby(range(len(table.columns)), key=lambda at: table.columns[at].path[:-1]):
        times = {at: time for at in positions if (time := _time(table.columns[at].path[-1])) is not None}
        if not group or len(times) < _FEWEST:
            continue
        told = interpret_column(group, context=context)
        others = [one for at, one in enumerate(settled) if at not in times]
        if told.field != _FIELD or any(one.field == _FIELD for one in others):
            continue
        filled = [at for at in times if any(True for _ in column_texts(grid, table, table.columns[at]))]
        latest = max(filled or times, key=lambda at: (times[at], at))
        for at in times:
            if at == latest:
                why = "同组各期进展中最近一期 the latest of the stories told by day"
                settled[at] = replace(told, path=table.columns[at].path, why=why)
            else:
                why = "较早一期进展，放入 extra an earlier story: kept in extra"
                settled[at] = left_open(settled[at], why)
    return settled


def _time(leaf: str) -> tuple[int, ...] | None:
    """When a column tells of: its day, or its week's number."""
    text = compact(leaf)
    if (day := _DAY.fullmatch(text)) is not None:
        return tuple(int(part or 0) for part in day.groups())
    if (week := _WEEK.fullmatch(text)) is not None:
        number = week[1]
        return (int(number) if number.isdecimal() else _HAN.find(number[-1]) + 10 * (len(number) - 1),)
    return None
