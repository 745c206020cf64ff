"""Headings in a column of their own, left of the names and without a header: `一、签约项目（3个）` merged over the rows it heads."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.columns.column_meaning import ColumnMeaning
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.rows.furniture import group_label, plain_group_text, stated_count
from ingest.rows.group_fields import is_heading
from ingest.rows.row_types import UNNUMBERED_LEVEL, GroupRow, RowRoles
from ingest.values.printed import cell_text, compact


def add_side_headings(grid: Grid, table: Table, meanings: Sequence[ColumnMeaning], roles: RowRoles) -> None:
    """Put such headings above the ones that stand in rows of their own; each holds down to the next."""
    fields = [meaning.field for meaning in meanings]
    names = fields.index("project_name") if "project_name" in fields else 0
    for column in table.columns[:names]:
        if column.has_header:
            continue
        found = {row: text for row in roles.data if (text := compact(cell_text(grid.rows[row][column.index] or "")))}
        if not found or roles.data[0] not in found:
            continue
        headings = {row: _heading(row, text) for row, text in found.items()}
        if all(heading is not None for heading in headings.values()):
            _put_above(roles, headings)
        return


def _heading(row: int, text: str) -> GroupRow | None:
    if not is_heading(text):
        return None
    numbered = group_label(text)
    label = numbered.label if numbered is not None and numbered.label else plain_group_text(text)
    level = numbered.level if numbered is not None else UNNUMBERED_LEVEL
    return GroupRow(row, level, label, text, stated_count(text))


def _put_above(roles: RowRoles, headings: dict[int, GroupRow | None]) -> None:
    above: GroupRow | None = None
    for position, row in enumerate(roles.data):
        above = headings.get(row, above)
        if above is not None:
            roles.groups[position] = (above, *roles.groups[position])
