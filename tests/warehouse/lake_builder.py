"""Writes lake partitions from plain dicts, by the schemas the reader uses: invented ledgers whose truth is known."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingest.fields import fields
from ingest.home import Home
from ingest.lake import PERIOD_UNKNOWN, SCHEMAS, ensure_empty_partitions, partition_path, write_partition

Row = dict[str, Any]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def month_of(date: dt.date | None) -> dt.date | None:
    return date.replace(day=1) if date else None


@dataclass
class LakeBuilder:
    """One lake below `root`. Every call lands one file; the order of calls is the order of landing."""

    root: Path
    landed: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home = Home(self.root)
        ensure_empty_partitions(self.home.lake)

    @staticmethod
    def sha256_of(
        county: str, report_date: str | None, rows: Sequence[Row], revision_rank: int = 0, name: str | None = None
    ) -> str:
        """What stands for the hash of a ledger's bytes."""
        return _sha(county, report_date, rows, revision_rank, name)

    def ledger(
        self,
        county: str,
        report_date: str | None,
        rows: Sequence[Row],
        *,
        revision_rank: int = 0,
        columns: Sequence[str] | None = None,
        rejected: int = 0,
        furniture: int = 2,
        failed: Mapping[int, str] | None = None,
        report_month: str | None = None,
        sheet: str = "台账",
        name: str | None = None,
        again: Mapping[str, str | None] | None = None,
        has_total: bool = False,
    ) -> str:
        """Land one read ledger; returns its sha256.

        `failed` names rows (by index) that a check turned away; `again` later names of the same bytes, each with the
        other report date that it states, if any; then, and where it `has_total`, it states a total that is wrong.
        """
        date = day(report_date) if report_date else None
        month = day(report_month) if report_month else month_of(date)
        sha = self.sha256_of(county, report_date, rows, revision_rank, name)
        period = month.strftime("%Y-%m") if month else PERIOD_UNKNOWN
        lines = [
            self._row(county, sha, row.pop("sheet", sheet), number, date, month, row)
            for number, row in enumerate((dict(row) for row in rows), start=4)
        ]
        self._write("ledger_project_rows", period, county, sha, lines)
        if again or has_total:
            self._total(county, sha, lines, date, period)
        self._write("ledger_columns", period, county, sha, _columns(county, sha, lines, columns))
        bad = [_rejected(county, sha, sheet, 900 + n, date, month) for n in range(rejected)]
        self._write("rejected_rows", period, county, sha, bad)
        self._write(
            "check_failures",
            period,
            county,
            sha,
            [_failure(lines[index], check) for index, check in (failed or {}).items()],
        )
        self._file(county, sha, name, status="read", report_date=date, report_month=month, period=period,
                   revision_rank=revision_rank, accepted=len(lines), rejected=rejected, furniture=furniture,
                   other_names=tuple(again or ()))  # fmt: skip
        for other_name, other_date in (again or {}).items():
            if other_date:
                self._again(county, sha, other_name, day(other_date), lines, furniture)
        return sha

    def _total(self, county: str, sha: str, lines: Sequence[Row], date: dt.date | None, period: str) -> None:
        """A total of its investment that a ledger states, a thousand yuan too high."""
        total = sum(line["total_investment_cny"] for line in lines)
        row = {
            "county_code": county, "file_sha256": sha, "report_date": date, "report_month": month_of(date),
            "sheet": "台账", "row_number": 99, "label": "合计", "level": "total", "field": "total_investment_cny",
            "header": "总投资（元）", "unit": "CNY", "first_row_number": 4, "last_row_number": 98,
            "rows_summed": len(lines), "stated_value": total + 1000, "rows_sum": total,
        }  # fmt: skip
        self._write("control_totals", period, county, sha, [row])

    def _again(self, county: str, sha: str, name: str, date: dt.date, lines: Sequence[Row], furniture: int) -> None:
        """The same bytes as the ledger of another date."""
        month, period = month_of(date), f"{date:%Y-%m}"
        self._total(county, sha, lines, date, period)
        copies = [
            {**line, "row_id": _sha(line["row_id"], date)[:32], "report_date": date, "report_month": month}
            for line in lines
        ]
        self._write("ledger_project_rows", period, county, sha, copies)
        record = self._record(county, sha, name, status="read", report_date=date, report_month=month,
                              accepted=len(copies), furniture=furniture)  # fmt: skip
        self._write("ledger_files", period, county, sha, [record])

    def refused(self, county: str, reason: str, name: str) -> str:
        sha = _sha(county, None, [], 0, name)
        self._file(county, sha, name, status="refused", reason=reason, period=PERIOD_UNKNOWN)
        return sha

    def table(self, table: str, owner: str, rows: Sequence[Row], period: str = PERIOD_UNKNOWN) -> None:
        """Any other lake table, given by its own columns; what is not given is null."""
        self._write(table, period, owner, _sha(owner, table, rows, 0, None), rows)

    def _row(
        self,
        county: str,
        sha: str,
        sheet: str,
        number: int,
        date: dt.date | None,
        month: dt.date | None,
        row: Row,
    ) -> Row:
        known = fields()
        line: Row = {
            "row_id": hashlib.sha256(f"{county}|{sha}|{sheet}|{number}".encode()).hexdigest()[:32],
            "county_code": county,
            "file_sha256": sha,
            "sheet": sheet,
            "row_number": number,
            "report_date": date,
            "report_month": month,
            "is_hidden": False,
            "extra": "{}",
            "raw": json.dumps(row, ensure_ascii=False, default=str),
        }
        for key, value in row.items():
            if key.endswith("_precision"):
                line[key] = value
                continue
            kind = known[key].type
            if kind == "date" and value is not None:
                line[key] = day(value)
                line.setdefault(f"{key}_precision", row.get(f"{key}_precision", "day"))
            elif kind.startswith("amount") and value is not None:
                line[key] = Decimal(str(value))
            else:
                line[key] = value
        # A stage given is one that the row's own cell states; `stage_raw=None` says that the cell is blank.
        line.setdefault("stage_raw", line.get("stage"))
        return line

    def _file(
        self,
        county: str,
        sha: str,
        name: str | None,
        *,
        period: str,
        other_names: Sequence[str] = (),
        revision_rank: int = 0,
        **record: Any,
    ) -> None:
        self.landed[county] = self.landed.get(county, 0) + 1
        file_name = name or f"{county}-{record.get('report_date')}-{self.landed[county]}.xlsx"
        landed = {
            "file_sha256": sha, "source_id": county, "kind": "ledger", "county_code": county, "file_name": file_name,
            "other_names": json.dumps(other_names, ensure_ascii=False), "size_bytes": 1000,
            "landed_order": self.landed[county], "revision_rank": revision_rank,
        }  # fmt: skip
        self._write("landed_files", PERIOD_UNKNOWN, county, sha, [landed])
        ledger = self._record(county, sha, file_name, revision_rank=revision_rank, **record)
        self._write("ledger_files", period, county, sha, [ledger])

    def _record(
        self,
        county: str,
        sha: str,
        file_name: str,
        *,
        status: str,
        report_date: dt.date | None = None,
        report_month: dt.date | None = None,
        revision_rank: int = 0,
        accepted: int = 0,
        rejected: int = 0,
        furniture: int = 0,
        reason: str | None = None,
    ) -> Row:
        return {
            "file_sha256": sha, "county_code": county, "file_name": file_name, "status": status,
            "reason_code": reason, "reason_message": reason, "format": "xlsx", "report_date": report_date,
            "report_date_basis": "title" if report_date else None, "report_month": report_month,
            "revision_rank": revision_rank, "rows_seen": accepted + rejected + furniture, "rows_accepted": accepted,
            "rows_rejected": rejected, "rows_furniture": furniture, "rows_hidden": 0, "sheets": "[]", "remarks": "[]",
            "parser_version": "1",
        }  # fmt: skip

    def _write(self, table: str, period: str, owner: str, sha: str, rows: Sequence[Row]) -> None:
        if not rows:
            return
        schema = SCHEMAS[table]
        unknown = {key for row in rows for key in row} - set(schema.names)
        if unknown:
            raise KeyError(f"{table} has no {sorted(unknown)}")
        write_partition(
            partition_path(self.home.lake, table, period, owner, sha), pa.Table.from_pylist(list(rows), schema=schema)
        )


def _columns(county: str, sha: str, lines: Sequence[Row], extra: Sequence[str] | None) -> list[Row]:
    sheets = {line["sheet"] for line in lines}
    known = fields()
    return [
        {
            "file_sha256": sha, "county_code": county, "sheet": sheet, "table_number": 1, "column_number": number,
            "header": known[name].label_zh, "field": name, "match_method": "exact", "match_score": 1.0,
        }
        for sheet in sorted(sheets)
        for number, name in enumerate(
            sorted({key for line in lines if line["sheet"] == sheet for key in line if key in known} | set(extra or ()))
        )
    ]  # fmt: skip


def _rejected(county: str, sha: str, sheet: str, number: int, date: dt.date | None, month: dt.date | None) -> Row:
    return {
        "row_id": hashlib.sha256(f"{county}|{sha}|{sheet}|{number}".encode()).hexdigest()[:32],
        "county_code": county, "file_sha256": sha, "sheet": sheet, "row_number": number, "report_date": date,
        "report_month": month, "kind": "project", "raw": "{}",
        "reasons": json.dumps([{"code": "unit_unknown", "column": "总投资", "raw": "5", "message": "单位不明"}]),
    }  # fmt: skip


def _failure(line: Row, check: str) -> Row:
    return {
        "row_id": line["row_id"], "county_code": line["county_code"], "file_sha256": line["file_sha256"],
        "check_name": check, "column_name": "total_investment_cny", "raw": "-5", "message": "总投资不能为负",
    }  # fmt: skip


def _sha(*parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, default=str, sort_keys=True).encode()).hexdigest()
