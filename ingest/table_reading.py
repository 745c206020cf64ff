"""One table: its kind, its columns' meaning, its rows' roles, its typed columns, its control totals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.control_totals import Totals
from ingest.furniture import label_kind
from ingest.grid import Grid
from ingest.headers import HeaderContext
from ingest.identity import row_ids
from ingest.ledger_kind import TableKind, decide_kind
from ingest.ledger_source import LedgerSource
from ingest.ledger_types import ColumnReading, ControlTotal, FieldValue, RowReason, TableReading
from ingest.printed import cell_text
from ingest.row_roles import RowRoles, TotalRow, classify_rows
from ingest.row_stage import fill_stages
from ingest.sheet import CellValue
from ingest.tables import Table
from ingest.typed_columns import Typing
from ingest.units import unit_in_text
from ingest.wide_months import keep_months, month_columns, reporting_column

_TYPED = frozenset({"amount_cny", "amount_usd", "date", "date_range", "rate", "number"})
_UNIT_NOTE = re.compile(r"单位|万元|亿元|美元")
JOINER = "；"


@dataclass(frozen=True, slots=True)
class TableContext:
    """What is known before a table is read."""

    grid: Grid
    table: Table
    number: int
    band: int
    sheet_lines: tuple[str, ...]
    source: LedgerSource
    report_date: dt.date | None
    report_month: dt.date | None
    file_sha256: str


@dataclass(slots=True)
class TableOutcome:
    """A table read: its rows, the role of every row below its header, its control totals, remarks for people."""

    table: TableReading
    roles: dict[int, str]
    control_totals: list[ControlTotal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_table(context: TableContext) -> TableOutcome:
    """Read one table of a sheet."""
    table, grid = context.table, context.grid
    titles = [line.text for line in table.titles]
    kind = decide_kind([column.path for column in table.columns], [*titles, grid.sheet.name], _header_context(context))
    roles = classify_rows(grid, table, kind.meanings, kind.kind or "project")
    reading = _empty_reading(context, kind, roles)
    typing = _typed(context, reading, kind, roles)
    if kind.kind == "project":
        _fill_names(reading, kind)
        _require_names(reading, typing)
        fill_stages(
            reading,
            roles.groups,
            typing.hints,
            sheet_name=grid.sheet.name,
            titles=titles,
            county_code=context.source.county_code,
            as_of=context.report_date,
        )
    _settle_unlabelled(context, reading, roles)
    if kind.kind is None:
        _reject_all(reading)
    outcome = TableOutcome(reading, _furniture_roles(context, reading, roles))
    outcome.control_totals = Totals(grid, reading, roles).run()
    outcome.remarks = [f"阶段词不认识 unknown stage wording: {word}" for word in typing.unknown_stages]
    return outcome


def _header_context(context: TableContext) -> HeaderContext:
    return HeaderContext(
        county_code=context.source.county_code,
        sheet_name=context.grid.sheet.name,
        unit_line=_unit_line(context),
        source_unit=context.source.default_unit,
        report_year=context.report_date.year if context.report_date else None,
    )


def _unit_line(context: TableContext) -> str | None:
    """The nearest text that states a unit of money: the table's own titles, the sheet's, then its notes."""
    own = [line.text for line in reversed(context.table.titles)]
    for text in [*own, *context.sheet_lines, *_notes(context)]:
        if any(unit.is_money for unit in unit_in_text(text)):
            return text
    return None


def _notes(context: TableContext) -> list[str]:
    grid, found = context.grid, []
    for row in range(max(context.table.first_row, context.table.end_row - 15), context.table.end_row):
        texts = grid.row_texts(row)
        if texts and len(texts) <= 2 and _UNIT_NOTE.search(texts[0]) and label_kind(texts[0]) == "note":
            found.append(texts[0])
    return found


# Cells


def _empty_reading(context: TableContext, kind: TableKind, roles: RowRoles) -> TableReading:
    table, grid = context.table, context.grid
    filled_down = _filled_down(context, kind)
    columns = []
    keys: dict[str, int] = {}
    for column, meaning in zip(table.columns, kind.meanings, strict=True):
        key = " > ".join(column.path)
        keys[key] = keys.get(key, 0) + 1
        if keys[key] > 1:
            key = f"{key} #{keys[key]}"
        index = column.index
        values = [grid.rows[row][index] for row in roles.data]
        if index in filled_down:
            down = filled_down[index]
            values = [down.get(row) if value is None else value for row, value in zip(roles.data, values, strict=True)]
        columns.append(ColumnReading(key, index, meaning, values, index in grid.sheet.hidden_columns))
    numbers = [row + 1 for row in roles.data]
    reading = TableReading(
        sheet=grid.sheet.name,
        number=context.number,
        kind=kind.kind or "",
        header_rows=tuple(row + 1 for row in table.header_rows),
        columns=columns,
        row_numbers=numbers,
        row_ids=row_ids(context.source.county_code, context.file_sha256, grid.sheet.name, context.band, numbers),
        group_paths=[" > ".join(group.text for group in stack) or None for stack in roles.groups],
        report_date=context.report_date,
        report_month=context.report_month,
    )
    hidden = grid.sheet.hidden_rows
    if hidden:
        reading.hidden_positions = {position for position, row in enumerate(roles.data) if row in hidden}
    for position, row in enumerate(roles.data):
        if row in grid.sheet.bad_rows:
            code, raw = grid.sheet.bad_rows[row]
            reading.undecoded[position] = raw
            reading.reasons[position] = [_bad_row(code, raw)]
            for column in columns:
                column.values[position] = None
    reading.first_of_record = _records(context, roles)
    return reading


def _bad_row(code: str, raw: str) -> RowReason:
    return RowReason(
        code,
        "",
        raw,
        f"这一行无法解码或拆分成列（{code}）；请改正后重报。 This line could not be decoded or split ({code}).",
    )


def _filled_down(context: TableContext, kind: TableKind) -> dict[int, dict[int, CellValue]]:
    """Values of vertically merged cells for the rows below the first, by column and row; amounts stay where they are."""
    grid, table = context.grid, context.table
    figures = {
        column.index
        for column, meaning in zip(table.columns, kind.meanings, strict=True)
        if meaning.value_type in {"amount_cny", "amount_usd", "rate"}
        or (meaning.value_type == "number" and kind.kind != "outreach")
        or meaning.field in {"value", "sequence_no"}
    }
    found: dict[int, dict[int, CellValue]] = {}
    for area in grid.merges:
        if area.bottom == area.top or area.top < table.first_row or area.bottom >= table.end_row:
            continue
        value = grid.rows[area.top][area.left]
        if value is None or area.left in figures or (isinstance(value, str) and label_kind(value)):
            continue
        column = found.setdefault(area.left, {})
        for row in range(area.top + 1, area.bottom + 1):
            column[row] = value
    return found


def _records(context: TableContext, roles: RowRoles) -> list[int]:
    """For each data row the row number of its record's first row: a trip over several companies is one record."""
    firsts: dict[int, int] = {}
    for area in context.grid.merges:
        if area.bottom > area.top >= context.table.first_row:
            for row in range(area.top, area.bottom + 1):
                firsts[row] = min(firsts.get(row, row), area.top)
    return [firsts.get(row, row) + 1 for row in roles.data]


# Types


def _typed(context: TableContext, reading: TableReading, kind: TableKind, roles: RowRoles) -> Typing:
    source = context.source
    year = context.report_date.year if context.report_date else None
    typing = Typing(reading, source.county_code, year)
    _fold_continuations(context, reading, roles)
    months = month_columns(reading.columns) if kind.kind == "project" else {}
    for group in months.values():
        main = reporting_column(group, context.report_month)
        for column in group:
            column.is_month_column = column is not main
    for column in reading.columns:
        typing.run(column)
    _mark_errors(context, reading, roles)
    for group in months.values():
        for column in group:
            keep_months(reading, column)
    return typing


def _fold_continuations(context: TableContext, reading: TableReading, roles: RowRoles) -> None:
    """Rows that continue a record join it: texts one after another, figures only where they do not contradict."""
    position_of = {row: position for position, row in enumerate(roles.data)}
    for row, first in roles.continuations.items():
        position = position_of.get(first)
        if position is None:
            continue
        for column in reading.columns:
            more = context.grid.rows[row][column.index]
            own = column.values[position]
            if more is None or (own is not None and cell_text(own) == cell_text(more)):
                continue
            if own is None:
                column.values[position] = more
            elif column.meaning.value_type in _TYPED:
                reading.reasons.setdefault(position, []).append(_several(column, own, more))
            else:
                column.values[position] = f"{cell_text(own)}{JOINER}{cell_text(more)}"


def _several(column: ColumnReading, own: CellValue, more: CellValue) -> RowReason:
    raw = f"{cell_text(own)}{JOINER}{cell_text(more)}"
    return RowReason(
        "several_values",
        column.key,
        raw,
        f"同一项目跨行，“{column.key}”有两个不同的值（{raw}），不能确定取哪个；请合并为一行。 "
        f"The project spans rows and this column holds two different values; put it into one row.",
    )


def _mark_errors(context: TableContext, reading: TableReading, roles: RowRoles) -> None:
    """Error values and uncached formulas in typed columns reject their row; elsewhere they are kept as text."""
    sheet = context.grid.sheet
    if not sheet.errors and not sheet.uncached:
        return
    position_of = {row: position for position, row in enumerate(roles.data)}
    by_index = {column.index: column for column in reading.columns}
    for row, index in sorted([*sheet.errors, *sheet.uncached]):
        position, column = position_of.get(row), by_index.get(index)
        if position is None or column is None:
            continue
        text = sheet.errors.get((row, index))
        if column.values[position] is None:
            column.values[position] = text or "（公式未计算）"
        if column.meaning.value_type in _TYPED or column.meaning.field == "project_name":
            code = "cell_error" if text else "formula_uncached"
            message = (
                f"单元格是公式错误值 {text}；请修正后重报。 The cell is a formula error ({text})."
                if text
                else "公式没有缓存结果；请在 Excel 里打开、重新计算并保存后重报。 "
                "The formula has no cached result; open it in Excel, recalculate, save and send again."
            )
            reading.reasons.setdefault(position, []).append(RowReason(code, column.key, text or "", message))


def _fill_names(reading: TableReading, kind: TableKind) -> None:
    """Where no column names the project, the company registered for it stands for its name."""
    if kind.name_from_company and "project_company" in reading.fields:
        reading.fields["project_name"] = list(reading.fields["project_company"])


def _require_names(reading: TableReading, typing: Typing) -> None:
    names = reading.fields.get("project_name") or [None] * len(reading)
    missing = [position for position, name in enumerate(names) if name is None and position not in reading.undecoded]
    if not missing:
        return
    column = next((c.key for c in reading.columns if c.meaning.field == "project_name"), "")
    for position in missing:
        reading.reasons.setdefault(position, []).append(
            RowReason(
                "project_name_missing",
                column,
                "",
                "这一行有数据但没有项目名称；请补上后重报。 The row holds data but no project name; add it and send again.",
            )
        )


def _settle_unlabelled(context: TableContext, reading: TableReading, roles: RowRoles) -> None:
    """A row of figures only whose figures are the sums of the rows above it is a total without a label."""
    drop = [
        position
        for position, row in enumerate(roles.data)
        if roles.roles[row] == "unlabelled" and _sums_up(reading, position)
    ]
    if not drop:
        return
    for position in drop:
        row = roles.data[position]
        roles.roles[row] = "total"
        roles.totals.append(TotalRow(row, "total", ""))
    _drop_positions(reading, roles, set(drop))


def _sums_up(reading: TableReading, position: int) -> bool:
    """Whether every figure of the row that can be checked is the sum of the others' (and there is one)."""
    checked = False
    for column in reading.columns:
        if column.typed is None or column.typed[position] is None:
            continue
        stated = column.typed[position]
        others = [value for other, value in enumerate(column.typed) if other != position and value is not None]
        if len(others) < 2 or abs(sum(others, Decimal(0)) - (stated or Decimal(0))) > Decimal("0.01"):
            return False
        checked = True
    return checked


def _drop_positions(reading: TableReading, roles: RowRoles, drop: set[int]) -> None:
    """Take rows out of every columnwise list."""
    keep = [position for position in range(len(reading)) if position not in drop]
    moved = {old: new for new, old in enumerate(keep)}

    def kept(values: Sequence[FieldValue]) -> list[FieldValue]:
        return [values[position] for position in keep]

    for column in reading.columns:
        column.values = [column.values[position] for position in keep]
        if column.typed is not None:
            column.typed = [column.typed[position] for position in keep]
    reading.fields = {name: kept(values) for name, values in reading.fields.items()}
    reading.precisions = {name: [values[p] for p in keep] for name, values in reading.precisions.items()}
    reading.row_numbers = [reading.row_numbers[position] for position in keep]
    reading.row_ids = [reading.row_ids[position] for position in keep]
    reading.group_paths = [reading.group_paths[position] for position in keep]
    reading.first_of_record = [reading.first_of_record[position] for position in keep]
    reading.hidden_positions = {moved[p] for p in reading.hidden_positions if p in moved}
    for kept_by_position in (
        reading.reasons,
        reading.approximate,
        reading.added_extra,
        reading.summary_values,
        reading.month_values,
        reading.undecoded,
    ):
        entries = {moved[p]: value for p, value in kept_by_position.items() if p in moved}
        kept_by_position.clear()
        kept_by_position.update(entries)  # type: ignore[arg-type]
    roles.data = [roles.data[position] for position in keep]
    roles.groups = [roles.groups[position] for position in keep]


def _reject_all(reading: TableReading) -> None:
    """Rows of a table of no known kind, beside known tables: rejected, so that people see them."""
    headers = "、".join(column.key for column in reading.columns[:8])
    for position in range(len(reading)):
        reading.reasons.setdefault(position, []).append(
            RowReason(
                "no_project_column",
                "",
                "",
                f"这张表没有项目名称列（{headers}）；请在表头写明。 This table has no column that names the project.",
            )
        )


def _furniture_roles(context: TableContext, reading: TableReading, roles: RowRoles) -> dict[int, str]:
    found = {line.row: "title" for line in context.table.titles}
    found.update(dict.fromkeys(context.table.header_rows, "header"))
    data = {number - 1 for number in reading.row_numbers}
    found.update({row: role for row, role in roles.roles.items() if row not in data})
    return found
