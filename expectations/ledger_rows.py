"""What one ledger's project rows must satisfy before they count: only what is certainly wrong, judged from the row alone.

Failing rows of a `fail` check become `check_failures` partitions with the check's name; staging takes them out of the
accepted rows and into the rejected. What is merely suspicious (funds above the total, a stage against its dates) is
not turned away here: the warehouse's quality models show it, and its row stays.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations import checked
from expectations.check import Check, CheckOutcome
from expectations.ledger_cells import RowCells, cells_of_rows
from ingest.fields import STAGES, fields
from ingest.home import Home
from ingest.lake import SCHEMAS, read_partition, write_partition

if TYPE_CHECKING:
    import pandas as pd

SUITE = "ledger_rows"
SUITE_VERSION = "3"  # another number has every partition checked again
TABLE, FAILURES = "ledger_project_rows", "check_failures"

EARLIEST = dt.datetime(1980, 1, 1)  # noqa: DTZ001 a calendar day; before it no county attracted investment
LATEST = dt.datetime(2100, 1, 1)  # noqa: DTZ001
YEARS_AHEAD = 5  # a form may announce a date under an actual header; a date further off is a slip of the pen
LARGEST_CNY = 1e12  # no county's project comes near a trillion yuan; such a figure has the wrong unit

_REPORTER = "填报县区 the reporting county"
_WHAT_NEXT = "请在台账里改正后重新报送 correct the cell and send the ledger again"
_READER = "台账读取器维护者 maintainer of the ledger reader"

ACTUAL_DATES = (
    "signed_on", "registered_on", "performed_on", "started_on", "completed_on", "production_on", "landed_on",
    "statistics_entered_on",
)  # fmt: skip
PLANNED_DATES = ("planned_start_on", "planned_completion_on", "planned_production_on")
NEVER_NEGATIVE = (
    "total_investment_cny", "phase_one_investment_cny", "fixed_asset_investment_cny", "contract_amount_cny",
    "registered_capital_cny", "foreign_contract_usd",
)  # fmt: skip
LATEST_ACTUAL = "latest_actual_on"  # report date + YEARS_AHEAD, made for the extract


def _name_check() -> Check:
    return Check(
        "project_name_has_letters",
        "ExpectColumnValuesToMatchRegex",
        {"column": "project_name", "regex": r"[^\W\d_]"},
        "fail",
        "项目名称里没有一个字 the project name holds no letter at all",
        _REPORTER,
    )


def _present_check() -> Check:
    return Check(
        "project_name_present",
        "ExpectColumnValuesToNotBeNull",
        {"column": "project_name"},
        "fail",
        "没有项目名称 no project name",
        _REPORTER,
    )


def _amount_check(column: str) -> Check:
    said = fields()[column]
    return Check(
        f"{column}_plausible",
        "ExpectColumnValuesToBeBetween",
        {"column": column, "min_value": 0, "max_value": LARGEST_CNY},
        "fail",
        f"{said.label_zh}为负，或大于一万亿（多半是单位错了） {said.label_en} negative, or above a trillion (most likely a wrong unit)",
        _REPORTER,
    )


def _range_check(column: str) -> Check:
    said = fields()[column]
    return Check(
        f"{column}_in_calendar",
        "ExpectColumnValuesToBeBetween",
        {"column": column, "min_value": EARLIEST, "max_value": LATEST},
        "fail",
        f"{said.label_zh}早于1980年或晚于2100年 {said.label_en} before 1980 or after 2100",
        _REPORTER,
    )


def _future_check(column: str) -> Check:
    said = fields()[column]
    return Check(
        f"{column}_not_far_ahead",
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": LATEST_ACTUAL,
            "column_B": column,
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        "fail",
        f"{said.label_zh}比报告期晚了{YEARS_AHEAD}年以上 {said.label_en} more than {YEARS_AHEAD} years after the report date",
        _REPORTER,
    )


CHECKS: tuple[Check, ...] = (
    _present_check(),
    _name_check(),
    *[_amount_check(column) for column in NEVER_NEGATIVE],
    *[_range_check(column) for column in (*ACTUAL_DATES, *PLANNED_DATES)],
    *[_future_check(column) for column in ACTUAL_DATES],
    Check(
        "stage_known",
        "ExpectColumnValuesToBeInSet",
        {"column": "stage", "value_set": list(STAGES)},
        "warn",
        "阶段不在八个阶段之内 the stage is none of the eight",
        _READER,
    ),
    Check(
        "funds_cumulative_not_negative",
        "ExpectColumnValuesToBeBetween",
        {"column": "funds_arrived_cumulative_cny", "min_value": 0},
        "warn",
        "累计到位资金为负 cumulative funds are negative",
        _REPORTER,
    ),
    Check(
        "row_id_unique",
        "ExpectColumnValuesToBeUnique",
        {"column": "row_id"},
        "warn",
        "行号重复 a row id stands twice",
        _READER,
    ),
)


def check_new_rows(home: Home) -> list[dict[str, Any]]:
    """Check the project rows of partitions not yet seen, in one run; returns one summary a check, [] where nothing is new.

    Writes `check_failures/period=…/<county>-<sha256>.parquet` beside the rows' own path where a row failed, removes
    what an earlier run wrote there where none does, and leaves a page under `reports/checks`.
    """
    lake = home.lake
    for orphan in checked.orphans(lake, FAILURES, [TABLE]):
        orphan.unlink(missing_ok=True)
    fresh = checked.unchecked(lake, TABLE, SUITE_VERSION)
    if not fresh:
        return []
    stamps = {path: checked.stamp(path) for path in fresh}
    frame = _extract(fresh)
    outcomes = _run(frame)
    _write_failures(lake, fresh, frame, outcomes)
    checked.remember(lake, TABLE, SUITE_VERSION, stamps)
    _write_page(home, outcomes)
    return [outcome.summary() for outcome in outcomes]


def _columns() -> list[str]:
    money = [*NEVER_NEGATIVE, "funds_arrived_cumulative_cny"]
    return [
        "row_id",
        "county_code",
        "file_sha256",
        "report_date",
        "project_name",
        "stage",
        *money,
        *ACTUAL_DATES,
        *PLANNED_DATES,
    ]


def _extract(paths: list[Path]) -> pd.DataFrame:
    """The rows of the partitions with `partition` telling which; money as floats, days as timestamps."""
    import pandas as pd
    import pyarrow as pa

    schema = SCHEMAS[TABLE]
    tables = []
    for number, path in enumerate(paths):
        table = read_partition(path, _columns())
        tables.append(table.append_column("partition", pa.array([number] * len(table), pa.int32())))
    table = pa.concat_tables(tables)
    for place, name in enumerate(table.column_names):
        if name in schema.names and pa.types.is_decimal(schema.field(name).type):
            table = table.set_column(place, name, table.column(name).cast(pa.float64()))
    frame: pd.DataFrame = table.to_pandas(date_as_object=False)
    frame[LATEST_ACTUAL] = frame["report_date"] + pd.DateOffset(years=YEARS_AHEAD)
    return frame


def _run(frame: pd.DataFrame) -> list[CheckOutcome]:
    from expectations.suite import run_suite

    return run_suite(SUITE, frame, CHECKS, ["row_id"])


def _write_failures(lake: Path, paths: list[Path], frame: pd.DataFrame, outcomes: list[CheckOutcome]) -> None:
    failed = _failed_checks(outcomes)
    by_partition: dict[int, dict[str, pd.Series]] = {}
    for _, row in frame[frame["row_id"].isin(failed)].drop_duplicates("row_id").iterrows():
        by_partition.setdefault(int(row["partition"]), {})[row["row_id"]] = row
    for number, path in enumerate(paths):
        rows = by_partition.get(number, {})
        cells = cells_of_rows(lake, path, rows) if rows else {}
        records = [
            _failure(row_id, row, check, cells[row_id]) for row_id, row in rows.items() for check in failed[row_id]
        ]
        _write_partition(lake / FAILURES / path.parent.name / path.name, records)


def _failed_checks(outcomes: list[CheckOutcome]) -> dict[str, list[Check]]:
    """The `fail` checks that each row failed, by row id."""
    found: dict[str, list[Check]] = {}
    for outcome, check in zip(outcomes, CHECKS, strict=True):
        for failed in outcome.failed_rows if outcome.severity == "fail" else ():
            found.setdefault(failed["row_id"], []).append(check)
    return found


def _failure(row_id: str, row: pd.Series, check: Check, cells: RowCells) -> dict[str, Any]:
    """One failure in the words of the ledger; in ours where the value has no cell of its own (a date from the title)."""
    column = str(check.arguments.get("column_B") or check.arguments["column"])
    value = _raw(row[column])
    header, text = cells.of(column) or (column, value)
    read_as = f"；读作 read as {_shown(row[column])}" if value is not None and text != value else ""
    return {
        "row_id": row_id,
        "county_code": row["county_code"],
        "file_sha256": row["file_sha256"],
        "check_name": check.name,
        "column_name": header,
        "raw": text,
        "message": f"{check.message}{read_as}。{_WHAT_NEXT}",
    }


def _write_partition(path: Path, rows: list[dict[str, Any]]) -> None:
    import pyarrow as pa

    if not rows:
        path.unlink(missing_ok=True)
        return
    ordered = sorted(rows, key=lambda row: (row["row_id"], row["check_name"]))
    write_partition(path, pa.Table.from_pylist(ordered, schema=SCHEMAS[FAILURES]))


def _raw(value: Any) -> str | None:
    import pandas as pd

    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return json.dumps(value) if isinstance(value, float) else str(value)


def _shown(value: Any) -> str | None:
    """A value for people: money with separators, days as dates."""
    return f"{value:,.2f}" if isinstance(value, float) else _raw(value)


def _write_page(home: Home, outcomes: list[CheckOutcome]) -> None:
    from expectations.page import write_page

    write_page(home.reports / "checks", SUITE, "台账行检查 Checks on ledger rows", outcomes)
