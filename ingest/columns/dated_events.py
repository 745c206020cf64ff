"""Columns headed by an event alone (`签约`, `开工`, `协议签订`) whose cells are dates: the event's time.

The header with 时间 behind it must name a date that no other column claims. Ticks, 是/否, counts and words below such a
header stay what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.columns.column_meaning import ColumnMeaning, HeaderContext
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table, TableColumn
from ingest.values.cell_values import is_placeholder
from ingest.values.dates import parse_date
from ingest.values.printed import cell_text, compact


def dates_of_events(
    grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], context: HeaderContext
) -> list[ColumnMeaning]:
    """The meanings with such columns as dates; of two that would be one date neither is."""
    settled = list(meanings)
    claimed = {meaning.field for meaning in meanings} | {meaning.end_field for meaning in meanings}
    found: dict[str, list[int]] = {}
    for position, (column, meaning) in enumerate(zip(table.columns, meanings, strict=True)):
        field = None if meaning.field is not None or not column.has_header else _timed(column, context).field
        if field is not None and field not in claimed and _holds_dates(grid, table, column, _last_year(field, context)):
            found.setdefault(field, []).append(position)
    for positions in found.values():
        if len(positions) == 1:
            column = table.columns[positions[0]]
            timed = _timed(column, context)
            why = f"{timed.why} 列里全是日期 holds dates only"
            settled[positions[0]] = replace(timed, path=column.path, why=why)
    return settled


def _timed(column: TableColumn, context: HeaderContext) -> ColumnMeaning:
    """What the column would mean with 时间 behind its header, where that is a date."""
    *above, leaf = column.path
    meaning = interpret_column((*above, f"{leaf}时间"), context=context)
    is_date = meaning.value_type == "date" and meaning.match_method != "close"
    return meaning if is_date else ColumnMeaning(column.path)


def _last_year(field: str, context: HeaderContext) -> int | None:
    """The last year that an event may be of: what a bare 竣工 over 2027 tells in a report of 2026 is to come."""
    return None if field.startswith("planned_") else context.report_year


def _holds_dates(grid: Grid, table: Table, column: TableColumn, last_year: int | None) -> bool:
    """Whether a column's cells are days or months in the main, and otherwise years or words that deny the event (尚未); none of
    a year after `last_year`.
    """
    header, dated, others = compact(column.path[-1]), 0, 0
    for row in table.body_rows:
        value = grid.rows[row][column.index]
        if value is None or is_placeholder(value) or compact(cell_text(value)) == header:
            continue
        parsed = parse_date(value)
        if parsed.reason is not None or (last_year and parsed.value and parsed.value.year > last_year):
            return False
        if parsed.precision in ("day", "month"):
            dated += 1
        else:
            others += 1
    return dated > others
