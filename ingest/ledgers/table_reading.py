"""One table: its kind, its columns' meaning, its rows' roles, its typed columns, its control totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.columns.changes_by_cells import changes_as_growth
from ingest.columns.codes_by_cells import settled_numbers
from ingest.columns.column_meaning import HeaderContext
from ingest.columns.columns_in_context import read_in_context
from ingest.columns.dated_events import dates_of_events
from ingest.columns.hidden_columns import shown_before_hidden
from ingest.columns.notes_by_cells import progress_as_rate, progress_as_stage, stage_as_progress
from ingest.columns.stories_of_days import stories_of_days
from ingest.identity import row_ids
from ingest.kinds.indicator_rows import read_indicator_rows
from ingest.kinds.item_neighbours import (
    days_and_amounts_by_cells,
    ends_by_cells,
    kind_by_cells,
    offices_by_cells,
    project_stages_by_cells,
    states_by_cells,
)
from ingest.kinds.ledger_kind import TableKind
from ingest.kinds.limits_by_cells import lengths_as_no_dates
from ingest.kinds.permit_steps import read_steps
from ingest.layout.grid import Grid
from ingest.layout.table_types import Table
from ingest.ledgers.ledger_types import TableOutcome, TableReading
from ingest.ledgers.table_context import (
    FileContext,
    header_context,
    notes_of_units,
    units_of_header,
    with_both_units,
)
from ingest.ledgers.table_filling import complete
from ingest.ledgers.table_kind import kind_of_table
from ingest.rows.control_totals import Totals
from ingest.rows.group_fields import is_heading
from ingest.rows.lost_merges import carry_groups_down, plain_group_names
from ingest.rows.months_of_rows import fold_earlier_months
from ingest.rows.phase_rows import call_phases
from ingest.rows.record_cells import (
    carry_trips_down,
    columns_of_rows,
    first_rows_of_records,
    fold_continuations,
    mark_bad_rows,
    reject_errors,
    show_errors,
)
from ingest.rows.row_roles import classify_rows
from ingest.rows.row_told_lines import fill_told_lines, tell_by_labels
from ingest.rows.row_types import RowRoles
from ingest.rows.side_headings import add_side_headings
from ingest.rows.unit_lines import unit_lines
from ingest.rows.unlabelled_totals import settle_unlabelled


def read_table(grid: Grid, table: Table, *, number: int, sheet_lines: Sequence[str], file: FileContext) -> TableOutcome:
    """Read one table of a sheet.

    Args:
        grid: the sheet.
        table: where the table stands.
        number: 1, 2, 3… on the sheet.
        sheet_lines: text lines of the sheet, for units stated outside the table.
        file: the file's source and report date.
    """
    titles = [line.text for line in table.titles]
    lines = [*units_of_header(table), *with_both_units(titles[::-1]), *sheet_lines, *notes_of_units(grid, table)]
    context = header_context(grid, lines, file)
    kind = _settled(kind_of_table(grid, table, context, file), grid, table, context, file)
    roles = classify_rows(grid, table, kind.meanings, kind.kind or "project", is_heading=is_heading)
    if kind.kind == "project":
        add_side_headings(grid, table, kind.meanings, roles)
    reading = _placed(grid, table, number, kind, roles, file)
    _join_rows(grid, reading, roles)
    remarks = _fill(grid, table, reading, kind, roles, context, file)
    show_errors(grid, reading, roles.data)
    settle_unlabelled(reading, roles)
    outcome = TableOutcome(reading, _furniture_roles(table, reading, roles), remarks=remarks)
    outcome.control_totals = Totals(grid, reading, roles).run()
    return outcome


def _settled(kind: TableKind, grid: Grid, table: Table, context: HeaderContext, file: FileContext) -> TableKind:
    """The kind with its columns as the cells and the columns beside them settle what headers leave open."""
    titles = [line.text for line in table.titles]
    shown = shown_before_hidden(grid, table, kind.meanings)
    settled = progress_as_rate(grid, table, settled_numbers(grid, table, shown, context))
    if kind.kind == "summary" and not kind.lists_indicators:
        settled = changes_as_growth(grid, table, settled, context)
    elif kind.kind == "project":
        settled = dates_of_events(
            grid, table, progress_as_stage(grid, table, stage_as_progress(grid, table, settled)), context
        )
        settled = stories_of_days(grid, table, settled, context)
        settled = read_in_context(grid, table, settled, context, titles)
    elif kind.kind == "problem":
        below = replace(context, kind="problem")
        settled = states_by_cells(grid, table, lengths_as_no_dates(grid, table, settled, below), below)
        settled = project_stages_by_cells(grid, table, settled)
        settled = days_and_amounts_by_cells(grid, table, settled, below)
        settled = ends_by_cells(grid, table, offices_by_cells(grid, table, settled), file.report_date)
        kind = replace(kind, problem_kind=kind_by_cells(grid, table, settled, titles, kind.problem_kind))
    return replace(kind, meanings=settled)


def _placed(grid: Grid, table: Table, number: int, kind: TableKind, roles: RowRoles, file: FileContext) -> TableReading:
    """The table's rows with where each stands; nothing is typed yet."""
    numbers = [row + 1 for row in roles.data]
    return TableReading(
        sheet=grid.sheet.name,
        number=number,
        kind=kind.kind or "",
        header_rows=tuple(
            line + 1 for row in table.header_rows for line in range(row, row + 1 + grid.sheet.further_lines.get(row, 0))
        ),
        columns=columns_of_rows(grid, table, kind.meanings, roles, kind.kind),
        row_numbers=numbers,
        row_ids=row_ids(file.source.county_code, file.file_sha256, file.sheet_key, table.band, numbers),
        group_paths=[" > ".join(group.text for group in stack) or None for stack in roles.groups],
        hidden_positions={p for p, row in enumerate(roles.data) if row in grid.sheet.hidden_rows},
        first_of_record=first_rows_of_records(grid, table, kind.meanings, roles.data),
        report_date=file.report_date,
        report_month=file.report_month,
        is_other_business=kind.is_other_business,
    )


def _join_rows(grid: Grid, reading: TableReading, roles: RowRoles) -> None:
    """Make records of rows: what was cut over several rows is joined, what holds for several is carried down."""
    mark_bad_rows(grid, reading, roles.data)
    if reading.kind == "project":
        tell_by_labels(grid, reading, roles)
    fold_continuations(grid, reading, roles)
    if reading.kind == "outreach":
        carry_trips_down(reading)
    elif reading.kind == "project":
        carry_groups_down(grid, reading, roles)
        plain_group_names(reading)
        call_phases(reading, roles)
    reject_errors(grid, reading, roles.data)


def _fill(
    grid: Grid,
    table: Table,
    reading: TableReading,
    kind: TableKind,
    roles: RowRoles,
    context: HeaderContext,
    file: FileContext,
) -> list[str]:
    """Fill the fields of the rows; remarks for people."""
    if kind.lists_indicators:
        read_indicator_rows(reading, context)
        return []
    titles = [line.text for line in table.titles]
    remarks = complete(reading, kind, roles.groups, titles=titles, file=file, lines=unit_lines(grid, table, roles))
    read_steps(reading, kind.steps, [*titles, *_lines_beside(grid, table, roles)] if kind.steps else ())
    fill_told_lines(reading, roles)
    return [*remarks, *fold_earlier_months(reading, roles)] if kind.kind == "project" else remarks


def _lines_beside(grid: Grid, table: Table, roles: RowRoles) -> Iterator[str]:
    """The texts of a table's rows that are no records: notes, and what stands among or below."""
    data = set(roles.data)
    for row in range(table.first_row, table.end_row):
        if row not in data:
            yield " ".join(grid.row_texts(row))


def _furniture_roles(table: Table, reading: TableReading, roles: RowRoles) -> dict[int, str]:
    found = {line.row: "title" for line in table.titles}
    found.update(dict.fromkeys(table.header_rows, "header"))
    data = {number - 1 for number in reading.row_numbers}
    found.update({row: role for row, role in roles.roles.items() if row not in data})
    return found
