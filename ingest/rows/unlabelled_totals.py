"""Rows of figures only that sum up the others: totals without a word."""

from __future__ import annotations

from decimal import Decimal

from ingest.ledgers.ledger_types import TableReading
from ingest.rows.row_types import RowRoles, TotalRow

_CENT = Decimal("0.01")


def settle_unlabelled(reading: TableReading, roles: RowRoles) -> None:
    """A row of figures only whose figures are the sums of the other rows is a total without a label."""
    drop = {
        position
        for position, row in enumerate(roles.data)
        if roles.roles[row] == "unlabelled" and _sums_up(reading, position)
    }
    if drop:
        roles.totals.extend(TotalRow(roles.data[position], "total", "") for position in sorted(drop))
        reading.drop(drop)
        roles.drop(drop, "total")


def _sums_up(reading: TableReading, position: int) -> bool:
    """Whether every figure of the row that can be checked is the sum of the others' (and there is one)."""
    checked = False
    for column in reading.columns:
        stated = column.typed[position] if column.typed else None
        if column.typed is None or stated is None:
            continue
        others = [value for other, value in enumerate(column.typed) if other != position and value is not None]
        if len(others) < 2 or abs(sum(others, Decimal(0)) - stated) > _CENT:
            return False
        checked = True
    return checked
