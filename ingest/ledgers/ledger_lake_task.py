"""Landed ledger → partitions of the lake: the step that runs in a bounded worker process, once a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.bounded import Failure
from ingest.formats.archive import is_archive, open_archive
from ingest.formats.sheet import Refusal
from ingest.formats.workbook import refusal_of
from ingest.home import Home
from ingest.identity import row_ids_on
from ingest.lake_marks import fingerprint, period_of, replace_partitions
from ingest.landing import Landed, read_object
from ingest.ledgers.ledger import PARSER_VERSION, read_ledger
from ingest.ledgers.ledger_lake import Part, ledger_parts
from ingest.ledgers.ledger_source import LedgerSource
from ingest.ledgers.ledger_types import LedgerReading
from ingest.ledgers.report_date import report_date
from ingest.limits import DEFAULT_LIMITS
from ingest.refused import too_large
from ingest.revision import revision_rank
from ingest.withdrawals import CODE as WITHDRAWN_CODE
from ingest.withdrawals import Withdrawal


@dataclass(frozen=True, slots=True)
class LedgerTask:
    """One landed file and how its source is to be read. `read_by` stands for all that the rows depend on besides bytes.

    `other_names` are later names of the same bytes that state another date: a county that sends last month's file again
    under this month's name says that nothing has changed.
    """

    home: Home
    source_id: str
    sha256: str
    size_bytes: int
    name: str
    source: LedgerSource
    read_by: str
    other_names: tuple[str, ...] = ()
    withdrawn: str | None = None


def task_of(home: Home, entry: Landed, source: LedgerSource, withdrawn: Withdrawal | None = None) -> LedgerTask:
    """The task of reading one landed file."""
    others = _names_of_other_dates(entry, source)
    why = (withdrawn.message,) if withdrawn is not None else ()
    read_by = fingerprint("ledger", PARSER_VERSION, source, entry.name, *others, *why)
    return LedgerTask(home, entry.source_id, entry.sha256, entry.size_bytes, entry.name, source, read_by, others, *why)


def _names_of_other_dates(entry: Landed, source: LedgerSource) -> tuple[str, ...]:
    """The later names that state another date than those before them. Any year stands in where a name has none."""
    seen = {_date_in_name(entry.name, source)}
    others = []
    for name in entry.other_names:
        date = _date_in_name(name, source)
        if date is not None and date not in seen:
            seen.add(date)
            others.append(name)
    return tuple(others)


def _date_in_name(name: str, source: LedgerSource) -> dt.date | None:
    return report_date(rule=source.report_date, titles=("2000年",), filing_lines=(), file_name=name).date


def read_into_lake(task: LedgerTask) -> dict[str, Any]:
    """Read one landed file, write its partitions, and give the summary. Idempotent; the same bytes every time."""
    if task.withdrawn is not None:
        return refuse_into_lake(task, Refusal(WITHDRAWN_CODE, task.withdrawn))
    if task.size_bytes > DEFAULT_LIMITS.file_bytes:
        size = task.size_bytes >> 20
        return refuse_into_lake(task, too_large(f"文件 {size} MiB", f"a file of {size} MiB").refusal)
    data = read_object(task.home, task.sha256)
    if is_archive(data):
        return _write(task, {task.name: _read_archive(task, data)}, task.read_by)
    return _write(task, _read_under_names(task, data), task.read_by)


def _read_under_names(task: LedgerTask, data: bytes) -> dict[str, LedgerReading]:
    """The file as it is dated by its name; once more for each later name that dates it otherwise, the earliest first.

    A date inside the file stands whatever the name. Rows of later dates have ids of their own.
    """
    readings = {task.name: read_ledger(data, task.name, task.source)}
    dates = {readings[task.name].report_date}
    if readings[task.name].status == "read":
        for name in task.other_names:
            reading = read_ledger(data, name, task.source)
            if reading.report_date is not None and reading.report_date not in dates:
                dates.add(reading.report_date)
                readings[name] = reading
    in_order = sorted(readings.items(), key=lambda item: (item[1].report_date or dt.date.min, item[0]))
    for _, reading in in_order[1:]:
        for table in reading.tables:
            table.row_ids = row_ids_on(table.row_ids, reading.report_date)
    return dict(in_order)


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
    return _write(task, {task.name: _refused(task, refusal)}, task.read_by if is_final else None)


def _refused(task: LedgerTask, refusal: Refusal) -> LedgerReading:
    return LedgerReading(
        file_sha256=task.sha256,
        status="refused",
        reason_code=refusal.code,
        reason_message=refusal.message,
        revision_rank=revision_rank(task.name),
    )


def _write(task: LedgerTask, readings: dict[str, LedgerReading], read_by: str | None) -> dict[str, Any]:
    """Write what was read, keyed by the name it was read under, and give a summary of all of it."""
    tables: dict[tuple[str, str], list[Part]] = {}
    for name, period, parts in _partitions(task, readings):
        tables.setdefault((name, period), []).extend(parts)
    first = next(iter(readings.values()))
    summary = {
        "file": task.name,
        "status": first.status,
        "reason_code": first.reason_code,
        "reason_message": first.reason_message,
        "report_date": first.report_date.isoformat() if first.report_date else None,
        "accepted": sum(reading.rows_accepted for reading in readings.values()),
        "rejected": sum(reading.rows_rejected for reading in readings.values()),
        "furniture": sum(reading.rows_furniture for reading in readings.values()),
    }
    replace_partitions(
        task.home.lake,
        "ledger",
        task.source_id,
        task.sha256,
        read_by,
        tables,
        summary,
    )
    return summary


def _partitions(task: LedgerTask, readings: dict[str, LedgerReading]) -> Iterator[tuple[str, str, list[Part]]]:
    """Table, period and rows of each reading. What the columns mean is the same for all of them and kept once."""
    for position, (name, reading) in enumerate(readings.items()):
        tables = ledger_parts(reading, county_code=task.source_id, file_name=name, parser_version=PARSER_VERSION)
        for table_name, parts in tables.items():
            if position == 0 or table_name != "ledger_columns":
                yield table_name, period_of(reading.report_month), parts
