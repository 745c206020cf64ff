"""Returned follow-up workbooks → partitions of `follow_up_{events,decisions,rejected,files}`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa

from ingest.bounded import Failure, run_bounded
from ingest.follow_up.follow_up_cells import RejectedCell
from ingest.follow_up.follow_up_decisions import Decision
from ingest.follow_up.follow_up_reader import READER_VERSION, FollowUpReading, Reply, read_follow_up
from ingest.follow_up.follow_up_wording import FOLDER
from ingest.formats.sheet import Refusal
from ingest.formats.workbook import refusal_of
from ingest.home import Home
from ingest.lake import PERIOD_UNKNOWN, SCHEMAS, ensure_empty_partitions
from ingest.lake_marks import is_read, mark_of, period_of, replace_partitions, schemas_fingerprint
from ingest.landing import Landed, landed, read_object

KIND = "follow_up"


@dataclass(frozen=True, slots=True)
class FollowUpTask:
    """One landed file. `read_by` stands for all its rows depend on besides the bytes."""

    home: Home
    source_id: str
    sha256: str
    name: str
    read_by: str


@dataclass(slots=True)
class FollowUpOutcome:
    """How one reading of one source went. Counts are of the files read now; a second reading has none."""

    source_id: str
    kind: str = KIND
    outcome: str = "ok"
    files_landed: int = 0
    files_read: int = 0
    replies: int = 0
    cells_rejected: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)


def read_replies(home: Home, source: Mapping[str, Any]) -> dict[str, Any]:
    """Read every landed file of a source whose replies are not in the lake yet, each in a bounded worker process."""
    outcome = FollowUpOutcome(source["source_id"])
    ensure_empty_partitions(home.lake)
    entries = landed(home, KIND, outcome.source_id)
    outcome.files_landed = len(entries)
    tasks = [task_of(home, entry) for entry in entries]
    for summary in _read(
        [
            task
            for task in tasks
            if not is_read(home.lake, mark_of(home.lake, KIND, task.source_id, task.sha256), task.read_by)
        ]
    ):
        outcome.files_read += 1
        outcome.replies += summary["replies"]
        outcome.cells_rejected += summary["cells_rejected"]
        if summary["refused"]:
            outcome.refused.append(summary["refused"])
    outcome.refused.sort(key=lambda refused: refused["file"])
    return asdict(outcome)


def task_of(home: Home, entry: Landed) -> FollowUpTask:
    """The task of reading one landed file."""
    digest = hashlib.sha256(f"{READER_VERSION}\x1f{schemas_fingerprint()}\x1f{entry.name}".encode())
    for path in sorted(FOLDER.glob("*.csv")):
        digest.update(path.read_bytes())
    return FollowUpTask(home, entry.source_id, entry.sha256, entry.name, digest.hexdigest())


def read_into_lake(task: FollowUpTask) -> dict[str, Any]:
    """Read one landed file, write its partitions, and give the summary. The same bytes every time."""
    return _write(task, read_follow_up(read_object(task.home, task.sha256), task.name), task.read_by)


def _read(tasks: Sequence[FollowUpTask]) -> Iterator[dict[str, Any]]:
    for done in run_bounded(read_into_lake, tasks, workers=1, preload=("ingest.lean_worker", __name__)):
        if done.failure is not None:
            yield _fail(done.item, done.failure)
        elif done.value is not None:
            yield done.value


def _fail(task: FollowUpTask, failure: Failure) -> dict[str, Any]:
    """What took too much is refused for good; what broke our own code is read again at the next run."""
    is_final = failure.kind in ("memory", "timeout")
    return _write(task, FollowUpReading(refusal_of(failure)), task.read_by if is_final else None)


def _write(task: FollowUpTask, reading: FollowUpReading, read_by: str | None) -> dict[str, Any]:
    refused = _refused(task, reading.refusal)
    summary = {
        "replies": len(reading.replies) + len(reading.decisions),
        "cells_rejected": len(reading.rejected),
        "refused": refused,
    }
    tables: dict[tuple[str, str], pa.Table] = {
        ("follow_up_files", PERIOD_UNKNOWN): _table("follow_up_files", [_file_row(task, reading)])
    }
    if reading.rejected:
        rows = [_rejected_row(task, cell) for cell in reading.rejected]
        tables["follow_up_rejected", PERIOD_UNKNOWN] = _table("follow_up_rejected", rows)
    by_place: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for reply in reading.replies:
        place = ("follow_up_events", period_of(reply.happened_on))
        by_place.setdefault(place, []).append(_event_row(task, place[0], reply))
    for decision in reading.decisions:
        place = ("follow_up_decisions", period_of(decision.decided_on))
        by_place.setdefault(place, []).append(_event_row(task, place[0], decision))
    tables |= {place: _table(place[0], events) for place, events in by_place.items()}
    replace_partitions(task.home.lake, KIND, task.source_id, task.sha256, read_by, tables, summary)
    return summary


def _table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMAS[name])


def _refused(task: FollowUpTask, refusal: Refusal | None) -> dict[str, str] | None:
    return {"file": task.name, "code": refusal.code, "message": refusal.message} if refusal else None


def _file_row(task: FollowUpTask, reading: FollowUpReading) -> dict[str, Any]:
    refusal = reading.refusal
    return {
        "file_sha256": task.sha256,
        "file_name": task.name,
        "status": "refused" if refusal else "read",
        "reason_code": refusal.code if refusal else None,
        "reason_message": refusal.message if refusal else None,
        "issued_on": reading.issued_on,
        "rows_seen": reading.rows_seen,
        "rows_answered": len(reading.replies) + len(reading.decisions),
        "rows_rejected": len({(cell.sheet, cell.row_number) for cell in reading.rejected}),
        "reader_version": READER_VERSION,
    }


def _event_row(task: FollowUpTask, table: str, said: Reply | Decision) -> dict[str, Any]:
    return {
        **{name: getattr(said, name) for name in SCHEMAS[table].names if name not in ("file_sha256", "raw")},
        "file_sha256": task.sha256,
        "raw": json.dumps(dict(said.raw), ensure_ascii=False),
    }  # fmt: skip


def _rejected_row(task: FollowUpTask, cell: RejectedCell) -> dict[str, Any]:
    return {
        "file_sha256": task.sha256,
        "sheet": cell.sheet,
        "row_number": cell.row_number,
        "follow_up_id": cell.follow_up_id,
        "column_name": cell.column_name,
        "raw": cell.raw,
        "reason_code": cell.reason_code,
        "message": cell.message,
    }
