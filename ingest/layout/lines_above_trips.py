"""Lists of trips whose leader, days or destination stand in a line of labels: `带队领导：李某（县长）　时间：7月12日至16日　目的地：上海`, above
the header or among the rows.

What such a line tells is laid to the right of the rows below it, up to the next such line, below its labels as headers, and
the sheet is read as any other list of trips. A line that tells when a list was filed (填报时间：…) tells of no trip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.columns.column_meaning import HeaderContext
from ingest.columns.neighbour_words import says
from ingest.formats.sheet import CellValue, Sheet
from ingest.headers.header_column import interpret_column
from ingest.headers.header_text import head_key
from ingest.layout.form_labels import label_text, labels_and_values
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.layout.tables_beside import names_projects
from ingest.rows.furniture import label_kind
from ingest.values.printed import cell_text

_TRIPS = HeaderContext(kind="outreach")
# Who went, where and for how long: no filing line tells it. When it was a bare 时间 tells only beside one of them.
_OF_JOURNEY = frozenset({"traveller_name", "destination", "companions", "days", "end_on", "host_name"})
_TOLD = _OF_JOURNEY | {"team_name", "start_on", "received_on"}
_ROWS_TELL = frozenset({"visited_company", "contact_name", "destination", "result_note", "topic"})
_FEWEST = 2
_PAIR = 2
_MOST_CELLS = 4

_Told = dict[str, str]


def lines_above_trips(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with what the lines tell right of the rows they speak of; None where no list of trips has such lines."""
    if len({table.band for table in tables}) > 1:
        return None
    told: dict[int, _Told] = {}
    lines: set[int] = set()
    for table in tables:
        fields = {interpret_column(column.path, context=_TRIPS).field for column in table.columns}
        if not _lists_trips(table, fields):
            continue
        above = _line_above(grid, table)
        below = {row: found for row in table.body_rows if (found := _pairs(grid, row))}
        if (above or below) and not any(_field(label) in fields for each in (above, *below.values()) for label in each):
            lines |= below.keys()
            told.update(_of_rows(grid, table, above, below))
    return _laid(grid, tables, told, lines) if told else None


def _lists_trips(table: Table, fields: set[str | None]) -> bool:
    """Whether the columns tell whom they met or what came of it, and none names a project of which whom they met is not told."""
    if "visited_company" not in fields and any(map(names_projects, table.columns)):
        return False
    return bool(fields & _ROWS_TELL)


def _line_above(grid: Grid, table: Table) -> _Told:
    """What the lines between title and header tell of the whole list."""
    found: _Told = {}
    for line in table.titles:
        found.update(_pairs(grid, line.row))
    return found


def _pairs(grid: Grid, row: int) -> _Told:
    """The labels and values of a row of a few cells, where they tell of a journey."""
    filled = grid.filled[row]
    if not 0 < len(filled) <= _MOST_CELLS:
        return {}
    texts = [value for column in filled if isinstance(value := grid.rows[row][column], str)]
    if not any("：" in text or ":" in text for text in texts):
        return {}
    pairs = [(label_text(label), value) for text in texts for label, value in labels_and_values(_without_lead(text))]
    found = {label: value for label, value in pairs if _field(label) in _TOLD}
    fields = {_field(label) for label in found}
    return found if fields & _OF_JOURNEY and len(fields) == len(found) else {}


def _without_lead(text: str) -> str:
    """一、赴上海招商（带队领导：…　时间：…） without the heading and the brackets around the labels."""
    stripped = text.strip()
    start = max(stripped.find("（"), stripped.find("("))
    inside = stripped[start + 1 : -1]
    colon = min((at for mark in "：:" if (at := stripped.find(mark)) >= 0), default=-1)
    return inside if 0 <= start < colon and stripped[-1] in "）)" else stripped


def _field(label: str) -> str | None:
    return None if says("of_filing", head_key(label)) else interpret_column((label,), context=_TRIPS).field


def _of_rows(grid: Grid, table: Table, above: _Told, below: Mapping[int, _Told]) -> dict[int, _Told]:
    """By row what the nearest line above it tells; of headings and totals nothing."""
    found: dict[int, _Told] = {}
    current = above
    for row in table.body_rows:
        if row in below:
            current = {**above, **below[row]}
        elif current and len(grid.filled[row]) >= _PAIR and not _is_total(grid, row):
            found[row] = current
    return found


def _is_total(grid: Grid, row: int) -> bool:
    return label_kind(cell_text(grid.rows[row][grid.filled[row][0]])) is not None


def _laid(grid: Grid, tables: Sequence[Table], told: Mapping[int, _Told], lines: set[int]) -> Sheet:
    labels = list(dict.fromkeys(label for each in told.values() for label in each))
    place = {label: grid.width + at for at, label in enumerate(labels)}
    rows: list[list[CellValue]] = [[*cells, *[None] * len(labels)] for cells in grid.rows]
    for table in tables:
        own = {label for row in table.body_rows for label in told.get(row, ())}
        leaves = {
            table.header_rows[-1],
            *(row for row in table.repeated_headers if row + 1 not in table.repeated_headers),
        }
        for row in leaves if own else ():
            for label in own:
                rows[row][place[label]] = label
    for row, each in told.items():
        for label, value in each.items():
            rows[row][place[label]] = value
    return replace(grid.sheet, rows=rows)
