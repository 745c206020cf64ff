"""A ledger reading as Arrow tables of the lake's schemas, built column by column."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from json.encoder import encode_basestring
from typing import Any

import pyarrow as pa

from ingest.formats.sheet import CellValue
from ingest.lake import SCHEMAS
from ingest.ledgers.ledger_output import sheet_object
from ingest.ledgers.ledger_types import ColumnReading, LedgerReading, TableReading
from ingest.values.printed import cell_text

Part = Callable[[], pa.Table]
ROWS_A_PART = 1024
_NUMBERS = frozenset({int, float, type(None)})
_LARGEST, _SIX_PLACES = Decimal(10) ** 18, Decimal("0.000001")

ROW_TABLES = {
    "project": "ledger_project_rows",
    "summary": "ledger_summary_values",
    "outreach": "ledger_outreach_rows",
    "problem": "ledger_problem_rows",
}


def ledger_tables(
    reading: LedgerReading, *, county_code: str, file_name: str, parser_version: str
) -> dict[str, pa.Table]:
    """The lake tables of one landed file, only those that have rows.

    `ledger_files` always has its one row, also for a refused file.
    """
    parts = ledger_parts(reading, county_code=county_code, file_name=file_name, parser_version=parser_version)
    return {name: pa.concat_tables(build() for build in builds) for name, builds in parts.items()}


def ledger_parts(
    reading: LedgerReading, *, county_code: str, file_name: str, parser_version: str
) -> dict[str, list[Part]]:
    """The same tables in parts of some thousand rows, each built when it is called for.

    A row takes many times as much memory while its table is built as it takes in its file.
    """
    files = [_file_record(reading, county_code, file_name, parser_version)]
    found: dict[str, list[Part]] = {"ledger_files": [partial(_from_records, "ledger_files", files)]}
    for name, records in (
        ("ledger_columns", _column_records(reading, county_code)),
        ("control_totals", _total_records(reading, county_code)),
    ):
        if records:
            found[name] = [partial(_from_records, name, records)]

    def add(name: str, build: Callable[[Sequence[int]], pa.Table], positions: Sequence[int]) -> None:
        for start in range(0, len(positions), ROWS_A_PART):
            found.setdefault(name, []).append(partial(build, positions[start : start + ROWS_A_PART]))

    for table in reading.tables:
        builder = _RowBuilder(table, reading.file_sha256, county_code)
        accepted = builder.accepted_positions
        add("rejected_rows", builder.rejected, sorted(table.reasons))
        if table.kind == "summary":
            add("ledger_summary_values", builder.summary_values, _those(accepted, table.summary_values))
        else:
            add(ROW_TABLES[table.kind], builder.accepted, accepted)
        add("ledger_month_values", builder.month_values, _those(accepted, table.month_values))
        add("ledger_step_values", builder.step_values, _those(accepted, table.steps))
    return found


def _those(positions: Sequence[int], values: Mapping[int, Sequence[Any]]) -> list[int]:
    return [position for position in positions if values.get(position)]


def _from_records(name: str, records: Sequence[dict[str, Any]]) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.Table.from_pydict(
        {column: [record.get(column) for record in records] for column in schema.names}, schema=schema
    )


def _file_record(reading: LedgerReading, county_code: str, file_name: str, parser_version: str) -> dict[str, Any]:
    sheets = [sheet_object(sheet) for sheet in reading.sheets]
    return {
        "file_sha256": reading.file_sha256,
        "county_code": county_code,
        "file_name": file_name,
        "status": reading.status,
        "reason_code": reading.reason_code,
        "reason_message": reading.reason_message,
        "format": reading.format,
        "encoding": reading.encoding,
        "report_date": reading.report_date,
        "report_date_basis": reading.report_date_basis,
        "report_month": reading.report_month,
        "revision_rank": reading.revision_rank,
        "rows_seen": reading.rows_seen,
        "rows_accepted": reading.rows_accepted,
        "rows_rejected": reading.rows_rejected,
        "rows_furniture": reading.rows_furniture,
        "rows_hidden": reading.rows_hidden,
        "sheets": json.dumps(sheets, ensure_ascii=False),
        "remarks": json.dumps(reading.remarks, ensure_ascii=False),
        "parser_version": parser_version,
    }


def _column_records(reading: LedgerReading, county_code: str) -> list[dict[str, Any]]:
    return [
        {
            "file_sha256": reading.file_sha256,
            "county_code": county_code,
            "sheet": table.sheet,
            "table_number": table.number,
            "column_number": column.index + 1,
            "header": column.key,
            "field": column.meaning.field,
            "unit": column.meaning.unit.text if column.meaning.unit else None,
            "unit_basis": column.meaning.unit_basis,
            "match_method": column.meaning.match_method,
            "match_score": column.meaning.match_score,
        }
        for table in reading.tables
        for column in table.columns
    ]


def _total_records(reading: LedgerReading, county_code: str) -> list[dict[str, Any]]:
    return [
        {
            "county_code": county_code,
            "file_sha256": reading.file_sha256,
            "report_date": reading.report_date,
            "report_month": reading.report_month,
            "sheet": total.sheet,
            "row_number": total.row_number,
            "label": total.label,
            "level": total.level,
            "field": total.field,
            "header": total.header,
            "unit": total.unit,
            "first_row_number": total.first_row_number,
            "last_row_number": total.last_row_number,
            "rows_summed": total.rows_summed,
            "stated_value": _figure(total.stated_value),
            "rows_sum": _figure(total.rows_sum),
        }
        for total in reading.control_totals
    ]


def _figure(value: Decimal | None) -> Decimal | None:
    """A figure with at most six places; null where it is too large to be one (18 digits)."""
    if value is None or abs(value) >= _LARGEST:
        return None
    return value.quantize(_SIX_PLACES)


class _RowBuilder:
    """The rows of one table as Arrow tables."""

    def __init__(self, table: TableReading, file_sha256: str, county_code: str) -> None:
        self.table, self.file_sha256, self.county_code = table, file_sha256, county_code
        count = len(table)
        self.accepted_positions = [position for position in range(count) if position not in table.reasons]

    def raw(self, positions: Sequence[int]) -> list[str]:
        """The original cell texts of rows as JSON objects."""
        undecoded = self.table.undecoded
        found = _json_objects(positions, self.table.columns)
        for place, position in enumerate(positions) if undecoded else ():
            if position in undecoded:
                found[place] = json.dumps({"": undecoded[position]}, ensure_ascii=False)
        return found

    def unmapped(self, positions: Sequence[int]) -> list[str | None]:
        """The unmapped cells of rows as JSON objects; null where there are none."""
        table = self.table
        unmapped = [column for column in table.columns if column.meaning.field is None or column.is_month_column]
        found: list[str | None] = [None] * len(positions)
        if unmapped:
            found = [None if text == "{}" else text for text in _json_objects(positions, unmapped)]
        for place, position in enumerate(positions) if table.added_extra else ():
            if position in table.added_extra:
                found[place] = json.dumps(table.extra_of(position), ensure_ascii=False)
        return found

    def _provenance(self, positions: Sequence[int]) -> dict[str, list[Any]]:
        table, count = self.table, len(positions)
        return {
            "row_id": _at(table.row_ids, positions),
            "county_code": [self.county_code] * count,
            "file_sha256": [self.file_sha256] * count,
            "sheet": [table.sheet] * count,
            "row_number": _at(table.row_numbers, positions),
            "report_date": [table.report_date] * count,
            "report_month": [table.report_month] * count,
        }

    def _built(self, name: str, columns: dict[str, list[Any]], count: int) -> pa.Table:
        schema = SCHEMAS[name]
        arrays = [
            _array(columns[field.name], field.type) if field.name in columns else pa.nulls(count, field.type)
            for field in schema
        ]
        return pa.Table.from_arrays(arrays, schema=schema)

    def accepted(self, positions: Sequence[int]) -> pa.Table:
        """Accepted rows of a project, outreach or problem table."""
        table = self.table
        name = ROW_TABLES[table.kind]
        known = set(SCHEMAS[name].names)
        columns: dict[str, list[Any]] = self._provenance(positions)
        columns["raw"] = self.raw(positions)
        columns["extra"] = self.unmapped(positions)
        if "is_hidden" in known:
            columns["is_hidden"] = [position in table.hidden_positions for position in positions]
            columns["group_path"] = _at(table.group_paths, positions)
            columns["approximate_fields"] = [
                json.dumps(table.approximate[position]) if position in table.approximate else None
                for position in positions
            ]
        if "trip_row_number" in known:
            columns["trip_row_number"] = _at(table.first_of_record, positions)
        for field, values in table.fields.items():
            if field in known:
                columns[field] = _at(values, positions)
        for field, precisions in table.precisions.items():
            if f"{field}_precision" in known:
                columns[f"{field}_precision"] = _at(precisions, positions)
        return self._built(name, columns, len(positions))

    def rejected(self, positions: Sequence[int]) -> pa.Table:
        """Rejected rows with their reasons."""
        columns = self._provenance(positions)
        columns["kind"] = [self.table.kind] * len(positions)
        columns["raw"] = self.raw(positions)
        columns["reasons"] = [
            json.dumps(
                [
                    {"code": reason.code, "column": reason.column, "raw": reason.raw, "message": reason.message}
                    for reason in self.table.reasons[position]
                ],
                ensure_ascii=False,
            )
            for position in positions
        ]
        return self._built("rejected_rows", columns, len(positions))

    def summary_values(self, positions: Sequence[int]) -> pa.Table:
        """One row a figure of the accepted summary rows."""
        table = self.table
        pairs = [(position, value) for position in positions for value in table.summary_values[position]]
        columns = self._provenance([position for position, _ in pairs])
        for name in ("region_name", "category"):
            values = table.fields.get(name)
            if values is not None:
                columns[name] = [values[position] for position, _ in pairs]
        if any(value.region_name for _, value in pairs):
            of_rows = columns.get("region_name") or [None] * len(pairs)
            columns["region_name"] = [v.region_name or own for (_, v), own in zip(pairs, of_rows, strict=True)]
        for name in (
            "indicator",
            "measure",
            "scope",
            "funds_origin",
            "unit",
            "value",
            "recomputed_value",
            "header",
            "raw",
        ):
            columns[name] = [getattr(value, name) for _, value in pairs]
        for name in ("value", "recomputed_value"):
            columns[name] = [_figure(value) for value in columns[name]]
        return self._built("ledger_summary_values", columns, len(pairs))

    def step_values(self, positions: Sequence[int]) -> pa.Table:
        """One row a permit step of the accepted rows whose steps stand side by side."""
        table = self.table
        pairs = [(position, step) for position in positions for step in table.steps[position]]
        columns = self._provenance([position for position, _ in pairs])
        investor = table.fields.get("investor_name") or table.fields.get("project_company")
        for name, values in (("project_name", table.fields.get("project_name")), ("investor_name", investor)):
            columns[name] = [values[position] if values else None for position, _ in pairs]
        answers = table.fields.get("owner_unit") or table.fields.get("responsible_unit")
        columns["owner_unit"] = [
            step.owner_unit or (answers[position] if answers else None) for position, step in pairs
        ]
        for name in (
            "step",
            "owner_person",
            "due_on",
            "due_on_precision",
            "closed_on",
            "closed_on_precision",
            "status",
            "state",
            "header",
        ):
            columns[name] = [getattr(step, name) for _, step in pairs]
        return self._built("ledger_step_values", columns, len(pairs))

    def month_values(self, positions: Sequence[int]) -> pa.Table:
        """One row a figure of a wide month column of the accepted rows."""
        table = self.table
        pairs = [(position, value) for position in positions for value in table.month_values[position]]
        columns = self._provenance([position for position, _ in pairs])
        names = table.fields.get("project_name")
        columns["project_name"] = [names[position] if names else None for position, _ in pairs]
        for name in ("field", "year", "month_from", "month_to", "amount_cny", "header", "raw"):
            columns[name] = [getattr(value, name) for _, value in pairs]
        return self._built("ledger_month_values", columns, len(pairs))


def _at(values: Sequence[Any], positions: Sequence[int]) -> list[Any]:
    return list(values) if len(positions) == len(values) else [values[position] for position in positions]


def _json_objects(positions: Sequence[int], columns: Sequence[ColumnReading]) -> list[str]:
    """One JSON object a row from columns of cells, each distinct cell encoded once; empty cells are left out."""
    if not columns:
        return ["{}"] * len(positions)
    encoded = [_json_members(column.key, _at(column.values, positions)) for column in columns]
    return ["{" + ", ".join(filter(None, row)) + "}" for row in zip(*encoded, strict=True)]


def _json_members(key: str, values: Sequence[CellValue]) -> list[str]:
    """`"key": "text"` for each cell, empty text for empty cells."""
    head = f"{encode_basestring(key)}: "
    kinds = set(map(type, values))
    if kinds <= _NUMBERS:
        # Figures are seldom equal and need no escapes.
        texts = [value if value.__class__ is int else cell_text(value) for value in values]
        return [f'{head}"{text}"' if text != "" else "" for text in texts]
    if bool in kinds:
        return ["" if value is None else head + encode_basestring(cell_text(value)) for value in values]
    members: dict[CellValue, str] = {
        value: head + encode_basestring(value.strip() if value.__class__ is str else cell_text(value))
        for value in set(values)
        if value is not None
    }
    members[None] = ""
    return [members[value] for value in values]


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    """Plain numbers (days of a trip) come as decimals; Arrow does not turn those into floats by itself."""
    if pa.types.is_floating(kind):
        values = [None if value is None else float(value) for value in values]
    return pa.array(values, type=kind)
