"""What the ledger reader makes of a file, column by column; rows for printing are put together on demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.columns.column_meaning import ColumnMeaning
from ingest.formats.sheet import CellValue
from ingest.values.printed import cell_text

FieldValue = str | float | int | Decimal | dt.date | None

KINDS = ("project", "summary", "outreach", "problem")


@dataclass(frozen=True, slots=True)
class RowReason:
    """Why a row was rejected: a code, the column's header path (empty for the row as a whole), its raw text."""

    code: str
    column: str
    raw: str
    message: str


@dataclass(frozen=True, slots=True)
class SummaryValue:
    """One figure of a summary row. `value` is in whole units of `unit`; `recomputed_value` likewise, for rates.

    `region_name` is set where the figure's column, not its row, names the region.
    """

    header: str
    indicator: str | None
    measure: str | None
    scope: str | None
    funds_origin: str | None
    unit: str | None
    value: Decimal | None
    recomputed_value: Decimal | None
    raw: str
    region_name: str | None = None


@dataclass(frozen=True, slots=True)
class StepValue:
    """One permit step of a project whose steps stand side by side: who answers, until when, since when, how it stands."""

    step: str
    header: str
    owner_unit: str | None = None
    owner_person: str | None = None
    due_on: dt.date | None = None
    due_on_precision: str | None = None
    closed_on: dt.date | None = None
    closed_on_precision: str | None = None
    status: str | None = None
    state: str | None = None  # what `status` says, one of `item_states.STATES`


@dataclass(frozen=True, slots=True)
class MonthValue:
    """One figure of a wide month column: `field` over months `month_from` to `month_to` of `year`."""

    header: str
    field: str | None
    year: int | None
    month_from: int | None
    month_to: int | None
    amount_cny: Decimal | None
    raw: str


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A stated total beside the sum of the rows it covers. Rows are 1-based; `level` is `total subtotal group`."""

    sheet: str
    row_number: int
    label: str
    level: str
    field: str
    header: str
    unit: str | None
    first_row_number: int | None
    last_row_number: int | None
    rows_summed: int
    stated_value: Decimal | None
    rows_sum: Decimal | None


@dataclass(slots=True)
class ColumnReading:
    """One column: its meaning and its cells, one a data row of the table (identity cells of merges filled down).

    `to_type` holds the cells as they are to be typed where other columns complete them (a unit, a date's month and day).
    `typed` holds the figures of amount and number columns. `is_month_column` marks a wide month column that does not
    fill the row's field.
    """

    key: str
    index: int
    meaning: ColumnMeaning
    values: list[CellValue]
    is_hidden: bool = False
    typed: list[Decimal | None] | None = None
    is_month_column: bool = False
    to_type: list[CellValue] | None = None

    @property
    def cells(self) -> list[CellValue]:
        """The cells to type: completed by other columns where they are, else as printed."""
        return self.values if self.to_type is None else self.to_type


@dataclass(slots=True)
class LedgerRow:
    """One data row, as `luodi ledger read --json` prints it. `fields` holds only what is known."""

    row_id: str
    sheet: str
    row_number: int
    status: str
    kind: str
    fields: dict[str, FieldValue]
    precisions: dict[str, str]
    reasons: list[RowReason]
    raw: dict[str, str]
    extra: dict[str, str]
    is_hidden: bool = False
    group_path: str | None = None
    approximate_fields: tuple[str, ...] = ()
    summary_values: tuple[SummaryValue, ...] = ()
    month_values: tuple[MonthValue, ...] = ()
    steps: tuple[StepValue, ...] = ()


@dataclass(slots=True)
class TableReading:
    """One table's data rows, columnwise: every list has one entry a data row.

    `fields` maps a field to its values, `precisions` a date field to its precisions. `reasons`, `approximate`,
    `added_extra`, `summary_values`, `month_values` and `steps` are kept by position, only where there are any.
    """

    sheet: str
    number: int
    kind: str
    header_rows: tuple[int, ...]
    columns: list[ColumnReading]
    row_numbers: list[int]
    row_ids: list[str] = field(default_factory=list)
    fields: dict[str, list[FieldValue]] = field(default_factory=dict)
    precisions: dict[str, list[str | None]] = field(default_factory=dict)
    reasons: dict[int, list[RowReason]] = field(default_factory=dict)
    approximate: dict[int, list[str]] = field(default_factory=dict)
    added_extra: dict[int, dict[str, str]] = field(default_factory=dict)
    summary_values: dict[int, list[SummaryValue]] = field(default_factory=dict)
    month_values: dict[int, list[MonthValue]] = field(default_factory=dict)
    steps: dict[int, list[StepValue]] = field(default_factory=dict)
    group_paths: list[str | None] = field(default_factory=list)
    hidden_positions: set[int] = field(default_factory=set)
    undecoded: dict[int, str] = field(default_factory=dict)
    first_of_record: list[int] = field(default_factory=list)
    report_date: dt.date | None = None
    report_month: dt.date | None = None
    is_other_business: bool = False

    def __len__(self) -> int:
        """How many data rows the table has."""
        return len(self.row_numbers)

    def drop(self, positions: set[int]) -> None:
        """Take rows out of every columnwise list."""
        keep = [position for position in range(len(self)) if position not in positions]
        moved = {old: new for new, old in enumerate(keep)}
        for column in self.columns:
            column.values = [column.values[position] for position in keep]
            if column.to_type is not None:
                column.to_type = [column.to_type[position] for position in keep]
            if column.typed is not None:
                column.typed = [column.typed[position] for position in keep]
        self.fields = {name: [values[p] for p in keep] for name, values in self.fields.items()}
        self.precisions = {name: [values[p] for p in keep] for name, values in self.precisions.items()}
        self.row_numbers = [self.row_numbers[position] for position in keep]
        self.row_ids = [self.row_ids[position] for position in keep]
        self.group_paths = [self.group_paths[position] for position in keep]
        self.first_of_record = [self.first_of_record[position] for position in keep]
        self.hidden_positions = {moved[p] for p in self.hidden_positions if p in moved}
        self.reasons = {moved[p]: kept for p, kept in self.reasons.items() if p in moved}
        self.approximate = {moved[p]: kept for p, kept in self.approximate.items() if p in moved}
        self.added_extra = {moved[p]: kept for p, kept in self.added_extra.items() if p in moved}
        self.summary_values = {moved[p]: kept for p, kept in self.summary_values.items() if p in moved}
        self.month_values = {moved[p]: kept for p, kept in self.month_values.items() if p in moved}
        self.steps = {moved[p]: kept for p, kept in self.steps.items() if p in moved}
        self.undecoded = {moved[p]: kept for p, kept in self.undecoded.items() if p in moved}

    def raw_of(self, position: int) -> dict[str, str]:
        """The original cell texts of a row by header path, empty cells left out."""
        if position in self.undecoded:
            return {"": self.undecoded[position]}
        return {
            column.key: cell_text(column.values[position])
            for column in self.columns
            if column.values[position] is not None
        }

    def extra_of(self, position: int) -> dict[str, str]:
        """The cells of unmapped columns by header path, and what a mapped cell held beside its field."""
        if position in self.undecoded:
            return {}
        found = {
            column.key: cell_text(column.values[position])
            for column in self.columns
            if (column.meaning.field is None or column.is_month_column) and column.values[position] is not None
        }
        return found | self.added_extra.get(position, {})

    def rows(self) -> Iterator[LedgerRow]:
        """The rows one by one."""
        for position, number in enumerate(self.row_numbers):
            reasons = self.reasons.get(position, [])
            yield LedgerRow(
                row_id=self.row_ids[position],
                sheet=self.sheet,
                row_number=number,
                status="rejected" if reasons else "accepted",
                kind=self.kind,
                fields={name: v for name, values in self.fields.items() if (v := values[position]) is not None},
                precisions={name: p for name, all_ in self.precisions.items() if (p := all_[position])},
                reasons=reasons,
                raw=self.raw_of(position),
                extra=self.extra_of(position),
                is_hidden=position in self.hidden_positions,
                group_path=self.group_paths[position] if self.group_paths else None,
                approximate_fields=tuple(self.approximate.get(position, ())),
                summary_values=tuple(self.summary_values.get(position, ())),
                month_values=tuple(self.month_values.get(position, ())),
                steps=tuple(self.steps.get(position, ())),
            )


@dataclass(slots=True)
class TableOutcome:
    """A table read: its rows, the role of its furniture rows, its control totals, remarks for people."""

    table: TableReading
    roles: dict[int, str]
    control_totals: list[ControlTotal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class SheetReading:
    """One sheet: its tables and how many of its rows were furniture, by role."""

    name: str
    is_hidden: bool
    tables: list[TableReading] = field(default_factory=list)
    furniture: dict[str, int] = field(default_factory=dict)

    @property
    def furniture_rows(self) -> int:
        """How many rows are no data."""
        return sum(self.furniture.values())


@dataclass(slots=True)
class LedgerReading:
    """One file. `status` is `read` or `refused` (then with reason code and message, and no sheets).

    `seems_other`: refused for what its tables seem to speak of, which the source's configuration may overrule.
    """

    file_sha256: str
    status: str
    reason_code: str | None = None
    reason_message: str | None = None
    format: str | None = None
    encoding: str | None = None
    report_date: dt.date | None = None
    report_date_basis: str | None = None
    report_month: dt.date | None = None
    revision_rank: int = 0
    sheets: list[SheetReading] = field(default_factory=list)
    control_totals: list[ControlTotal] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    seems_other: bool = False

    @property
    def tables(self) -> Iterator[TableReading]:
        """All tables of all sheets, in order."""
        for sheet in self.sheets:
            yield from sheet.tables

    @property
    def rows(self) -> Iterator[LedgerRow]:
        """All data rows, in order."""
        for table in self.tables:
            yield from table.rows()

    @property
    def rows_rejected(self) -> int:
        """Rows turned away with a reason."""
        return sum(len(table.reasons) for table in self.tables)

    @property
    def rows_accepted(self) -> int:
        """Rows taken over."""
        return sum(len(table) for table in self.tables) - self.rows_rejected

    @property
    def rows_furniture(self) -> int:
        """Titles, headers, groups, totals, notes, signatures, blanks, template rows."""
        return sum(sheet.furniture_rows for sheet in self.sheets)

    @property
    def rows_seen(self) -> int:
        """Every row of every sheet (a sheet row with records of two tables side by side counts twice)."""
        return self.rows_accepted + self.rows_rejected + self.rows_furniture

    @property
    def rows_hidden(self) -> int:
        """Data rows that are hidden in the file; they are read all the same."""
        return sum(len(table.hidden_positions) for table in self.tables)
