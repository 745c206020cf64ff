"""Lists whose records go on in lines of labelled cells: `责任单位：县工信局　责任人：王某`, or `建设内容：…` and `开工时间：…` in cells of
their own, below each of them; or in lines of a label and its text in two columns.

What such a line tells is laid to the right of the record, below its label as a header, and the sheet is read as any other.
Lines that tell one text a record (进展情况：…) are left to `ingest.rows.row_told_lines`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from ingest.columns.column_meaning import HeaderContext
from ingest.formats.sheet import CellValue, Sheet
from ingest.headers.header_column import interpret_column
from ingest.layout.form_labels import label_text, labels_and_values
from ingest.layout.grid import Grid
from ingest.layout.table_lines import is_unit
from ingest.layout.table_types import Table
from ingest.layout.tables_beside import names_projects
from ingest.rows.furniture import label_kind
from ingest.values.printed import cell_text
from ingest.values.units import unit_in_text

_FEWEST_RECORDS = 2
_FEWEST_CELLS = 3
_FEWEST_LINES, _MOST_LINES = 2, 3
_MOST = 0.6
_MOST_LABELS = 8
# Ways to write them: with and without colon, spaces, full width.
_MOST_WRITTEN = 3 * _MOST_LABELS
_PAIR = 2
_LABEL = re.compile(r"\s*[^:：]{2,12}[:：]\s*")
_UNIT_HEADERS = frozenset({"单位", "计量单位"})
_MOST_LABELLED = 0.8
_TEXTS = frozenset({"progress_note", "problem", "measure", "project_content", "remark"})

_Pairs = list[tuple[str, str]]


def labelled_lines_beside(grid: Grid, tables: Sequence[Table]) -> Sheet | None:
    """The sheet with each record on one line; None where no table's records go on so."""
    for table in tables:
        if table.band or not any(map(names_projects, table.columns)):
            continue
        lines = _lines_of_records(grid, table)
        if lines:
            return _laid(grid, table, lines)
        if (found := _lines_of_two_columns(grid, table)) is not None:
            cleared, lines = found
            return _laid(grid, table, lines, cleared)
    return None


def _lines_of_two_columns(grid: Grid, table: Table) -> tuple[set[int], dict[int, dict[int, _Pairs]]] | None:
    """The two columns, and the lines of records that tell by a label and what stands beside it (目前进展 | 主体封顶, 责任单位 |
    县工信局), the record's own line with them; None where there are none, or `tell_by_labels` reads them.
    """
    name = next((column.index for column in table.columns if names_projects(column)), None)
    if name is None:
        return None
    units = next((column.index for column in table.columns if column.path[-1] in _UNIT_HEADERS), None)
    filled = [row for row in table.body_rows if grid.filled[row]]
    for one, beside in pairwise(table.columns):
        labels = _labels(grid, filled, one.index) if one.index > name else {}
        if not labels:
            continue
        if unit_in_text(beside.path[-1]):
            # 指标 | 数值（万元）: read by `indicator_lines`.
            return None
        if units is not None:
            labels = {row: _with_unit(label, grid.text(row, units)) for row, label in labels.items()}
        fields = {_field(label) for label in set(labels.values())}
        if None in fields or (fields <= _TEXTS and one.path != beside.path):
            continue
        own = {one.index, beside.index} | ({units} if units is not None else set())
        told = _told_beside(grid, labels, name, beside.index, own)
        if told is None:
            return None
        if _are_lines(labels, told):
            return own, told
    return None


def _labels(grid: Grid, filled: Sequence[int], column: int) -> dict[int, str]:
    """By filled row what a column of labels says; empty where it fills too few rows, or says too many things to be one."""
    said = {text for text in {grid.rows[row][column] for row in filled} if isinstance(text, str)}
    if not 1 < len(said) <= _MOST_WRITTEN:
        return {}
    texts = {row: text for row in filled if isinstance(text := grid.rows[row][column], str)}
    if len(texts) < _MOST_LABELLED * len(filled):
        return {}
    label_of = {text: label_text(text) for text in said}
    return (
        {row: label_of[text] for row, text in texts.items()} if 1 < len(set(label_of.values())) <= _MOST_LABELS else {}
    )


def _told_beside(
    grid: Grid, labels: Mapping[int, str], name: int, beside: int, own: Set[int]
) -> dict[int, dict[int, _Pairs]] | None:
    """What each record's lines tell; None where a line below a record fills other columns too."""
    told: dict[int, dict[int, _Pairs]] = {}
    record: int | None = None
    for row, label in labels.items():
        record = row if grid.rows[row][name] is not None else record
        if record is None or (row != record and not own >= set(grid.filled[row])):
            return None
        text = cell_text(grid.rows[row][beside])
        told.setdefault(record, {})[row] = [(label, text)] if text else []
    return told


def _are_lines(labels: Mapping[int, str], told: Mapping[int, Mapping[int, _Pairs]]) -> bool:
    times = Counter(labels.values())
    are_several = len(labels) >= _FEWEST_LINES * len(told) and min(times.values()) >= _FEWEST_RECORDS
    return are_several and len(told) >= _FEWEST_RECORDS and all(map(_tells_each_once, told.values()))


def _with_unit(label: str, unit: str) -> str:
    return f"{label}（{unit}）" if is_unit(unit) else label


def _lines_of_records(grid: Grid, table: Table) -> dict[int, dict[int, _Pairs]]:
    """The labelled lines below each record, with their pairs; empty where fewer records have one, or one heads the list."""
    filled = [row for row in table.body_rows if grid.filled[row]]
    pairs = {row: found for row in filled if (found := _pairs(grid, row))}
    if len(pairs) < _FEWEST_RECORDS:
        return {}
    records = [row for row in filled if row not in pairs and _may_be_record(grid, row)]
    if not records or any(row < records[0] for row in pairs):
        return {}
    # 责任单位：… above each page's header says it of what stands below it.
    if any(row + 1 in table.repeated_headers for row in pairs) or any(_told_by(line.text) for line in table.titles):
        return {}
    below: dict[int, dict[int, _Pairs]] = {}
    for record in records:
        row = record + 1
        while row - record <= _MOST_LINES and (row in pairs or (row + 1 in pairs and not grid.filled[row])):
            if row in pairs:
                below.setdefault(record, {})[row] = pairs[row]
            row += 1
    often = Counter(label for lines in below.values() for label in {one for pair in lines.values() for one, _ in pair})
    usual = {label for label, times in often.items() if times >= _MOST * len(records)}
    told = {
        record: usually
        for record, lines in below.items()
        if (usually := {row: each for row, each in lines.items() if all(label in usual for label, _ in each)})
        and _tells_each_once(usually)
    }
    enough = len(told) >= _FEWEST_RECORDS and len(told) >= _MOST * len(records)
    return told if enough and _says_more_than_texts(told) else {}


def _pairs(grid: Grid, row: int) -> _Pairs:
    """The labels and values of a row whose every cell holds such, or of one label and what stands beside it; none where one
    has no known label.
    """
    found: _Pairs = []
    filled = grid.filled[row]
    if len(filled) == _PAIR and isinstance(label := grid.rows[row][filled[0]], str) and _LABEL.fullmatch(label):
        named = label_text(label)
        return [(named, cell_text(grid.rows[row][filled[1]]))] if _field(named) is not None else []
    for column in grid.filled[row]:
        value = grid.rows[row][column]
        told = _told_by(value) if isinstance(value, str) else []
        if not told:
            return []
        found += told
    return found


def _told_by(text: str) -> _Pairs:
    """The labels and values of a text, none where a label is not known."""
    named = [(label_text(label), told) for label, told in labels_and_values(text)]
    return [] if any(_field(label) is None for label, _ in named) else named


def _field(label: str) -> str | None:
    return interpret_column((label,), context=HeaderContext()).field


def _may_be_record(grid: Grid, row: int) -> bool:
    return len(grid.filled[row]) >= _FEWEST_CELLS and not any(
        label_kind(cell_text(grid.rows[row][column])) in {"total", "subtotal"}
        for column in grid.filled[row][:_FEWEST_CELLS]
    )


def _tells_each_once(lines: Mapping[int, _Pairs]) -> bool:
    labels = [label for told in lines.values() for label, _ in told]
    return len(set(labels)) == len(labels)


def _says_more_than_texts(told: Mapping[int, Mapping[int, _Pairs]]) -> bool:
    lines = [pairs for each in told.values() for pairs in each.values()]
    return any(len(pairs) > 1 for pairs in lines) or any(
        _field(label) not in _TEXTS for pairs in lines for label, _ in pairs
    )


def _laid(grid: Grid, table: Table, told: Mapping[int, Mapping[int, _Pairs]], cleared: Set[int] = frozenset()) -> Sheet:
    """The sheet with what the lines tell right of their records; the columns `cleared` told it before, and tell nothing more."""
    labels = list(dict.fromkeys(label for lines in told.values() for each in lines.values() for label, _ in each))
    place = {label: grid.width + at for at, label in enumerate(labels)}
    rows: list[list[CellValue]] = [[*cells, *[None] * len(labels)] for cells in grid.rows]
    leaves = {table.header_rows[-1], *(row for row in table.repeated_headers if row + 1 not in table.repeated_headers)}
    for row in leaves:
        for column in cleared:
            rows[row][column] = None
        for label, column in place.items():
            rows[row][column] = label
    lines = {line for each in told.values() for line in each if line not in told}
    for record, each in told.items():
        for column in cleared:
            rows[record][column] = None
        for pairs in each.values():
            for label, text in pairs:
                rows[record][place[label]] = text
    for line in lines:
        rows[line] = [None] * len(rows[line])
    return replace(
        grid.sheet,
        rows=rows,
        merges=[
            area
            for area in grid.sheet.merges
            if area.top not in lines
            and not (cleared and area.top in told)
            and not (area.top in leaves and area.left in cleared)
        ],
        further_lines={
            **grid.sheet.further_lines,
            **{record: len(each.keys() - {record}) for record, each in told.items()},
        },
    )
