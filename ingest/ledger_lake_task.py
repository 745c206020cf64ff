"""Landed ledger → partitions of the lake: the step that runs in a bounded worker process, once a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    """One landed file and how its source is to be read."""

    home: Home
    source_id: str
    sha256: str
    size_bytes: int
    name: str
    source: LedgerSource

    @property
    def read_by(self) -> str:
        """Everything besides the bytes that the rows depend on."""
        return fingerprint(PARSER_VERSION, self.source, self.name)


def task_of(home: Home, entry: Landed, source: LedgerSource) -> LedgerTask:
    """The task of reading one landed file."""
    return LedgerTask(home, entry.source_id, entry.sha256, entry.size_bytes, entry.name, source)


def read_into_lake(task: LedgerTask) -> dict[str, Any]:
    """Read one landed file, write its partitions, and give the summary. Idempotent; the same bytes every time."""
    if task.size_bytes > DEFAULT_LIMITS.file_bytes:
        size = task.size_bytes >> 20
        return refuse_into_lake(task, too_large(f"文件 {size} MiB", f"a file of {size} MiB").refusal)
    return _write(task, read_ledger(read_object(task.home, task.sha256), task.name, task.source), task.read_by)


def fail_into_lake(task: LedgerTask, failure: Failure) -> dict[str, Any]:
    """Record a file whose reading died as refused.

    One that took too much is not tried again; one that broke our own code is, at the next run.
    """
    return refuse_into_lake(task, refusal_of(failure), is_final=failure.kind in ("memory", "timeout"))


def refuse_into_lake(task: LedgerTask, refusal: Refusal, is_final: bool = True) -> dict[str, Any]:
    """Record a file as refused whole."""
    reading = LedgerReading(
        file_sha256=task.sha256,
        status="refused",
        reason_code=refusal.code,
        reason_message=refusal.message,
        revision_rank=revision_rank(task.name),
    )
    return _write(task, reading, task.read_by if is_final else None)


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
