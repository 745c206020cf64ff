"""Columns whose merged cells were lost on the way (CSV, values pasted): only the first row of each group says what all share.

产业链 | 责任单位 | 序号 | 项目名称: a column left of the projects' numbers that is filled in the first row of each group and
nowhere else; between the numbers and the names only where the numbers begin again in each, or stand in the same rows alone
(they number the groups). It is sure only where the rows
say so: the first record has a value, no value stands twice, most rows are blank, and a group's end (a heading, a total,
numbers that begin again) is never passed over. Columns further right are carried where they are filled in the same rows.
So is a column that fills no field (县区, 片区), into `extra`. What is printed stays as it is. A sheet that merges cells over
records has lost none; a merged title says nothing of its records.
"""

from __future__ import annotations

import re

from ingest.columns.column_meaning import HeaderContext
from ingest.fields import fields
from ingest.formats.sheet import CellValue
from ingest.headers.header_column import interpret_column
from ingest.layout.grid import Grid
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.rows.row_types import RowRoles
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text, compact

_GROUPS = frozenset({"classes", "place"})
_WHO = frozenset({"responsible_unit", "responsible_leader", "responsible_person", "tracking_unit", "introducing_unit"})
_OF_REGIONS = HeaderContext(kind="summary")
_REGION = re.compile("^[一-鿿]{1,12}(?:[县区市旗州盟镇乡]|街道)$")
_STATES_COUNT = re.compile(r"\(\d{1,3}[个项][,，)]|\d{1,3}[个项](?:项目)?[,，]?[\d.]+(?:亿|万)元\)?$")
_COUNTED = re.compile(r"(?:\s+|\s*[(（:：])\s*共?计?\d{1,3}\s*[个项]")
_FEWEST_GROUPS = 2
_OF_GROUPS = frozenset({"town_name", "park_name", "industry", "industry_chain", "project_category"})
_LONGEST = 30


def carry_groups_down(grid: Grid, reading: TableReading, roles: RowRoles) -> None:
    """Give the rows of a group what its first row says for all of them."""
    if len(reading) <= _FEWEST_GROUPS or _merges_records(grid, roles):
        return
    name = _column(reading, "project_name")
    number = _column(reading, "sequence_no") or name
    if name is None or number is None or None in name.values:
        return
    # Most tables have no such column; only then is every row looked at.
    likely = [
        column
        for column in reading.columns
        if column.index < name.index
        and column.values[0] is not None
        and None in column.values
        and (_may_be_shared(column) or _names_regions(column))
    ]
    if not likely:
        return
    restarts = _restarts(number)
    breaks = _breaks(roles) | restarts
    leading = [
        column
        for column in likely
        if _is_filled_by_groups(column, breaks, begins=restarts)
        and (column.index < number.index or set(_filled(column)) in ({0, *restarts}, set(_filled(number))))
    ]
    if not leading:
        return
    firsts = {_filled(column) for column in leading}
    for column in reading.columns:
        beside = column not in leading and _may_be_shared(column) and _filled(column) in firsts
        if column in leading or (beside and _is_filled_by_groups(column, breaks, may_repeat=True)):
            _carry(column, reading)


def _merges_records(grid: Grid, roles: RowRoles) -> bool:
    """Whether a cell is merged over several rows and a record is among them; those of a page's header are none."""
    data = set(roles.data)
    return any(area.bottom > area.top and not data.isdisjoint(range(area.top, area.bottom + 1)) for area in grid.merges)


def _names_regions(column: ColumnReading) -> bool:
    """县区, 片区: a column of regions by its header or by its cells, whose names fill no field of a project."""
    meaning = column.meaning
    if meaning.field is not None or not meaning.path:
        return False
    if interpret_column(meaning.path[-1:], context=_OF_REGIONS).field == "region_name":
        return True
    return all(_REGION.search(cell_text(value).strip()) for value in column.values if value is not None)


def plain_group_names(reading: TableReading) -> None:
    """城关镇（3个，5.6亿元） merged over its projects is 城关镇, as a heading above them would be."""
    for column in reading.columns:
        if column.meaning.field not in _OF_GROUPS:
            continue
        # Few names stand in many rows.
        texts = {value for value in set(column.cells) if isinstance(value, str)}
        said = {value for value in texts if _STATES_COUNT.search(compact(value))}
        plain = {value: _COUNTED.split(value, maxsplit=1)[0].rstrip() or value for value in said}
        if plain:
            column.to_type = [plain.get(value, value) if isinstance(value, str) else value for value in column.cells]


def _column(reading: TableReading, field: str) -> ColumnReading | None:
    return next((column for column in reading.columns if column.meaning.field == field), None)


def _restarts(number: ColumnReading) -> frozenset[int]:
    """The records whose number is the first again."""
    texts = [cell_text(value).strip() for value in number.values]
    return frozenset(position for position, text in enumerate(texts) if position and text == "1")


def _breaks(roles: RowRoles) -> frozenset[int]:
    """The records that do not stand directly below another: a heading, a total or a note is between."""
    data = roles.data
    passed = {"header", "blank", "column_numbers"}
    return frozenset(
        position
        for position, row in enumerate(data)
        if position and any(roles.roles.get(between) not in passed for between in range(data[position - 1] + 1, row))
    )


def _may_be_shared(column: ColumnReading) -> bool:
    spec = fields().get(column.meaning.field or "")
    return spec is not None and column.to_type is None and (spec.group in _GROUPS or spec.name in _WHO)


def _filled(column: ColumnReading) -> tuple[int, ...]:
    return tuple(position for position, value in enumerate(column.values) if value is not None)


def _is_filled_by_groups(
    column: ColumnReading, breaks: frozenset[int], *, may_repeat: bool = False, begins: frozenset[int] = frozenset()
) -> bool:
    """Whether the first row of each group is filled and most others are blank; where all numbers that begin again
    (`begins`) say which rows are the first ones, groups may be of one row.
    """
    filled = _filled(column)
    is_sure = bool(begins) and {0, *begins} == set(filled)
    texts = [cell_text(column.values[position]) for position in filled]
    return (
        len(filled) >= _FEWEST_GROUPS
        and filled[0] == 0
        and (is_sure or len(filled) * 2 <= len(column.values))
        and breaks.issubset(filled)
        and (may_repeat or len(set(texts)) == len(texts))
        and all(len(text) <= _LONGEST for text in texts)
        and not any(map(is_placeholder, texts))
    )


def _carry(column: ColumnReading, reading: TableReading) -> None:
    carried: list[CellValue] = []
    for value in column.values:
        carried.append(carried[-1] if value is None and carried else value)
    column.to_type = carried
    if column.meaning.field is None:
        for position, value in enumerate(column.values):
            if value is None:
                reading.added_extra.setdefault(position, {})[column.key] = cell_text(carried[position])
