"""What `luodi ledger read` prints: JSON lines for programs (contract, section 3), tables for people."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from ingest.fields import fields
from ingest.headers import wording_csv_line
from ingest.lake import SCHEMAS
from ingest.ledger_types import FieldValue, LedgerReading, LedgerRow, SheetReading

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
    return found


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
            }
            for value in row.summary_values
        ]
    found["extra"] = row.extra
    return found


def _field_names(kind: str) -> list[str]:
    """The fields of outreach, problem and summary rows: the lake's own columns of that kind."""
    if kind == "summary":
        return ["region_name", "category"]
    names = SCHEMAS["ledger_outreach_rows" if kind == "outreach" else "ledger_problem_rows"].names
    return [name for name in names if name not in _NOT_FIELDS]


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


# For people


def print_reading(reading: LedgerReading, path: str, console: Console, county_code: str | None = None) -> None:
    """Print which column became what and why, what was turned away, totals that do not agree, lines to add."""
    console.rule(f"[bold]{_safe(path)}")
    if reading.status == "refused":
        console.print(f"[red]拒收 refused[/] {reading.reason_code}: {_safe(reading.reason_message or '')}")
        return
    date = f"{reading.report_date or '—'}（{reading.report_date_basis or '未写明 not stated'}）"
    console.print(
        f"{reading.format}  报告日期 report date {date}  月份 month {_month(reading)}  "
        f"接收 accepted {reading.rows_accepted}  拒收 rejected {reading.rows_rejected}  "
        f"非数据行 furniture {reading.rows_furniture}"
    )
    for sheet in reading.sheets:
        _print_sheet(sheet, console)
    _print_rejected(reading, console)
    _print_totals(reading, console)
    _print_unmapped(reading, console, county_code)
    for remark in reading.remarks:
        console.print(f"· {_safe(remark)}")


def _month(reading: LedgerReading) -> str:
    return reading.report_month.strftime("%Y-%m") if reading.report_month else "—"


def _safe(text: str) -> str:
    return text.replace("[", r"\[")


def _print_sheet(sheet: SheetReading, console: Console) -> None:
    if not sheet.tables:
        state = "隐藏 hidden" if sheet.is_hidden else "无表 no table"
        console.print(f"\n工作表 sheet [bold]{_safe(sheet.name)}[/]（{state}，{sheet.furniture_rows} 行 rows）")
        return
    for table in sheet.tables:
        rows = "、".join(map(str, table.header_rows))
        shown = Table(
            title=f"{_safe(sheet.name)} · 表头第 {rows} 行 header rows · {table.kind} · {len(table)} 行 rows",
            title_justify="left",
        )
        for heading in ("列 column", "字段 field", "单位 unit", "为什么 why"):
            shown.add_column(heading, overflow="fold")
        for column in table.columns:
            meaning = column.meaning
            unit = f"{meaning.unit.text}（{meaning.unit_basis}）" if meaning.unit else ""
            shown.add_row(_safe(column.key), meaning.field or "[dim]extra[/]", unit, _safe(meaning.why))
        console.print(shown)


def _print_rejected(reading: LedgerReading, console: Console) -> None:
    if not reading.rows_rejected:
        return
    shown = Table(title="拒收的行 rejected rows", title_justify="left")
    for heading in ("工作表 sheet", "行 row", "列 column", "原文 raw", "原因 reason"):
        shown.add_column(heading, overflow="fold")
    for row in reading.rows:
        for reason in row.reasons:
            shown.add_row(
                _safe(row.sheet),
                str(row.row_number),
                _safe(reason.column),
                _safe(reason.raw),
                f"{reason.code} {_safe(reason.message)}",
            )
    console.print(shown)


def _print_totals(reading: LedgerReading, console: Console) -> None:
    wrong = [total for total in reading.control_totals if total.stated_value != total.rows_sum]
    agreeing = len(reading.control_totals) - len(wrong)
    if reading.control_totals:
        console.print(f"合计核对 control totals: {agreeing} 一致 agree, {len(wrong)} 不一致 differ")
    for total in wrong:
        console.print(
            f"  第 {total.row_number} 行 row “{_safe(total.label)}” {_safe(total.header)}: "
            f"表内写 stated {total.stated_value}，各行之和 rows sum {total.rows_sum}"
        )


def _print_unmapped(reading: LedgerReading, console: Console, county_code: str | None) -> None:
    unmapped = dict.fromkeys(
        (column.key, table.kind) for table in reading.tables for column in table.columns if column.meaning.field is None
    )
    lines = [line for header, kind in unmapped if (line := wording_csv_line(header, county_code, kind)) is not None]
    if not lines:
        return
    console.print(
        "未识别的列进入 extra；如需识别，在 wording/headers.csv 加一行 unmapped columns go to extra; to map one, add:"
    )
    for line in dict.fromkeys(lines):
        console.print(f"  {_safe(line)}", soft_wrap=True)
