"""Stated totals beside the sums of the rows they cover.

A total covers all rows of its table; one in the middle of a table with sections (headings, repeated headers, further
totals) covers its section, unless its label says 总计 or 全县. A subtotal covers the rows of its block: those above it since the last subtotal or
heading, or those below it where the first one stands above its rows. A heading covers the rows below it.
Where those rows do not make up the figures of a total and others that it may cover do, it covers the others.
Rows are summed accepted or rejected, wherever their cell could be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.formats.sheet import CellValue
from ingest.layout.grid import Grid
from ingest.ledgers.ledger_types import ColumnReading, ControlTotal, TableReading
from ingest.rows.furniture import stated_count
from ingest.rows.row_types import GroupRow, RowRoles, TotalRow
from ingest.values.cell_values import parse_amount, parse_number
from ingest.values.printed import compact

PROJECT_COUNT = "project_count"
_COUNT_HEADER = re.compile(r"^(?:项目)?(?:个数|数量|数)(?:[(\[](?:个|项)[)\]])?$")
# Rounded figures add up to nearly their total.
_NEAR = Decimal("0.001")
_GRAND = ("总计", "总合计", "全市", "全县", "全区", "全省", "全州")


class Totals:
    """The control totals of one table."""

    def __init__(self, grid: Grid, table: TableReading, roles: RowRoles) -> None:
        self.grid, self.table, self.roles = grid, table, roles
        self.data = [number - 1 for number in table.row_numbers]
        totals = {one.row for one in roles.totals if one.level == "total" and not _is_grand(one)}
        headings = {group.row for group in roles.group_rows}
        headers = {row for row, role in roles.roles.items() if role == "header"}
        self.section_borders = sorted(totals | headings | headers)
        self.count_column = next(
            (c.index for c in table.columns if c.meaning.field is None and _COUNT_HEADER.match(compact(c.key))), None
        )
        self.sums = {column.index: column for column in table.columns if _can_be_summed(column)}

    def run(self) -> list[ControlTotal]:
        """All stated totals, by row."""
        found: list[ControlTotal] = []
        for total in sorted(self.roles.totals, key=lambda one: one.row):
            covered = self._made_up_by(total.row, self._covered(total))
            found.extend(self._stated(total.row, total.label, total.level, covered))
            count = self._stated_count(total.row) or stated_count(total.label)
            if count is not None and self.table.kind == "project":
                found.append(self._count(total.row, total.label, total.level, count, covered))
        for group in self.roles.group_rows:
            rows = self._below_group(group)
            if rows:  # what a heading above no record states has nothing to be compared with
                found.extend(self._stated(group.row, group.text, "group", rows))
            count = group.stated_count if group.stated_count is not None else self._stated_count(group.row)
            if count is not None:
                found.append(self._count(group.row, group.text, "group", count, rows))
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

    def _stated_count(self, row: int) -> int | None:
        """The number of projects that a column of counts states in a heading or total row."""
        value = self.grid.rows[row][self.count_column] if self.count_column is not None else None
        number = parse_number(value, column_unit=None).value
        return int(number) if number is not None and number == int(number) else None

    def _count(self, row: int, label: str, level: str, count: int, rows: Sequence[int]) -> ControlTotal:
        return ControlTotal(
            sheet=self.table.sheet,
            row_number=row + 1,
            label=label,
            level=level,
            field=PROJECT_COUNT,
            header="",
            unit="count",
            first_row_number=rows[0] + 1 if rows else None,
            last_row_number=rows[-1] + 1 if rows else None,
            rows_summed=len(rows),
            stated_value=Decimal(count),
            rows_sum=Decimal(len(rows)),
        )

    # Which rows a total covers

    def _made_up_by(self, row: int, covered: list[int]) -> list[int]:
        """The rows that make up a total's figures: those it covers by its place and label, or others it may as well cover
        (合计 in the middle of a list, 柳林镇合计 above the 合计 of all).
        """
        if self._adds_up(row, covered):
            return covered
        borders = sorted({*self._subtotal_borders(), *self.section_borders})
        before = max((border for border in borders if border < row), default=-1)
        after = min((border for border in borders if border > row), default=self.grid.height)
        others = (
            self.data,
            [one for one in self.data if one < row],
            [one for one in self.data if before < one < row],
            [one for one in self.data if row < one < after],
        )
        return next((rows for rows in others if self._adds_up(row, rows)), covered)

    def _adds_up(self, row: int, rows: Sequence[int]) -> bool:
        """Whether every figure of a total is the sum over some rows, and one of them more than nothing."""
        covered, is_checked = set(rows), False
        for index, column in self.sums.items():
            stated = stated_value(self.grid.rows[row][index], column)
            if not stated or column.typed is None:
                continue
            known = [v for at, v in zip(self.data, column.typed, strict=True) if at in covered and v is not None]
            if not known or abs(sum(known, Decimal(0)) - stated) > abs(stated) * _NEAR:
                return False
            is_checked = True
        return is_checked

    def _covered(self, total: TotalRow) -> list[int]:
        if total.level == "subtotal":
            return self._block(total.row, self._subtotal_borders())
        if _is_grand(total) or not self._stands_between(total.row):
            totals = [one.row for one in self.roles.totals if one.level == "total" and not _is_grand(one)]
            if len(totals) < 2 or _is_grand(total):
                return self.data
            return self._block(total.row, sorted({*totals, *self.section_borders}))
        others = [border for border in self.section_borders if border != total.row]
        if not others:
            return self.data
        start = max((border for border in others if border < total.row), default=-1)
        return [row for row in self.data if start < row < total.row] or self.data

    def _stands_between(self, row: int) -> bool:
        return bool(self.data) and self.data[0] < row < self.data[-1]

    def _subtotal_borders(self) -> list[int]:
        rows = {one.row for one in self.roles.totals} | {group.row for group in self.roles.group_rows}
        return sorted(rows)

    def _block(self, row: int, borders: list[int]) -> list[int]:
        """The rows of the block that a border row sums: above it, or below it where the first border leads."""
        before = max((border for border in borders if border < row), default=-1)
        after = min((border for border in borders if border > row), default=self.grid.height)
        above = [data_row for data_row in self.data if before < data_row < row]
        below = [data_row for data_row in self.data if row < data_row < after]
        if self._subtotals_lead():
            return below or above
        return above or below

    def _subtotals_lead(self) -> bool:
        """Whether subtotals stand above their rows: the first one comes before any row."""
        first = min((one.row for one in self.roles.totals if one.level == "subtotal"), default=-1)
        return bool(self.data) and 0 <= first < self.data[0]

    def _below_group(self, group: GroupRow) -> list[int]:
        return [
            row
            for row, stack in zip(self.roles.data, self.roles.groups, strict=True)
            if any(one.row == group.row for one in stack) and row in self.data
        ]


def _is_grand(total: TotalRow) -> bool:
    return any(word in compact(total.label) for word in _GRAND)


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
