"""What each row below a header is: data, or furniture and of which kind.

Row by row, the label decides first (合计, 注：: `row_labels.py`), then headings (一、…: `row_groups.py`), then what else
the row holds (`row_data.py`). Then what only the whole table can tell: lines that paper cut off
a record (`row_wrapped_lines.py`), parts of a row (`row_parts.py`), parents and
children (`row_families.py`), lone names that head others (`row_lone_names.py`), and the headings above each record
(`row_sections.py`). `table_rows.py` answers what is asked of every row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.columns.column_meaning import ColumnMeaning
from ingest.columns.neighbour_words import says
from ingest.layout.grid import Grid
from ingest.layout.table_rows import TableRows
from ingest.layout.table_types import Table
from ingest.rows.lines_of_records import settle_lines_of_records
from ingest.rows.lines_of_sums import settle_lines_of_sums
from ingest.rows.phase_rows import settle_phase_rows
from ingest.rows.row_data import data_role, goes_on_in_merged_record, is_plain_data, is_unfilled
from ingest.rows.row_families import settle_decimal, settle_indented, settle_numbered, settle_phases
from ingest.rows.row_groups import group_of
from ingest.rows.row_labels import is_hint_row, label_role, settle_foot, settle_numbered_foot, settle_samples
from ingest.rows.row_lone_names import (
    settle_numbered_alike,
    settle_numbered_headings,
    settle_renumbered,
    settle_summing,
    settle_unnamed,
    settle_unnumbered,
)
from ingest.rows.row_parts import settle_parts
from ingest.rows.row_sections import with_sections
from ingest.rows.row_told_lines import settle_told_lines, told_line
from ingest.rows.row_types import RowFindings, RowRoles
from ingest.rows.row_wrapped_lines import settle_paragraphs, settle_wrapped_lines
from ingest.rows.sums_behind import settle_sums_behind
from ingest.values.printed import compact

# What the rows together tell, in this order: each step takes the roles as the steps before it left them.
_SETTLE = (
    settle_told_lines,
    settle_lines_of_sums,
    settle_lines_of_records,
    settle_wrapped_lines,
    settle_paragraphs,
    settle_samples,
    settle_foot,
    settle_numbered_foot,
    settle_parts,
    settle_numbered_alike,
    settle_numbered_headings,
    settle_renumbered,
    settle_decimal,
    settle_phases,
    settle_numbered,
    settle_indented,
    settle_unnumbered,
    settle_summing,
    settle_unnamed,
    settle_sums_behind,
    settle_phase_rows,
)


def classify_rows(
    grid: Grid,
    table: Table,
    meanings: Sequence[ColumnMeaning],
    kind: str,
    *,
    is_heading: Callable[[str], bool] = lambda _: False,
) -> RowRoles:
    """Tell the role of each row of a table.

    `is_heading` says of a lone name whether it is a heading's wording (a stage, an industry) and no project's name.
    """
    rows, found = TableRows(grid, table, meanings, kind, is_heading), RowFindings()
    for row in range(table.start_row, table.first_row):
        if rows.is_bad(row):
            found.roles[row] = "bad"
    for row in range(table.first_row, table.end_row):
        found.roles[row] = _role(rows, found, row)
    for settle in _SETTLE:
        settle(rows, found)
    return with_sections(rows, found)


def _role(rows: TableRows, found: RowFindings, row: int) -> str:
    table = rows.table
    if rows.is_bad(row):
        return "bad"
    if row in table.repeated_headers:
        found.in_notes = False
        return "header"
    if row in table.column_number_rows:
        return "column_numbers"
    if rows.kind == "project" and rows.sequence is None and says("label_of_form", compact(rows.name_text(row))):
        # A form that nobody filled in: its labels stand where names would.
        return "header"
    cells = rows.cells(row)
    if not cells:
        return "blank"
    if row <= table.first_row + 1 and is_hint_row(rows, row, cells):
        return "template"
    if is_unfilled(rows, row, cells):
        return "template"
    if is_plain_data(rows, row, cells):
        found.in_notes = False
        return "data"
    if rows.merged_tops and goes_on_in_merged_record(rows, found, row, cells) and told_line(rows, row) is None:
        found.result.continuations[row] = rows.merged_tops[row]
        return "continuation"
    return (
        label_role(rows, found, row, cells)
        or _group_role(rows, found, row, cells)
        or data_role(rows, found, row, cells)
    )


def _group_role(rows: TableRows, found: RowFindings, row: int, cells: list[int]) -> str | None:
    group = group_of(rows, row, cells)
    if group is None:
        return None
    found.headings[row] = group
    found.in_notes = False
    return "group"
