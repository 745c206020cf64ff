"""Random ledgers in random layouts are read back equal: every field, every row, nothing taken for a project that is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from random_ledgers import DATE_COLUMNS, RandomLedger, ledgers

from ingest.ledgers.ledger import LedgerReading, LedgerSource, read_ledger

DERIVED = {"stage", "stage_raw"}


def assert_read_back(reading: LedgerReading, ledger: RandomLedger, *, height: int) -> None:
    assert reading.status == "read", reading.reason_message
    rows = list(reading.rows)
    problems = [(row.row_number, row.reasons) for row in rows if row.reasons]
    assert problems == []
    assert [row.row_number - 1 for row in rows] == ledger.rows
    for row, expected in zip(rows, ledger.projects, strict=True):
        assert row.kind == "project"
        assert fields_of(row.fields, expected) == expected
        assert row.extra == {}
    assert reading.rows_seen == height
    assert reading.report_date is not None
    assert reading.report_date.isoformat() == "2026-06-30"
    for total in reading.control_totals:
        if total.field != "project_count":
            assert total.stated_value == total.rows_sum, total


def fields_of(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What was read, without a stage that only the dates gave."""
    by_dates = any(name in found for name in DATE_COLUMNS)
    ignored = DERIVED if by_dates and "stage" not in expected else {"stage_raw"}
    return {
        name: value.quantize(Decimal("0.01")) if isinstance(value, Decimal) else value
        for name, value in found.items()
        if name not in ignored
    }


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(ledgers())
def test_random_workbook_is_read_back_equal(ledger: RandomLedger) -> None:
    reading = read_ledger(ledger.xlsx(), "台账.xlsx", LedgerSource("410922"))
    height = max((row for row, cells in enumerate(ledger.cells) if any(c is not None for c in cells)), default=0) + 1
    assert_read_back(reading, ledger, height=height)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(ledgers())
def test_random_delimited_text_is_read_back_equal(ledger: RandomLedger) -> None:
    reading = read_ledger(ledger.csv("gb18030"), "台账.csv", LedgerSource("410922"))
    assert_read_back(reading, ledger, height=reading.rows_seen)
