"""A column of phases (分期: 一期, 二期) beside a name that is told once: each phase a record of its own, called after the project.

So it is where every phase tells its own amounts. Where a figure is told once for all of them (merged over the phases), or a
statutory code says that they are one project, they stay one record, and what each phase tells of itself stays open.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.neighbour_words import says
from ingest.fields import fields
from ingest.formats.sheet import CellValue
from ingest.headers.header_text import segment
from ingest.layout.table_rows import TableRows
from ingest.ledgers.ledger_types import ColumnReading, TableReading
from ingest.rows.row_families import is_phase
from ingest.rows.row_types import RowFindings, RowRoles
from ingest.values.cell_values import is_placeholder
from ingest.values.printed import cell_text

_SHARED = frozenset({"parties", "classes", "place", "who_answers"})
_FEWEST = 2


def settle_phase_rows(rows: TableRows, found: RowFindings) -> None:
    """Part the phases of a project that stand in rows of their own."""
    if rows.kind != "project" or rows.name is None or not rows.unmapped:
        return
    families = _families(rows, found)
    for first, family in families.items():
        column = next((c for c in rows.unmapped if _are_phases([rows.values[row][c] for row in family])), None)
        if column is None:
            continue
        if not _tell_amounts_each(rows, family):
            found.result.phased.add(first)
            continue
        for row in family:
            found.roles[row] = "data"
            found.result.continuations.pop(row, None)
            found.result.phases[row] = (first, cell_text(rows.values[row][column]))


def _families(rows: TableRows, found: RowFindings) -> dict[int, list[int]]:
    """The rows of each record that goes on, and, below a header that says 分期, nameless rows below a record."""
    families: dict[int, list[int]] = {}
    for row, first in found.result.continuations.items():
        families.setdefault(first, [first]).append(row)
    column = next((c for c in rows.unmapped if says("phase_of_row", rows.leaves.get(c, ""))), None)
    if column is None:
        return families
    named: int | None = None
    for row in found.with_role("data"):
        if rows.name_text(row):
            named = row
        elif named is not None and is_phase(cell_text(rows.values[row][column])) and not rows.is_numbered(row):
            families.setdefault(named, [named]).append(row)
    return {first: sorted(family) for first, family in families.items()}


def _are_phases(cells: Sequence[CellValue]) -> bool:
    texts = [cell_text(cell) for cell in cells]
    return all(map(is_phase, texts)) and len(set(texts)) == len(texts) >= _FEWEST


def _tell_amounts_each(rows: TableRows, family: Sequence[int]) -> bool:
    first = family[0]
    if rows.code is not None and rows.values[first][rows.code] is not None:
        return False
    for column in rows.figures:
        area = rows.grid.merge_at(first, column)
        if area is not None and area.bottom > first:
            return False
    wholes = [column for column in rows.wholes if not is_placeholder(rows.values[first][column])]
    if wholes and _is_one_number_and_whole(rows, family, wholes):
        return False
    told = [column for column in wholes or rows.figures if all(_tells(rows, row, column) for row in family)]
    return bool(told) and set(wholes) <= set(told)


def _is_one_number_and_whole(rows: TableRows, family: Sequence[int], wholes: Sequence[int]) -> bool:
    """Whether every phase bears the same printed number and amount: the project's, filled again in each row."""
    numbers = {rows.number_text(row) for row in family}
    amounts = {tuple(rows.values[row][column] for column in wholes) for row in family}
    return len(numbers) == 1 == len(amounts) and "" not in numbers


def _tells(rows: TableRows, row: int, column: int) -> bool:
    return not is_placeholder(rows.values[row][column])


def call_phases(reading: TableReading, roles: RowRoles) -> None:
    """Call phases after their project (`甲产业园项目` | 二期: `甲产业园项目二期`), also where the name is written again before each."""
    names = next((one for one in reading.columns if one.meaning.field == "project_name"), None)
    if names is None:
        return
    if roles.phases:
        _call_parted(reading, roles, names)
        return
    phases = next((one for one in reading.columns if _heads_phases(one)), None)
    if phases is None:
        return
    same: dict[str, list[int]] = {}
    for position, name in enumerate(names.cells):
        if isinstance(name, str):
            same.setdefault(name.strip(), []).append(position)
    found = list(names.cells)
    for name, positions in same.items():
        if len(positions) > 1 and _are_phases([phases.values[position] for position in positions]):
            for position in positions:
                found[position] = f"{name}{cell_text(phases.values[position]).strip()}"
    if found != list(names.cells):
        names.to_type = found


def _heads_phases(column: ColumnReading) -> bool:
    meaning = column.meaning
    return meaning.field is None and bool(meaning.path) and says("phase_of_row", segment(meaning.path[-1]).core)


def _call_parted(reading: TableReading, roles: RowRoles, names: ColumnReading) -> None:
    """Name the phases; what only the first of them tells of the project (cells whose merge was lost) is told of all."""
    position_of = {row: position for position, row in enumerate(roles.data)}
    places = {
        position_of[row]: (position_of[first], phase)
        for row, (first, phase) in roles.phases.items()
        if row in position_of and first in position_of
    }
    for column in reading.columns:
        spec = fields().get(column.meaning.field or "")
        if spec is None or (spec.group not in _SHARED and column is not names):
            continue
        cells = list(column.cells)
        for position, (first, _) in places.items():
            if cells[position] is None and all(
                cells[other] is None for other, (of, _) in places.items() if of == first and other != first
            ):
                cells[position] = cells[first]
        if column is names:
            cells = [
                f"{cell_text(cell).strip()}{places[position][1].strip()}"
                if position in places and cell is not None
                else cell
                for position, cell in enumerate(cells)
            ]
        if cells != list(column.cells):
            column.to_type = cells
