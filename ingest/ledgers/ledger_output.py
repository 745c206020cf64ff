"""A reading as JSON lines for programs (contract, section 3); `ledger_printing.py` prints it for people."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from ingest.fields import fields
from ingest.lake import SCHEMAS
from ingest.ledgers.ledger_types import FieldValue, LedgerReading, LedgerRow, SheetReading

Json = dict[str, Any]

_NOT_FIELDS = frozenset(
    {
        "row_id",
        "county_code",
        "file_sha256",
        "sheet",
        "row_number",
        "report_date",
        "report_month",
        "trip_row_number",
        "extra",
        "raw",
    }
)


def json_lines(reading: LedgerReading, path: str) -> Iterator[str]:
    """One line a data row, then one for the file."""
    for row in reading.rows:
        yield json.dumps(row_object(row, path), ensure_ascii=False)
    yield json.dumps(file_object(reading, path), ensure_ascii=False)


def row_object(row: LedgerRow, path: str) -> Json:
    """A data row: yuan and dollars as numbers, dates ISO, every canonical field of a project present or null."""
    found: Json = {
        "type": "row",
        "file": path,
        "sheet": row.sheet,
        "row": row.row_number,
        "status": row.status,
        "kind": row.kind,
        "fields": _project_fields(row) if row.kind == "project" else _other_fields(row),
        "reasons": [
            {"code": reason.code, "column": reason.column, "raw": reason.raw, "message": reason.message}
            for reason in row.reasons
        ],
        "raw": row.raw,
        "row_id": row.row_id,
        "group": row.group_path,
        "hidden": row.is_hidden,
        "approximate": list(row.approximate_fields),
    }
    return found


def _project_fields(row: LedgerRow) -> Json:
    found: Json = {}
    for name, spec in fields().items():
        found[name] = plain(row.fields.get(name))
        if spec.type == "date":
            found[f"{name}_precision"] = row.precisions.get(name)
    found["extra"] = row.extra
    if row.month_values:
        found["months"] = [
            {
                "field": month.field,
                "year": month.year,
                "month_from": month.month_from,
                "month_to": month.month_to,
                "value": plain(month.amount_cny),
            }
            for month in row.month_values
        ]
    return found | _steps(row)


def _other_fields(row: LedgerRow) -> Json:
    found: Json = {}
    for name in _field_names(row.kind):
        found[name] = plain(row.fields.get(name))
        if name.endswith("_on"):
            found[f"{name}_precision"] = row.precisions.get(name)
    if row.kind == "summary":
        found["values"] = [
            {
                "header": value.header,
                "indicator": value.indicator,
                "measure": value.measure,
                "scope": value.scope,
                "funds_origin": value.funds_origin,
                "unit": value.unit,
                "value": plain(value.value),
                "recomputed_value": plain(value.recomputed_value),
                **({"region_name": value.region_name} if value.region_name else {}),
            }
            for value in row.summary_values
        ]
    found["extra"] = row.extra
    return found | _steps(row)


def _steps(row: LedgerRow) -> Json:
    """Permit steps that stand side by side in the row, where there are any."""
    steps = [{name: plain(value) for name, value in asdict(step).items()} for step in row.steps]
    return {"steps": steps} if steps else {}


def _field_names(kind: str) -> list[str]:
    """The fields of outreach, problem and summary rows: the lake's own columns of that kind."""
    if kind == "summary":
        return ["region_name", "category"]
    names = SCHEMAS["ledger_outreach_rows" if kind == "outreach" else "ledger_problem_rows"].names
    return [name for name in names if name not in _NOT_FIELDS and not name.endswith("_precision")]


def plain(value: FieldValue) -> Any:
    """A value as JSON has it: whole amounts as integers, others as floats, dates as ISO text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def file_object(reading: LedgerReading, path: str) -> Json:
    """The file's line: outcome, report date, sheets with their columns, counts of rows."""
    refused = reading.status == "refused"
    return {
        "type": "file",
        "file": path,
        "sha256": reading.file_sha256,
        "status": reading.status,
        "reason": {"code": reading.reason_code, "message": reading.reason_message} if refused else None,
        "report_date": plain(reading.report_date),
        "report_date_basis": reading.report_date_basis,
        "report_month": plain(reading.report_month),
        "revision_rank": reading.revision_rank,
        "format": reading.format,
        "encoding": reading.encoding,
        "sheets": [sheet_object(sheet) for sheet in reading.sheets],
        "rows": {
            "accepted": reading.rows_accepted,
            "rejected": reading.rows_rejected,
            "furniture": reading.rows_furniture,
        },
        "control_totals": [
            {
                "sheet": total.sheet,
                "row": total.row_number,
                "label": total.label,
                "level": total.level,
                "field": total.field,
                "header": total.header,
                "stated": plain(total.stated_value),
                "rows_sum": plain(total.rows_sum),
                "first_row": total.first_row_number,
                "last_row": total.last_row_number,
            }
            for total in reading.control_totals
        ],
        "remarks": reading.remarks,
    }


def sheet_object(sheet: SheetReading) -> Json:
    """One sheet: header rows, columns and what each became, unmapped headers, furniture by role."""
    return {
        "name": sheet.name,
        "hidden": sheet.is_hidden,
        "header_rows": [row for table in sheet.tables for row in table.header_rows],
        "columns": [
            {
                "header": column.key,
                "field": column.meaning.field,
                "unit": column.meaning.unit.text if column.meaning.unit else None,
                "unit_basis": column.meaning.unit_basis,
                "table": table.number,
                "match_method": column.meaning.match_method,
                "match_score": column.meaning.match_score,
                "hidden": column.is_hidden,
            }
            for table in sheet.tables
            for column in table.columns
        ],
        "unmapped": [column.key for table in sheet.tables for column in table.columns if column.meaning.field is None],
        "furniture": dict(sorted(sheet.furniture.items())),
    }
