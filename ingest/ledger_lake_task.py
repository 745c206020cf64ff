"""Landed ledger → partitions of the lake: the step that runs in a bounded worker process, once a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.archive import is_archive, open_archive
from ingest.bounded import Failure
from ingest.home import Home
from ingest.lake_marks import fingerprint, period_of, replace_partitions
from ingest.landing import Landed, read_object
from ingest.ledger import PARSER_VERSION, read_ledger
from ingest.ledger_lake import ledger_tables
from ingest.ledger_source import LedgerSource
from ingest.ledger_types import LedgerReading
from ingest.limits import DEFAULT_LIMITS
from ingest.refused import too_large
from ingest.revision import revision_rank
from ingest.sheet import Refusal
from ingest.workbook import refusal_of


@dataclass(frozen=True, slots=True)
class LedgerTask:
    """One landed file and how its source is to be read. `read_by` stands for all that the rows depend on besides bytes."""

    home: Home
    source_id: str
    sha256: str
    size_bytes: int
    name: str
    source: LedgerSource
    read_by: str


def task_of(home: Home, entry: Landed, source: LedgerSource) -> LedgerTask:
    """The task of reading one landed file."""
    read_by = fingerprint("ledger", PARSER_VERSION, source, entry.name)
    return LedgerTask(home, entry.source_id, entry.sha256, entry.size_bytes, entry.name, source, read_by)


def read_into_lake(task: LedgerTask) -> dict[str, Any]:
    """Read one landed file, write its partitions, and give the summary. Idempotent; the same bytes every time."""
    if task.size_bytes > DEFAULT_LIMITS.file_bytes:
        size = task.size_bytes >> 20
        return refuse_into_lake(task, too_large(f"文件 {size} MiB", f"a file of {size} MiB").refusal)
    data = read_object(task.home, task.sha256)
    reading = _read_archive(task, data) if is_archive(data) else read_ledger(data, task.name, task.source)
    return _write(task, reading, task.read_by)


def _read_archive(task: LedgerTask, data: bytes) -> LedgerReading:
    """An archive has no rows of its own: its files landed beside it. What of it could not be unpacked is told."""
    members = open_archive(data)
    failed = [members] if isinstance(members, Refusal) else []
    remarks: list[str] = []
    for member in [] if isinstance(members, Refusal) else members:
        if isinstance(member.content, Refusal):
            failed.append(member.content)
            remarks.append(f"{member.name}: {member.content.message}")
        else:
            remarks.append(f"{member.name}: 单独读取 read on its own")
    if len(failed) >= max(len(remarks), 1):
        return _refused(task, failed[0])
    return LedgerReading(
        file_sha256=task.sha256, status="read", format="zip", revision_rank=revision_rank(task.name), remarks=remarks
    )


def fail_into_lake(task: LedgerTask, failure: Failure) -> dict[str, Any]:
    """Record a file whose reading died as refused.

    One that took too much is not tried again; one that broke our own code is, at the next run.
    """
    return refuse_into_lake(task, refusal_of(failure), is_final=failure.kind in ("memory", "timeout"))


def refuse_into_lake(task: LedgerTask, refusal: Refusal, is_final: bool = True) -> dict[str, Any]:
    """Record a file as refused whole."""
    return _write(task, _refused(task, refusal), task.read_by if is_final else None)


def _refused(task: LedgerTask, refusal: Refusal) -> LedgerReading:
    return LedgerReading(
        file_sha256=task.sha256,
        status="refused",
        reason_code=refusal.code,
        reason_message=refusal.message,
        revision_rank=revision_rank(task.name),
    )


def _write(task: LedgerTask, reading: LedgerReading, read_by: str | None) -> dict[str, Any]:
    tables = ledger_tables(reading, county_code=task.source_id, file_name=task.name, parser_version=PARSER_VERSION)
    period = period_of(reading.report_month)
    summary = {
        "file": task.name,
        "status": reading.status,
        "reason_code": reading.reason_code,
        "reason_message": reading.reason_message,
        "report_date": reading.report_date.isoformat() if reading.report_date else None,
        "accepted": reading.rows_accepted,
        "rejected": reading.rows_rejected,
        "furniture": reading.rows_furniture,
    }
    replace_partitions(
        task.home.lake,
        "ledger",
        task.source_id,
        task.sha256,
        read_by,
        {(name, period): table for name, table in tables.items()},
        summary,
    )
    return summary
