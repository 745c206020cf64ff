"""Stated totals beside the sums of the rows they cover.

A total covers all rows of its table, or, where a table has several, the rows since the last one (a final one whose
label says 总计 covers all). A subtotal covers the rows of its block: those above it since the last subtotal or
heading, or those below it where the first one stands above its rows. A heading covers the rows below it.
Rows are summed accepted or rejected, wherever their cell could be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ingest.grid import Grid
from ingest.ledger_types import ColumnReading, ControlTotal, TableReading
from ingest.printed import compact
from ingest.row_roles import GroupRow, RowRoles, TotalRow
from ingest.sheet import CellValue
from ingest.values import parse_amount, parse_number

PROJECT_COUNT = "project_count"
_GRAND = ("总计", "总合计", "全市", "全县", "全区", "全省", "全州")


class Totals:
    """The control totals of one table."""

    def __init__(self, grid: Grid, table: TableReading, roles: RowRoles) -> None:
        self.grid, self.table, self.roles = grid, table, roles
        self.data = [number - 1 for number in table.row_numbers]
        self.sums = {column.index: column for column in table.columns if _can_be_summed(column)}

    def run(self) -> list[ControlTotal]:
        """All stated totals, by row."""
        found: list[ControlTotal] = []
        for total in sorted(self.roles.totals, key=lambda one: one.row):
            found.extend(self._stated(total.row, total.label, total.level, self._covered(total)))
        for group in self.roles.group_rows:
            rows = self._below_group(group)
            found.extend(self._stated(group.row, group.text, "group", rows))
            if group.stated_count is not None:
                found.append(self._count(group, rows))
        return sorted(found, key=lambda one: one.row_number)

    def _stated(self, row: int, label: str, level: str, rows: Sequence[int]) -> list[ControlTotal]:
        covered = set(rows)
        # A trip's days stand on all its rows and count once.
        positions = [
            position
            for position, data_row in enumerate(self.data)
            if data_row in covered
            and (self.table.kind != "outreach" or self.table.first_of_record[position] == data_row + 1)
        ]
        found = []
        for index, column in self.sums.items():
            stated = stated_value(self.grid.rows[row][index], column)
            if stated is None:
                continue
            values = [column.typed[position] for position in positions] if column.typed else []
            known = [value for value in values if value is not None]
            found.append(
                ControlTotal(
                    sheet=self.table.sheet,
                    row_number=row + 1,
                    label=label,
                    level=level,
                    field=column.meaning.field or "",
                    header=column.key,
                    unit=column.meaning.unit.code if column.meaning.unit else None,
                    first_row_number=self.data[positions[0]] + 1 if positions else None,
                    last_row_number=self.data[positions[-1]] + 1 if positions else None,
                    rows_summed=len(known),
                    stated_value=stated,
                    rows_sum=sum(known, Decimal(0)),
                )
            )
        return found

    def _count(self, group: GroupRow, rows: Sequence[int]) -> ControlTotal:
        return ControlTotal(
            sheet=self.table.sheet,
            row_number=group.row + 1,
            label=group.text,
            level="group",
            field=PROJECT_COUNT,
            header="",
            unit="count",
            first_row_number=rows[0] + 1 if rows else None,
            last_row_number=rows[-1] + 1 if rows else None,
            rows_summed=len(rows),
            stated_value=Decimal(group.stated_count or 0),
            rows_sum=Decimal(len(rows)),
        )

    # Which rows a total covers

    def _covered(self, total: TotalRow) -> list[int]:
        if total.level == "subtotal":
            return self._block(total.row, self._subtotal_borders())
        totals = [one for one in self.roles.totals if one.level == "total"]
        if len(totals) == 1 or any(word in compact(total.label) for word in _GRAND):
            return self.data
        rest = [one for one in totals if not any(word in compact(one.label) for word in _GRAND)]
        if len(rest) == 1:
            return self.data
        return self._block(total.row, sorted(one.row for one in rest))

    def _subtotal_borders(self) -> list[int]:
        rows = {one.row for one in self.roles.totals} | {group.row for group in self.roles.group_rows}
        return sorted(rows)

    def _block(self, row: int, borders: list[int]) -> list[int]:
        """The rows of the block that a border row sums: above it, or below it where the first border leads."""
        before = max((border for border in borders if border < row), default=-1)
        after = min((border for border in borders if border > row), default=self.grid.height)
        above = [data_row for data_row in self.data if before < data_row < row]
        below = [data_row for data_row in self.data if row < data_row < after]
        return above or below

    def _below_group(self, group: GroupRow) -> list[int]:
        return [
            row
            for row, stack in zip(self.roles.data, self.roles.groups, strict=True)
            if any(one.row == group.row for one in stack) and row in self.data
        ]


def _can_be_summed(column: ColumnReading) -> bool:
    return (
        column.typed is not None
        and column.meaning.value_type != "rate"
        and column.meaning.measure not in ("rate", "score", "rank")
    )


def stated_value(value: CellValue, column: ColumnReading) -> Decimal | None:
    """The figure a total row states in a column, in whole units, or None where it states none."""
    meaning = column.meaning
    if value is None:
        return None
    if meaning.value_type == "number":
        return parse_number(value, column_unit=meaning.unit).value
    currency = "USD" if meaning.value_type == "amount_usd" else "CNY"
    parsed = parse_amount(
        value,
        column_unit=meaning.unit,
        unit_basis=meaning.unit_basis,
        other_units=meaning.other_units,
        currency=currency,
    )
    return parsed.usd if currency == "USD" else parsed.cny
